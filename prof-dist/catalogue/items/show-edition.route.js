import { Type } from 'typebox';
import { answerCsv } from '../../faces/csv-body.js';
import { Problem } from '../../faces/problem.js';
import { EditionName, EditionSummary, shownEdition } from './edition.schema.js';
import { codeSystemOf } from './edition-code-system.rules.js';
import { writeEditionCsv } from './edition-csv.js';
import { showEdition } from './show-edition.js';
export const showEditionRoute = async (app) => {
    app.get('/catalogue/editions/:edition', {
        config: { unlogged: true },
        schema: {
            operationId: 'showEdition',
            summary: 'One edition of the list',
            description: 'In its newest revision: a summary, or with `Accept: text/csv` or `application/fhir+json` all of it, as CSV with a byte order mark ' +
                'or as a FHIR CodeSystem. Either can be changed and loaded again.',
            tags: ['Catalogue'],
            produces: ['application/json', 'text/csv', 'application/fhir+json'],
            params: Type.Object({ edition: EditionName }),
            querystring: Type.Object({}, { additionalProperties: false }),
            response: { 200: EditionSummary, default: Problem },
        },
    }, async (request, reply) => {
        const { params, headers } = request;
        const { head, items } = await showEdition(app.db, params.edition, 'edition');
        const accept = headers.accept ?? '';
        if (accept.includes('text/csv')) {
            answerCsv(reply, `${head.edition}.csv`);
            return reply.send(writeEditionCsv(items));
        }
        if (accept.includes('application/fhir+json')) {
            reply.type('application/fhir+json; charset=utf-8');
            return reply.send(JSON.stringify(codeSystemOf(head, items)));
        }
        return shownEdition({ ...head, items: items.length });
    });
};
