import { Type } from 'typebox';
import { fhirFailures, Resource, TypeParams } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { readWriteHeaders, sendWritten, WRITE_HEADERS } from './answer-write.js';
import { createResource } from './create-resource.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
/** FHIR create interaction, conditional or not: https://hl7.org/fhir/R4/http.html#create */
export const createResourceRoute = async (app, { custody, base }) => {
    app.post('/:type', {
        config: { work: 'publication' },
        schema: {
            operationId: 'createResource',
            summary: 'Store one resource',
            description: 'The server gives id, version and time. With `If-None-Exist` (any search of the type) nothing is written where one such resource of ' +
                'this institution, or of the shared directory, exists (200); several are 412. Equal requests at the same moment make one resource.',
            tags: ['FHIR'],
            consumes: ['application/fhir+json'],
            produces: ['application/fhir+json'],
            params: TypeParams,
            headers: Type.Object({
                'If-None-Exist': Type.Optional(Type.String({ description: 'Store it unless this meets a resource.', examples: ['identifier=urn:oid:2.16.156.10011.1.3|…'] })),
                ...WRITE_HEADERS,
            }),
            body: Resource,
            response: { 200: Resource, 201: Resource, ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.c`);
        const { provenance } = readWriteHeaders(request);
        const ifNoneExist = request.headers['if-none-exist'];
        const write = { interaction: 'createResource', base, ifNoneExist, provenance };
        const outcome = await transactAgain(app.db, (tx) => createResource(tx, custody, caller, params.type, body ?? '', write, new Date()));
        return sendWritten(request, reply, outcome, base);
    });
};
