import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { transact } from '../../database/client.ts';
import { takeCsv } from '../../faces/csv-body.ts';
import { Problem } from '../../faces/problem.ts';
import { Failure } from '../../failure.ts';
import { District, Holder, StoredPrice, Uscc } from './price.schema.ts';
import { PRICES_MAX, readPriceCsv } from './price-csv.ts';
import { type PriceHolder, type PriceList, setPrices } from './set-prices.ts';

const List = Type.Object(
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
      { minItems: 1, maxItems: PRICES_MAX },
    ),
  },
  { additionalProperties: false },
);

/** Whose prices a CSV has, which cannot say it itself. */
const HolderOfCsv = Type.Object(
  {
    uscc: Type.Optional(Uscc),
    district: Type.Optional(District),
  },
  { additionalProperties: false },
);

export const setPricesRoute: FastifyPluginAsyncTypebox = async (app) => {
  takeCsv(app);

  app.put(
    '/catalogue/prices',
    {
      schema: {
        operationId: 'setPrices',
        summary: 'Set prices of examinations',
        description:
          'By the operator for any holder, by an institution for itself; as JSON, or as CSV (UTF-8, or `charset=gb18030`; columns item, amount_fen, valid_from), whose ' +
          'holder stands in the address. Every change is a new version from its beginning on; the same list sent again changes nothing. All rows ' +
          'or none: every fault is told with its row and column.',
        tags: ['Catalogue'],
        consumes: ['application/json', 'text/csv'],
        querystring: HolderOfCsv,
        body: { content: { 'application/json': { schema: List }, 'text/csv': { schema: Type.String() } } },
        response: { 200: Type.Object({ holder: Holder, prices: Type.Array(StoredPrice) }), default: Problem },
      },
    },
    async (request) => {
      const { caller, query } = request;
      const body = request.body as string | Static<typeof List>;

      const list: PriceList = typeof body === 'string' ? readPriceCsv(body, holderIn(query)) : body;
      const set = await transact(app.db, (tx) => setPrices(tx, caller, list, new Date()));

      return { holder: list.holder, prices: set.map((it) => ({ ...it, validFrom: it.validFrom.toISOString() })) };
    },
  );
};

function holderIn({ uscc, district }: Static<typeof HolderOfCsv>): PriceHolder {
  if (uscc !== undefined && district === undefined) return { uscc };
  if (district !== undefined && uscc === undefined) return { district };
  throw new Failure('parameter-invalid', {
    path: 'uscc',
    en: 'either uscc or district says whose prices a CSV has',
    zh: '以 CSV 上传时须注明价格归属：uscc 或 district 二者之一',
  });
}
