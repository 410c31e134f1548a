import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../../database/client.ts';
import { Problem } from '../../faces/problem.ts';
import { Holder, StoredPrice } from './price.schema.ts';
import { setPrices } from './set-prices.ts';

export const setPricesRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.put(
    '/catalogue/prices',
    {
      schema: {
        operationId: 'setPrices',
        summary: 'Set prices of examinations',
        description:
          'By the operator for any holder, by an institution for itself. Every change is a new version from its beginning on; the same list sent again changes nothing. All rows or none.',
        tags: ['Catalogue'],
        body: Type.Object(
          {
            holder: Holder,
            prices: Type.Array(
              Type.Object(
                {
                  item: Type.String({ minLength: 1, maxLength: 40, examples: ['CT-CHEST-PLAIN'] }),
                  amountFen: Type.Number({ description: 'Whole Chinese fen, from 0 to 1000000000.', examples: [20_000] }),
                  validFrom: Type.Optional(
                    Type.String({
                      description: 'Beginning: a day (midnight in Beijing) or a date and time with offset; now where it is left out.',
                      maxLength: 40,
                      examples: ['2026-01-01'],
                    }),
                  ),
                },
                { additionalProperties: false },
              ),
              { minItems: 1, maxItems: 1_000 },
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ holder: Holder, prices: Type.Array(StoredPrice) }), default: Problem },
      },
    },
    async (request) => {
      const { caller, body } = request;

      const set = await transact(app.db, (tx) => setPrices(tx, caller, body, new Date()));

      return { holder: body.holder, prices: set.map((it) => ({ ...it, validFrom: it.validFrom.toISOString() })) };
    },
  );
};
