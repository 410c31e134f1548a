import { Type } from 'typebox';
import { readPatch } from '../fhir/patch/read-patch.js';
import { CriteriaQuery, fhirFailures, Resource, TypeParams } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { CHANGE_HEADERS, readWriteHeaders, sendWritten } from './answer-write.js';
import { patchResource } from './patch-resource.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
/** FHIR conditional patch: https://hl7.org/fhir/R4/http.html#patch */
export const patchByCriteriaRoute = async (app, { custody, base }) => {
    app.patch('/:type', {
        config: { work: 'publication' },
        schema: {
            operationId: 'patchByCriteria',
            summary: 'Change parts of the resource that a search meets',
            description: 'Of this institution’s own resources the search must meet one: none is 404, several are 412. The patch is as for an id.',
            tags: ['FHIR'],
            consumes: ['application/json-patch+json', 'application/fhir+json'],
            produces: ['application/fhir+json'],
            params: TypeParams,
            querystring: CriteriaQuery,
            headers: Type.Object(CHANGE_HEADERS),
            response: { 200: Resource, ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params, body, headers } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.u`);
        const patch = readPatch(body ?? '', headers['content-type']);
        const write = { interaction: 'patchByCriteria', base, ...readWriteHeaders(request) };
        const addressed = { type: params.type, query: request.url.split('?')[1] ?? '' };
        const outcome = await transactAgain(app.db, (tx, attempt) => patchResource(tx, custody, caller, addressed, patch, { ...write, again: attempt > 1 }, new Date()));
        return sendWritten(request, reply, outcome, base);
    });
};
