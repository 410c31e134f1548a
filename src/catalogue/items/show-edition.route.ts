import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { answerCsv } from '../../faces/csv-body.ts';
import { Problem } from '../../faces/problem.ts';
import { EditionName, EditionSummary, shownEdition } from './edition.schema.ts';
import { codeSystemOf } from './edition-code-system.rules.ts';
import { writeEditionCsv } from './edition-csv.ts';
import { showEdition } from './show-edition.ts';

export const showEditionRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/catalogue/editions/:edition',
    {
      config: { unlogged: true },
      schema: {
        operationId: 'showEdition',
        summary: 'One edition of the list',
        description:
          'In its newest revision: a summary, or with `Accept: text/csv` or `application/fhir+json` all of it, as CSV with a byte order mark ' +
          'or as a FHIR CodeSystem. Either can be changed and loaded again.',
        tags: ['Catalogue'],
        produces: ['application/json', 'text/csv', 'application/fhir+json'],
        params: Type.Object({ edition: EditionName }),
        querystring: Type.Object({}, { additionalProperties: false }),
        response: { 200: EditionSummary, default: Problem },
      },
    },
    async (request, reply) => {
      const { params, headers } = request;

      const { head, items } = await showEdition(app.db, params.edition, 'edition');

      const accept = headers.accept ?? '';
      if (accept.includes('text/csv')) {
        answerCsv(reply, `${head.edition}.csv`);
        return reply.send(writeEditionCsv(items) as never);
      }
      if (accept.includes('application/fhir+json')) {
        reply.type('application/fhir+json; charset=utf-8');
        return reply.send(JSON.stringify(codeSystemOf(head, items)) as never);
      }
      return shownEdition({ ...head, items: items.length });
    },
  );
};
