import { Type } from 'typebox';
import { CriteriaQuery, fhirFailures, Resource, TypeParams } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { CHANGE_HEADERS, readWriteHeaders, sendWritten } from './answer-write.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
import { updateResource } from './update-resource.js';
/** FHIR conditional update: https://hl7.org/fhir/R4/http.html#cond-update */
export const updateByCriteriaRoute = async (app, { custody, base }) => {
    app.put('/:type', {
        config: { work: 'publication' },
        schema: {
            operationId: 'updateByCriteria',
            summary: 'Store a resource as the new version of the one that a search meets',
            description: 'Of this institution’s own resources: none is met, and it is created (201; with an id in the body 405, since ids are given by the ' +
                'server); one is met, and it is updated (200; another id in the body is 400); several are 412.',
            tags: ['FHIR'],
            consumes: ['application/fhir+json'],
            produces: ['application/fhir+json'],
            params: TypeParams,
            querystring: CriteriaQuery,
            headers: Type.Object(CHANGE_HEADERS),
            body: Resource,
            response: { 200: Resource, 201: Resource, ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireType(params.type);
        // What it will be, an update or a create, is known to nobody yet.
        requireScope(caller, `system/${params.type}.c`);
        requireScope(caller, `system/${params.type}.u`);
        const write = { interaction: 'updateByCriteria', base, ...readWriteHeaders(request) };
        const addressed = { type: params.type, query: request.url.split('?')[1] ?? '' };
        const outcome = await transactAgain(app.db, (tx, attempt) => updateResource(tx, custody, caller, addressed, body ?? '', { ...write, again: attempt > 1 }, new Date()));
        return sendWritten(request, reply, outcome, base);
    });
};
