import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Cursor, Limit, Next } from '../catalogue/catalogue.schema.ts';
import { transact } from '../database/client.ts';
import { decodeCursor, MOMENT_PART, NUMBER_PART } from '../faces/page-cursor.ts';
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
      const { limit = 50, cursor, ...texts } = request.query;
      const [postedAt = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursor, [MOMENT_PART, NUMBER_PART]);
      const after = cursor === undefined ? undefined : { postedAt: new Date(postedAt), id: BigInt(id) };

      const { entries, next } = await transact(app.db, (tx) => listSavings(tx, caller, texts, { after, limit }, new Date()));

      return { entries: [...entries], ...(next === undefined ? {} : { next }) };
    },
  );
};
