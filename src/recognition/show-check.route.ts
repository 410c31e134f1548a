import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import { requireScope } from '../security/require-scope.ts';
import { CheckAnswer, CheckId } from './check.schema.ts';
import { showCheck } from './show-check.ts';

export const showCheckRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/recognition-checks/:id',
    {
      schema: {
        operationId: 'showCheck',
        summary: 'A check as it was answered',
        description: 'Of the own institution only. Later corrections, prices and consents alter nothing of it.',
        tags: ['Recognition'],
        params: CheckId,
        response: { 200: CheckAnswer, default: Problem },
      },
    },
    async (request) => {
      const { caller, params } = request;

      requireScope(caller, 'recognition.check');

      return await transact(app.db, (tx) => showCheck(tx, caller, params.id, new Date()));
    },
  );
};
