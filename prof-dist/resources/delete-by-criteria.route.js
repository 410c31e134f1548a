import { Type } from 'typebox';
import { CriteriaQuery, fhirFailures, OperationOutcome, TypeParams } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { CHANGE_HEADERS, sendRemoved } from './answer-write.js';
import { deleteResource } from './delete-resource.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
const { 'If-Match': IfMatch, Prefer } = CHANGE_HEADERS;
/** FHIR conditional delete, of a single resource: https://hl7.org/fhir/R4/http.html#3.1.0.7.1 */
export const deleteByCriteriaRoute = async (app, { custody, base }) => {
    app.delete('/:type', {
        config: { work: 'publication' },
        schema: {
            operationId: 'deleteByCriteria',
            summary: 'Take away the resource that a search meets',
            description: 'Of this institution’s own resources: one is deleted, none is 204 as well, several are 412 and nothing is deleted.',
            tags: ['FHIR'],
            params: TypeParams,
            querystring: CriteriaQuery,
            headers: Type.Object({ 'If-Match': IfMatch, Prefer }),
            response: {
                200: OperationOutcome,
                204: Type.Null({ description: 'It is deleted, or there was nothing to delete.' }),
                ...fhirFailures,
            },
        },
    }, async (request, reply) => {
        const { caller, params, headers } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.d`);
        const write = { interaction: 'deleteByCriteria', base, ifMatch: headers['if-match'] };
        const addressed = { type: params.type, query: request.url.split('?')[1] ?? '' };
        const outcome = await transactAgain(app.db, (tx, attempt) => deleteResource(tx, custody, caller, addressed, { ...write, again: attempt > 1 }, new Date()));
        return sendRemoved(request, reply, outcome);
    });
};
