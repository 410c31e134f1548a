import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import { Failure } from '../failure.ts';
import { FILTER } from './read-filter.ts';
import { DIMENSIONS, type Dimension } from './statement.queries.ts';
import { Summary } from './statement.schema.ts';
import { summariseSavings } from './summarise-savings.ts';

const NAMES = Object.keys(DIMENSIONS) as Dimension[];

export const summariseSavingsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/savings/summary',
    {
      schema: {
        operationId: 'summariseSavings',
        summary: 'Savings of a period',
        description:
          'In total and by dimensions, the very sum of the entries. With the scope `savings.read` for the region, otherwise for the own institution.',
        tags: ['Savings'],
        querystring: Type.Object(
          {
            ...FILTER,
            by: Type.Optional(
              Type.String({ maxLength: 100, description: `Any of ${NAMES.join(', ')}, with commas.`, examples: ['institution,month'] }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Summary, default: Problem },
      },
    },
    async (request) => {
      const { caller } = request;
      const { by, ...texts } = request.query;
      const dimensions = readDimensions(by);

      return await transact(app.db, (tx) => summariseSavings(tx, caller, texts, dimensions, new Date()));
    },
  );
};

function readDimensions(by: string | undefined): readonly Dimension[] {
  if (by === undefined || by === '') return [];
  const names = by.split(',');
  const dimensions = NAMES.filter((it) => names.includes(it));
  if (dimensions.length === names.length) return dimensions;
  throw new Failure('parameter-invalid', {
    path: 'by',
    en: `"${by}" is no list of dimensions: each at most once, out of ${NAMES.join(', ')}`,
    zh: `“${by}”不是有效的分组维度，可选（各至多一次）：${NAMES.join('、')}`,
  });
}
