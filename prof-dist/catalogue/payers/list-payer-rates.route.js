import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { answerCsv, csvStream } from '../../faces/csv-body.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { listRates } from './payer-rate.queries.js';
import { Division, StoredRate } from './payer-rate.schema.js';
import { RATE_COLUMNS, rateLine } from './payer-rate-csv.js';
const CURSOR_FORMS = [/^\d{2,6}$/, /^[a-z0-9-]{1,40}$/, /^[1-3]$/, /^\d{1,9}$/];
export const listPayerRatesRoute = async (app) => {
    app.get('/catalogue/payer-rates', {
        config: { unlogged: true },
        schema: {
            operationId: 'listPayerRates',
            summary: 'What the health insurance pays',
            description: 'Every version, by division, scheme, level and version. The smallest division that has a rate decides; in force is the latest beginning that has passed, and the ' +
                'highest version among equals. With `Accept: text/csv` a page as CSV.',
            tags: ['Catalogue'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({ division: Type.Optional(Division), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    rates: Type.Array(Type.Intersect([StoredRate, Type.Object({ division: Division, recordedAt: Type.String({ format: 'date-time' }) })])),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request, reply) => {
        const { division, limit = LIMIT_DEFAULT, cursor } = request.query;
        const after = cursor === undefined ? undefined : placeIn(cursor);
        const rows = await listRates(app.db, { division, after, limit: limit + 1 });
        const rates = rows.slice(0, limit).map(({ validFrom, recordedAt, ...rate }) => ({
            ...rate,
            validFrom: validFrom.toISOString(),
            recordedAt: recordedAt.toISOString(),
        }));
        if ((request.headers.accept ?? '').includes('text/csv')) {
            answerCsv(reply, 'payer-rates.csv');
            return reply.send(csvStream(RATE_COLUMNS, Readable.from(rates.map(rateLine))));
        }
        const last = rows.length > limit ? rates.at(-1) : undefined;
        const next = last && encodeCursor([last.division, last.scheme, String(last.level), String(last.version)]);
        return { rates, ...(next === undefined ? {} : { next }) };
    });
};
function placeIn(cursor) {
    const [division = '', scheme = '', level = '', version = ''] = decodeCursor(cursor, CURSOR_FORMS);
    return [division, scheme, Number(level), Number(version)];
}
