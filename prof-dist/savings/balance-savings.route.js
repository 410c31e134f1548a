import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { balanceAccounts } from './balance-accounts.js';
import { FILTER } from './read-filter.js';
import { TrialBalance } from './statement.schema.js';
export const balanceSavingsRoute = async (app) => {
    app.get('/savings/trial-balance', {
        config: { work: 'report' },
        schema: {
            operationId: 'balanceSavings',
            summary: 'Debits and credits of the savings account',
            description: 'By account, of the entries that the filter means: debits and credits are the same, whatever the filter. With the scope `savings.read` for the region, otherwise ' +
                'for the own institution.',
            tags: ['Savings'],
            querystring: Type.Object(FILTER, { additionalProperties: false }),
            response: { 200: TrialBalance, default: Problem },
        },
    }, async (request) => {
        const { caller, query } = request;
        return await transact(app.reportDb, (tx) => balanceAccounts(tx, caller, query, new Date()));
    });
};
