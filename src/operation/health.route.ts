import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { schemaState } from '../database/schema-state.ts';

const Health = Type.Object({ status: Type.String({ examples: ['ok'] }), reason: Type.Optional(Type.String()) });

/** Whether the process lives, and whether it can serve: for the orchestrator, without a token. */
export const healthRoute: FastifyPluginAsync = async (app) => {
  app.get(
    '/health/live',
    {
      config: { work: 'none' },
      schema: {
        operationId: 'isLive',
        summary: 'Whether the process lives',
        description: 'Says nothing of the database: a process that cannot reach it need not be started anew.',
        tags: ['Operation'],
        security: [],
        response: { 200: Health },
      },
    },
    async () => ({ status: 'ok' }),
  );

  app.get(
    '/health/ready',
    {
      config: { work: 'none' },
      schema: {
        operationId: 'isReady',
        summary: 'Whether requests can be served',
        description: 'The database answers, and its schema is not older than this program; else 503 with the reason.',
        tags: ['Operation'],
        security: [],
        response: { 200: Health, 503: Health },
      },
    },
    async (_request, reply) => {
      const reason = await transact(app.newsDb, async (tx) => {
        const state = await schemaState(tx.$client);
        return state === 'behind' ? 'the schema is older than the program' : undefined;
      }).catch(() => 'the database does not answer');

      if (reason) return reply.code(503).header('retry-after', '5').send({ status: 'unavailable', reason });
      return { status: 'ok' };
    },
  );
};
