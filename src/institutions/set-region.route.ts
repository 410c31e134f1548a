import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import type { Custody } from '../resources/custody.ts';
import { requireScope } from '../security/require-scope.ts';
import { upsertRegion } from './alliance.queries.ts';
import { Code, Divisions, Name, StoredRegion, showRegion } from './alliance.schema.ts';

export const setRegionRoute: FastifyPluginAsyncTypebox<{ readonly record: Custody['record'] }> = async (app, { record }) => {
  app.put(
    '/regions/:code',
    {
      schema: {
        operationId: 'setRegion',
        summary: 'Set a named region',
        description: 'By the operator: name and divisions are what is given here, whatever they were.',
        tags: ['Institutions'],
        params: Code,
        body: Type.Object({ name: Name, divisions: Divisions }, { additionalProperties: false }),
        response: { 200: StoredRegion, default: Problem },
      },
    },
    async (request) => {
      const { caller, params, body } = request;
      const now = new Date();
      requireScope(caller, 'operator');

      const region = { code: params.code, name: body.name, divisions: [...new Set(body.divisions)].sort(), updatedAt: now };
      await transact(app.db, async (tx) => {
        await upsertRegion(tx, region);
        await record(tx, caller, [{ person: 0n, action: 'U', interaction: 'setRegion', entities: [`Region/${params.code}`] }], now);
      });

      return showRegion(region);
    },
  );
};
