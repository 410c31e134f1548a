import { Type } from 'typebox';
import { readMoment } from '../beijing-time.js';
import { transact } from '../database/client.js';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodePlace } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { Failure } from '../failure.js';
import { decodeId } from '../resources/resource-id.js';
import { requireScope } from '../security/require-scope.js';
import { ITEM_LENGTH_MAX, Words } from './check.schema.js';
import { DecisionShown, Unanswered, UseShown } from './decision.schema.js';
import { listDecisions, listUses } from './list-decisions.js';
const Moment = (description) => Type.Optional(Words(40, { description, examples: ['2026-03-01'] }));
export const listDecisionsRoute = async (app, { savings }) => {
    app.get('/recognition-decisions', {
        config: { work: 'report' },
        schema: {
            operationId: 'listDecisions',
            summary: 'Decisions of the own institution, or uses of its results',
            description: 'The newest first. With `check` also what is left to answer of it. With `role=source` the recognitions of own results by other institutions, without anything about the patient but the own report.',
            tags: ['Recognition'],
            querystring: Type.Object({
                role: Type.Optional(Type.Enum(['receiver', 'source'], {
                    default: 'receiver',
                    description: 'Decisions made here, or uses of own results by others.',
                })),
                check: Type.Optional(Words(64, { description: 'Of this check; not with role=source.' })),
                item: Type.Optional(Words(ITEM_LENGTH_MAX, { description: 'Item, as the check answered it.', examples: ['WBC'] })),
                decision: Type.Optional(Type.Enum(['recognised', 'not-recognised'], { description: 'What was decided.' })),
                countsAsDenial: Type.Optional(Type.Boolean({
                    description: 'true: refusals to recognise alone; false: everything else, with decision=not-recognised what the list of reasons does not count as one.',
                })),
                from: Moment('Decided at or after: a day (midnight in Beijing) or a date and time with offset.'),
                to: Moment('Decided before.'),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    decisions: Type.Array(Type.Union([DecisionShown, UseShown])),
                    unanswered: Type.Optional(Unanswered),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller } = request;
        const { role = 'receiver', item, decision, countsAsDenial, limit = LIMIT_DEFAULT, ...texts } = request.query;
        requireScope(caller, 'recognition.decide');
        const from = readBound('from', texts.from);
        const to = readBound('to', texts.to);
        const check = readCheck(texts.check, role);
        const filter = { check, item, decision, countsAsDenial, from, to, after: decodePlace(texts.cursor), limit };
        const asked = `GET ${request.url}`;
        const { decisions, next, unanswered } = await transact(app.reportDb, async (tx) => role === 'source'
            ? { ...(await listUses(tx, caller, filter, asked, new Date())), unanswered: undefined }
            : await listDecisions(tx, savings, caller, filter, asked, new Date()));
        return {
            decisions: [...decisions],
            ...(unanswered === undefined ? {} : { unanswered: [...unanswered] }),
            ...(next === undefined ? {} : { next }),
        };
    });
};
function readBound(path, text) {
    const moment = text === undefined ? undefined : readMoment(text);
    if (text !== undefined && !moment) {
        throw new Failure('parameter-invalid', {
            path,
            en: 'this is no day (2026-03-01) and no date and time with offset (2026-03-01T00:00:00+08:00)',
            zh: '应为日期（2026-03-01）或带时区的日期时间（2026-03-01T00:00:00+08:00）',
        });
    }
    return moment;
}
function readCheck(check, role) {
    if (check === undefined)
        return undefined;
    const key = decodeId(check);
    if (key && role === 'receiver')
        return key;
    throw new Failure('parameter-invalid', {
        path: 'check',
        en: key ? 'The checks of other institutions are not told; leave `check` out with role=source.' : 'This is no id of a check.',
        zh: key ? '按来源机构查询时不提供其他机构的查询编号，请去掉 check 参数。' : '这不是互认查询的编号。',
    });
}
