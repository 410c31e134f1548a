import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import { balanceAccounts } from './balance-accounts.ts';
import { FILTER } from './read-filter.ts';
import { TrialBalance } from './statement.schema.ts';

export const balanceSavingsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/savings/trial-balance',
    {
      config: { work: 'report' },
      schema: {
        operationId: 'balanceSavings',
        summary: 'Debits and credits of the savings account',
        description:
          'By account, of the entries that the filter means: debits and credits are the same, whatever the filter. With the scope `savings.read` for the region, otherwise ' +
          'for the own institution.',
        tags: ['Savings'],
        querystring: Type.Object(FILTER, { additionalProperties: false }),
        response: { 200: TrialBalance, default: Problem },
      },
    },
    async (request) => {
      const { caller, query } = request;

      return await transact(app.reportDb, (tx) => balanceAccounts(tx, caller, query, new Date()));
    },
  );
};
