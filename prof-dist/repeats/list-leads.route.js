import { Type } from 'typebox';
import { readBound, readPractitionerName } from '../access-log/access-query.rules.js';
import { transact } from '../database/client.js';
import { answerCsv, csvStream } from '../faces/csv-body.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodePlace, encodePlace } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { ITEM_LENGTH_MAX, Words } from '../recognition/check.schema.js';
import { LEAD_STATES } from './lead.rules.js';
import { LeadShown } from './lead.schema.js';
import { LEAD_COLUMNS, leadLine } from './lead-csv.rules.js';
import { institutionsMeant, leadReach } from './lead-reach.js';
import { listLeads } from './list-leads.js';
/** Leads of a page of the file. */
const CSV_PAGE = 200;
export const listLeadsRoute = async (app) => {
    app.get('/leads', {
        config: { work: 'report' },
        schema: {
            operationId: 'listLeads',
            summary: 'Repeats without an accepted reason',
            description: 'Examinations of an item for which the institution could have recognised a prior result at that moment, and gave no reason; the latest first. The own institution’s with the scope `leads.review`, the region’s with `audit.read`. With `Accept: text/csv` all of them, whatever `limit` and `cursor` say.',
            tags: ['Repeats'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({
                state: Type.Optional(Type.Enum(LEAD_STATES, { description: 'Where they stand.' })),
                institution: Type.Optional(Words(36, { description: '统一社会信用代码 of the institution that examined.', examples: ['11500000MB1670604W'] })),
                item: Type.Optional(Words(ITEM_LENGTH_MAX, { description: 'Item.', examples: ['WBC'] })),
                doctor: Type.Optional(Words(400, { description: 'The clinician: `system|value`, or the value alone.' })),
                from: Type.Optional(Words(40, { description: 'Examined at or after: RFC 3339, or a day in Beijing.', examples: ['2026-03-01'] })),
                to: Type.Optional(Words(40, { description: 'Examined before.', examples: ['2026-04-01'] })),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: { 200: Type.Object({ leads: Type.Array(LeadShown), next: Next }), default: Problem },
        },
    }, async (request, reply) => {
        const { caller, query } = request;
        const { state, item, limit = LIMIT_DEFAULT } = query;
        const reach = leadReach(caller);
        const [from, to] = [readBound('from', query.from), readBound('to', query.to)];
        const institutions = await institutionsMeant(app.reportDb, reach, query.institution);
        const filter = { institutions, state, item, doctor: readPractitionerName(query.doctor), from, to };
        const isExport = request.headers.accept?.includes('text/csv') ?? false;
        const question = { filter, asked: `GET ${request.url}`, interaction: isExport ? 'exportLeads' : 'listLeads' };
        const pageAfter = (after, size) => transact(app.reportDb, (tx) => listLeads(tx, caller, question, { after, limit: size }, new Date()));
        if (isExport) {
            const first = await pageAfter(undefined, CSV_PAGE);
            answerCsv(reply, 'leads.csv');
            return reply.send(csvStream(LEAD_COLUMNS, linesFrom(first, (after) => pageAfter(after, CSV_PAGE))));
        }
        const { leads, next } = await pageAfter(decodePlace(query.cursor), limit);
        const cursor = encodePlace(next);
        return { leads: [...leads], ...(cursor === undefined ? {} : { next: cursor }) };
    });
};
/** Page after page, each logged before it leaves. */
async function* linesFrom(first, pageAfter) {
    for (let page = first;; page = await pageAfter(page.next)) {
        for (const lead of page.leads)
            yield leadLine(lead);
        if (!page.next)
            return;
    }
}
