import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { listAssignments } from './assignment.queries.js';
import { AssignmentShown, Division, showAssignment } from './assignment.schema.js';
const CURSOR_FORMS = [/^(\d{2}){0,3}$/, /^\d{1,9}$/];
export const listRuleAssignmentsRoute = async (app) => {
    app.get('/catalogue/rule-assignments', {
        config: { unlogged: true },
        schema: {
            operationId: 'listRuleAssignments',
            summary: 'Which rules of recognition hold where',
            description: 'Every version, by division. In force is the latest beginning that has passed, and the highest version among equals; a division without ' +
                'any follows the one above it, and all of them `national-2022`.',
            tags: ['Catalogue'],
            querystring: Type.Object({ division: Type.Optional(Division), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    assignments: Type.Array(Type.Intersect([AssignmentShown, Type.Object({ recordedAt: Type.String({ format: 'date-time' }) })])),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { division, limit = LIMIT_DEFAULT, cursor } = request.query;
        const [lastDivision = '', lastVersion = ''] = cursor === undefined ? [] : decodeCursor(cursor, CURSOR_FORMS);
        const after = cursor === undefined ? undefined : [lastDivision, Number(lastVersion)];
        const rows = await listAssignments(app.db, { division, after, limit: limit + 1 });
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
            assignments: page.map((it) => ({ ...showAssignment(it), recordedAt: it.recordedAt.toISOString() })),
            ...(last ? { next: encodeCursor([last.division, String(last.version)]) } : {}),
        };
    });
};
