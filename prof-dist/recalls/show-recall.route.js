import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { RecallId, RecallShown } from './recall.schema.js';
import { showRecall } from './show-recall.js';
export const showRecallRoute = async (app) => {
    app.get('/recalls/:id', {
        schema: {
            operationId: 'showRecall',
            summary: 'One recall with its full difference',
            description: 'Old and new value of every result that was changed, with the digits of the source, and who relied on the old ones. The old values of what was read before are told whatever became of the consent since; the new ones to a named clinician whom it covers now.',
            tags: ['Recalls'],
            params: RecallId,
            response: { 200: RecallShown, default: Problem },
        },
    }, async (request) => {
        const { caller, params } = request;
        // Whose recall it is decides what may be seen of it: `roleIn`.
        return await transact(app.db, (tx) => showRecall(tx, caller, params.id, new Date()));
    });
};
