import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { CheckAnswer, CheckId } from './check.schema.js';
import { showCheck } from './show-check.js';
export const showCheckRoute = async (app) => {
    app.get('/recognition-checks/:id', {
        schema: {
            operationId: 'showCheck',
            summary: 'A check as it was answered',
            description: 'Of the own institution only. Later corrections, prices and consents alter nothing of it.',
            tags: ['Recognition'],
            params: CheckId,
            response: { 200: CheckAnswer, default: Problem },
        },
    }, async (request) => {
        const { caller, params } = request;
        requireScope(caller, 'recognition.check');
        return await transact(app.db, (tx) => showCheck(tx, caller, params.id, new Date()));
    });
};
