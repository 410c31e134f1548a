import { Type } from 'typebox';
import { fhirFailures, InstanceParams, OperationOutcome } from '../fhir/schemas.js';
import { requireScope } from '../security/require-scope.js';
import { CHANGE_HEADERS, sendRemoved } from './answer-write.js';
import { deleteResource } from './delete-resource.js';
import { requireType } from './require-type.js';
import { transactAgain } from './transact-again.js';
const { 'If-Match': IfMatch, Prefer } = CHANGE_HEADERS;
/** FHIR delete interaction: https://hl7.org/fhir/R4/http.html#delete */
export const deleteResourceRoute = async (app, { custody, base }) => {
    app.delete('/:type/:id', {
        config: { work: 'publication' },
        schema: {
            operationId: 'deleteResource',
            summary: 'Take away a resource of this institution',
            description: 'It is found no more, and a read is answered 410; its history stays. A deleted report counts as withdrawn: to withdraw one and say ' +
                'why, store a version with the status entered-in-error instead. Deleting again is 204 as well. What something else of the same person ' +
                'still refers to is not deleted (409).',
            tags: ['FHIR'],
            params: InstanceParams,
            headers: Type.Object({ 'If-Match': IfMatch, Prefer }),
            response: { 200: OperationOutcome, 204: Type.Null({ description: 'It is deleted.' }), ...fhirFailures },
        },
    }, async (request, reply) => {
        const { caller, params, headers } = request;
        requireType(params.type);
        requireScope(caller, `system/${params.type}.d`);
        const write = { interaction: 'deleteResource', base, ifMatch: headers['if-match'] };
        const outcome = await transactAgain(app.db, (tx, attempt) => deleteResource(tx, custody, caller, params, { ...write, again: attempt > 1 }, new Date()));
        return sendRemoved(request, reply, outcome);
    });
};
