import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../faces/page-cursor.js';
import { Problem } from '../faces/problem.js';
import { listPolicies } from './consent-policy.queries.js';
import { StoredPolicy } from './consent-policy.schema.js';
const CURSOR_FORMS = [/^\d{0,6}$/, /^\d{1,9}$/];
export const listConsentPoliciesRoute = async (app) => {
    app.get('/consent-policies', {
        config: { unlogged: true },
        schema: {
            operationId: 'listConsentPolicies',
            summary: 'What holds for patients without a consent on file',
            description: 'Every version, by division. In force is, of the longest division that fits, the latest beginning that has passed; `break-glass-only` where there is none.',
            tags: ['Consent'],
            querystring: Type.Object({ limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: { 200: Type.Object({ policies: Type.Array(StoredPolicy), next: Next }), default: Problem },
        },
    }, async (request) => {
        const { limit = LIMIT_DEFAULT, cursor } = request.query;
        const [division = '', version = ''] = cursor === undefined ? [] : decodeCursor(cursor, CURSOR_FORMS);
        const rows = await listPolicies(app.db, cursor === undefined ? undefined : { division, version: Number(version) }, limit + 1);
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
            policies: page.map((it) => ({ ...it, validFrom: it.validFrom.toISOString(), recordedAt: it.recordedAt.toISOString() })),
            ...(last ? { next: encodeCursor([last.division, String(last.version)]) } : {}),
        };
    });
};
