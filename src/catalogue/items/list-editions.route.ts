import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Problem } from '../../faces/problem.ts';
import { EditionSummary, shownEdition } from './edition.schema.ts';
import { listEditions } from './item.queries.ts';

export const listEditionsRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/catalogue/editions',
    {
      config: { unlogged: true },
      schema: {
        operationId: 'listEditions',
        summary: 'Editions of the list of recognisable items',
        description:
          'The latest first. An edition holds from its day (Beijing time) until the next one begins, each in its newest revision.',
        tags: ['Catalogue'],
        querystring: Type.Object({}, { additionalProperties: false }),
        response: {
          200: Type.Object({
            editions: Type.Array(EditionSummary),
          }),
          default: Problem,
        },
      },
    },
    async () => ({ editions: (await listEditions(app.db)).map(shownEdition) }),
  );
};
