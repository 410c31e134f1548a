import { Type } from 'typebox';
import { fhirFailures, InstanceParams, Resource, SubsetQuery } from '../fhir/schemas.js';
import { subsetText } from '../fhir/subset.js';
import { readSubsetWish } from '../fhir/subset-wish.js';
import { requireScope } from '../security/require-scope.js';
import { setVersionHeaders } from './outcome-headers.js';
import { answerRead } from './read-resource.js';
import { requireType } from './require-type.js';
const Conditions = Type.Object({
    'If-None-Match': Type.Optional(Type.String({ description: 'Versions the caller has: 304 for one of them.', examples: ['W/"1"'] })),
    'If-Modified-Since': Type.Optional(Type.String({ description: '304 where nothing is newer; counts without If-None-Match.' })),
});
const described = {
    tags: ['FHIR'],
    produces: ['application/fhir+json'],
    querystring: SubsetQuery,
    headers: Conditions,
    response: { 200: Resource, 304: Type.Null({ description: 'The caller has it already.' }), ...fhirFailures },
};
/** FHIR read, vread and conditional read interactions, by GET and HEAD: https://hl7.org/fhir/R4/http.html#read */
export const readResourceRoute = async (app, { custody }) => {
    const read = async (request, reply) => {
        const { caller, params, headers } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.r`);
        const wish = readSubsetWish(new URLSearchParams(request.url.split('?')[1]));
        const held = { ifNoneMatch: headers['if-none-match'], ifModifiedSince: headers['if-modified-since'] };
        const row = await answerRead(app.replicas.reader(), custody, caller, { ...params, ...held }, new Date());
        setVersionHeaders(reply, { type: row.type, key: row, version: row.version, lastModified: row.recordedAt });
        if (row.isHeld)
            return reply.code(304).send();
        return reply.send(wish ? subsetText(row.content, wish) : row.content);
    };
    app.get('/:type/:id', {
        config: { onePatient: true },
        schema: {
            operationId: 'readResource',
            summary: 'Read a resource as it stands now',
            description: 'The published text. What another institution published about a patient is shown to a named clinician whom the patient’s consent ' +
                'covers; else the answer is 404, as for an id that was never given. A deleted resource is 410.',
            params: InstanceParams,
            ...described,
        },
    }, async (request, reply) => read(request, reply));
    app.get('/:type/:id/_history/:version', {
        config: { onePatient: true },
        schema: {
            operationId: 'readVersion',
            summary: 'Read one version of a resource',
            description: 'As it was published then; who may see it is decided as for the version of now. The version that is the deletion is 410.',
            params: Type.Interface([InstanceParams], { version: Type.String({ description: 'Version number.', examples: ['1'] }) }),
            ...described,
        },
    }, async (request, reply) => read(request, reply));
};
