import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { answerCsv, csvStream } from '../faces/csv-body.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodePlace } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { ENTRY_COLUMNS, entryLine } from './entry-csv.rules.js';
import { listSavings, streamSavings } from './list-savings.js';
import { FILTER } from './read-filter.js';
import { EntryShown } from './statement.schema.js';
export const listSavingsRoute = async (app) => {
    app.get('/savings/entries', {
        config: { work: 'report' },
        schema: {
            operationId: 'listSavings',
            summary: 'Entries of the savings account',
            description: 'The oldest first. With the same filter they add up to the summary, to the fen. With the scope `savings.read` for the region, otherwise for the own institution. ' +
                'With `Accept: text/csv` all of them are streamed as CSV, whatever `limit` and `cursor` say.',
            tags: ['Savings'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({ ...FILTER, limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: { 200: Type.Object({ entries: Type.Array(EntryShown), next: Next }), default: Problem },
        },
    }, async (request, reply) => {
        const { caller } = request;
        const { limit = LIMIT_DEFAULT, cursor, ...texts } = request.query;
        if ((request.headers.accept ?? '').includes('text/csv')) {
            const lines = await streamSavings(app.reportDb, caller, texts, entryLine, () => new Date());
            answerCsv(reply, 'savings-entries.csv');
            return reply.send(csvStream(ENTRY_COLUMNS, lines));
        }
        const page = { after: decodePlace(cursor), limit };
        const { entries, next } = await transact(app.reportDb, (tx) => listSavings(tx, caller, texts, page, new Date()));
        return { entries: [...entries], ...(next === undefined ? {} : { next }) };
    });
};
