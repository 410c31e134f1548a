import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodePlace, encodePlace } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { readBound, readPractitionerName } from './access-query.rules.js';
import { institutionInReach, reviewReach } from './audit-reach.js';
import { EmergencyAccess } from './emergency-access.schema.js';
import { listEmergencyAccesses } from './list-emergency-accesses.js';
/** The list of emergency accesses that are gone over afterwards. */
export const listEmergencyAccessesRoute = async (app) => {
    app.get('/emergency-accesses', {
        schema: {
            operationId: 'listEmergencyAccesses',
            summary: 'Emergency accesses, and how they were reviewed',
            description: 'Every look under the purpose BTG or ETREAT, with its written reason; the one that has waited longest comes first. The scope `audit.review` shows the own institution’s, with `audit.read` beside it every institution’s. Reading the list is logged.',
            tags: ['Access log'],
            querystring: Type.Object({
                state: Type.Optional(Type.Enum(['open', 'reviewed'], { description: 'Without or with a review; both unless said otherwise.' })),
                institution: Type.Optional(Type.String({ maxLength: 18, description: 'Who looked: 统一社会信用代码.' })),
                practitioner: Type.Optional(Type.String({ maxLength: 400, description: 'Who looked: `system|value`, or the value alone.' })),
                from: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339, or a day in Beijing; inclusive.', examples: ['2026-03-01'] })),
                to: Type.Optional(Type.String({
                    maxLength: 40,
                    description: 'RFC 3339, or a day in Beijing; exclusive. With state=open: what is overdue.',
                    examples: ['2026-03-08'],
                })),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: { 200: Type.Object({ accesses: Type.Array(EmergencyAccess), next: Next }), default: Problem },
        },
    }, async (request) => {
        const { caller, query } = request;
        const { state, limit = LIMIT_DEFAULT } = query;
        const reach = reviewReach(caller);
        const filter = {
            institution: await institutionInReach(app.db, reach, query.institution, 'institution'),
            practitioner: readPractitionerName(query.practitioner),
            from: readBound('from', query.from),
            until: readBound('to', query.to),
            review: state,
        };
        const question = { filter, reach, asked: `GET ${request.url}`, after: decodePlace(query.cursor), limit };
        const page = await listEmergencyAccesses(app.db, app.accessLog, caller, question, new Date());
        const next = encodePlace(page.next);
        return { accesses: [...page.accesses], ...(next === undefined ? {} : { next }) };
    });
};
