import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import type { Custody } from '../resources/custody.ts';
import { removeClient } from '../security/remove-client.ts';
import { requireScope } from '../security/require-scope.ts';
import { ClientId } from './client.schema.ts';

export const removeClientRoute: FastifyPluginAsyncTypebox<{ readonly record: Custody['record'] }> = async (app, { record }) => {
  app.delete(
    '/clients/:id',
    {
      // What takes a right back is done whatever there is to do.
      config: { work: 'none' },
      schema: {
        operationId: 'removeClient',
        summary: 'Remove a calling system',
        description:
          'By the operator. The client gets no more tokens, and within a second no gateway takes its live ones any more. It cannot be brought back; register it anew.',
        tags: ['Clients'],
        params: ClientId,
        response: { 204: Type.Null({ description: 'The client is removed.' }), default: Problem },
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      const now = new Date();
      requireScope(caller, 'operator');

      await transact(app.db, async (tx) => {
        await removeClient(tx, params.id);
        await record(tx, caller, [{ person: 0n, action: 'D', interaction: 'removeClient', entities: [`Client/${params.id}`] }], now);
      });

      return reply.code(204).send(null);
    },
  );
};
