import { Type } from 'typebox';
import { readBound } from '../access-log/access-query.rules.js';
import { answerCsv, csvStream } from '../faces/csv-body.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodePlace, encodePlace } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { Failure } from '../failure.js';
import { decodeId } from '../resources/resource-id.js';
import { pageOfRecalls, streamRecalls } from './list-recalls.js';
import { RecallListed } from './recall.schema.js';
import { RECALL_COLUMNS, recallLine } from './recall-csv.rules.js';
import { reachOf } from './recall-reach.js';
const Moment = (description) => Type.Optional(Type.String({ maxLength: 40, description, examples: ['2026-03-01'] }));
export const listRecallsRoute = async (app) => {
    app.get('/recalls', {
        config: { work: 'report' },
        schema: {
            operationId: 'listRecalls',
            summary: 'Corrected and withdrawn reports that somebody relied on',
            description: 'Recalls of the own institution, the one that was told first comes first, each with its age and whether it is overdue. `role=source`: of own reports, with whether they were acknowledged, naming only institutions that have recognised the result. `role=region` (scope `audit.read`): of everybody. With `Accept: text/csv` all that the filter meets, whatever `limit` and `cursor` say.',
            tags: ['Recalls'],
            produces: ['application/json', 'text/csv'],
            querystring: Type.Object({
                role: Type.Optional(Type.Enum(['receiver', 'source', 'region'], { default: 'receiver', description: 'As whom.' })),
                state: Type.Optional(Type.Enum(['open', 'acknowledged'], { description: 'Both unless said otherwise.' })),
                overdue: Type.Optional(Type.Boolean({ description: 'Open and past the time to acknowledge it, or not.' })),
                report: Type.Optional(Type.String({ maxLength: 64, description: 'Of this report: `DiagnosticReport/{id}`, or its id.' })),
                from: Moment('Told at or after: a day (midnight in Beijing) or a date and time with offset.'),
                to: Moment('Told before.'),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: { 200: Type.Object({ recalls: Type.Array(RecallListed), next: Next }), default: Problem },
        },
    }, async (request, reply) => {
        const { caller } = request;
        const { role = 'receiver', state, overdue, limit = LIMIT_DEFAULT, ...texts } = request.query;
        const reach = reachOf(caller, role);
        const report = texts.report === undefined ? undefined : readReport(texts.report);
        const filter = { ...reach, state, overdue, report, from: readBound('from', texts.from), until: readBound('to', texts.to) };
        const isExport = request.headers.accept?.includes('text/csv') ?? false;
        const interaction = isExport ? 'exportRecalls' : 'listRecalls';
        const question = { role, filter, asked: `GET ${request.url}`, interaction };
        if (isExport) {
            await app.accessLog.record(caller, [{ person: 0n, action: 'R', interaction, entities: [], query: question.asked }], new Date());
            answerCsv(reply, 'recalls.csv');
            return reply.send(csvStream(RECALL_COLUMNS, streamRecalls(app.reportDb, app.accessLog, caller, question, recallLine, new Date())));
        }
        const page = await pageOfRecalls(app.reportDb, app.accessLog, caller, question, { after: decodePlace(texts.cursor), limit }, new Date());
        const next = encodePlace(page.next);
        return { recalls: [...page.recalls], ...(next === undefined ? {} : { next }) };
    });
};
function readReport(text) {
    const key = decodeId(text.replace(/^DiagnosticReport\//, ''));
    if (key)
        return key;
    throw new Failure('parameter-invalid', { path: 'report', en: 'this is no id of a report', zh: '这不是报告的编号' });
}
