import { Type } from 'typebox';
import { Failure } from '../failure.js';
import { fhirFailures } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { pairsOf, readCrossReference } from './cross-reference.rules.js';
import { CROSS_REFERENCE, crossReference } from './cross-reference.js';
import { BODY_LIMIT_BYTES, readParameters } from './read-parameters.js';
const Parameters = Type.Object({ resourceType: Type.Literal('Parameters') }, { additionalProperties: true });
/** Operation `Patient/$ihe-pix`, by GET and POST (IHE PIXm, ITI-83). */
export const crossReferenceRoute = async (app, { custody, base }) => {
    const answer = async (request) => {
        const { caller } = request;
        requireScope(caller, 'system/Patient.s');
        const query = request.url.split('?')[1] ?? '';
        const body = request.body ? pairsOf(readParameters(request.body).value) : [];
        const { question, issues } = readCrossReference([...new URLSearchParams(query), ...body], base);
        if (issues.length > 0)
            throw new Failure('parameter-invalid', issues);
        const asked = [`${request.method} Patient/$ihe-pix?${query}`, request.body ?? ''].filter(Boolean).join(' ');
        const found = await crossReference(app.db, custody, caller, question, base, asked, new Date());
        return shown(found);
    };
    const described = {
        summary: 'Ask under which other identifiers a patient is known',
        description: 'Answers the identifiers and Patients of the same person: those of this institution and, as far as the person consents and a clinician is ' +
            'named, those of others. The source itself is left out. An identifier merged into another one leads to what that one leads to. 404: the ' +
            'source identifier is not known; 400: nobody here uses its system; 403: nobody here uses a target system.',
        tags: ['FHIR'],
        produces: ['application/fhir+json'],
        response: { 200: Parameters, ...fhirFailures },
    };
    app.get('/Patient/$ihe-pix', {
        schema: {
            operationId: CROSS_REFERENCE,
            querystring: Type.Object({
                sourceIdentifier: Type.String({
                    description: 'Identifier with its system, or `[base]|Patient/[id]`.',
                    examples: ['urn:oid:2.16.156.10011.1.3|500112198510090022'],
                }),
                targetSystem: Type.Optional(Type.Array(Type.String(), { description: 'Systems whose identifiers are wanted; all where it is left out.' })),
            }),
            ...described,
        },
    }, async (request, reply) => reply.send(await answer(request)));
    app.post('/Patient/$ihe-pix', {
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
            operationId: `${CROSS_REFERENCE}ByPost`,
            consumes: ['application/fhir+json'],
            body: Parameters,
            ...described,
        },
    }, async (request, reply) => reply.send(await answer(request)));
};
/** As text, so that the identifiers leave as they were published; without results there is no empty array (R4, 2.6.2). */
function shown({ identifiers, ids }) {
    const parameter = [
        ...identifiers.map((it) => `{"name":"targetIdentifier","valueIdentifier":${it}}`),
        ...ids.map((it) => `{"name":"targetId","valueReference":{"reference":"Patient/${it}"}}`),
    ];
    return `{"resourceType":"Parameters"${parameter.length > 0 ? `,"parameter":[${parameter.join(',')}]` : ''}}`;
}
