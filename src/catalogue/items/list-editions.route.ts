import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Problem } from '../../faces/problem.ts';
import { listEditions } from './item.queries.ts';

export const listEditionsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/catalogue/editions',
    {
      config: { unlogged: true },
      schema: {
        operationId: 'listEditions',
        summary: 'Editions of the list of recognisable items',
        description: 'The latest first. An edition holds from its day (Beijing time) until the next one begins.',
        tags: ['Catalogue'],
        querystring: Type.Object({}, { additionalProperties: false }),
        response: {
          200: Type.Object({
            editions: Type.Array(
              Type.Object({
                edition: Type.String({ examples: ['tongjian-1'] }),
                title: Type.String(),
                effectiveFrom: Type.String({ description: 'First day, Beijing time.', examples: ['2022-03-01'] }),
                items: Type.Integer({ description: 'How many items it has.', examples: [219] }),
              }),
            ),
          }),
          default: Problem,
        },
      },
    },
    async () => ({ editions: [...(await listEditions(app.db))] }),
  );
};
