import { Type } from 'typebox';
import { fhirFailures, InstanceParams, Resource } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { CHANGE_HEADERS, readWriteHeaders, sendWritten } from './answer-write.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
import { updateResource } from './update-resource.js';
/** FHIR update interaction, version-aware with If-Match: https://hl7.org/fhir/R4/http.html#update */
export const updateResourceRoute = async (app, { custody, base }) => {
    app.put('/:type/:id', {
        config: { work: 'publication' },
        schema: {
            operationId: 'updateResource',
            summary: 'Store a new version of a resource of this institution',
            description: 'A correction, or with status entered-in-error or cancelled a withdrawal. What changes nothing makes no version and is answered with ' +
                'the one that stands; what was deleted is revived. Ids are given by the server: an id that nothing has is refused (405), and what ' +
                'another institution published is refused (403).',
            tags: ['FHIR'],
            consumes: ['application/fhir+json'],
            produces: ['application/fhir+json'],
            params: InstanceParams,
            headers: Type.Object(CHANGE_HEADERS),
            body: Resource,
            response: { 200: Resource, ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.u`);
        const write = { interaction: 'updateResource', base, ...readWriteHeaders(request) };
        const outcome = await transactAgain(app.db, (tx, attempt) => updateResource(tx, custody, caller, params, body ?? '', { ...write, again: attempt > 1 }, new Date()));
        return sendWritten(request, reply, outcome, base);
    });
};
