import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.ts';
import { decodePlace } from '../faces/page-cursor.ts';
import { Problem } from '../faces/problem.ts';
import { listSavings } from './list-savings.ts';
import { FILTER } from './read-filter.ts';
import { EntryShown } from './statement.schema.ts';

export const listSavingsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/savings/entries',
    {
      schema: {
        operationId: 'listSavings',
        summary: 'Entries of the savings account',
        description:
          'The oldest first. With the same filter they add up to the summary, to the fen. With the scope `savings.read` for the region, otherwise for the own institution.',
        tags: ['Savings'],
        querystring: Type.Object(
          { ...FILTER, limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ entries: Type.Array(EntryShown), next: Next }), default: Problem },
      },
    },
    async (request) => {
      const { caller } = request;
      const { limit = LIMIT_DEFAULT, cursor, ...texts } = request.query;
      const page = { after: decodePlace(cursor), limit };

      const { entries, next } = await transact(app.db, (tx) => listSavings(tx, caller, texts, page, new Date()));

      return { entries: [...entries], ...(next === undefined ? {} : { next }) };
    },
  );
};
