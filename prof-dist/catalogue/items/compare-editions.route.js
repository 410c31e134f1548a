import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { compareItems } from './compare-items.rules.js';
import { EditionName } from './edition.schema.js';
import { COLUMNS } from './edition-columns.rules.js';
import { ITEM_CODE } from './read-items.rules.js';
import { showEdition } from './show-edition.js';
const Cell = Type.Union([Type.String(), Type.Null()], { description: 'The cell as in CSV; null: no such item.', examples: ['PT6H'] });
const Count = Type.Integer({ description: 'How many items.' });
export const compareEditionsRoute = async (app) => {
    app.get('/catalogue/editions/:edition/comparison', {
        config: { unlogged: true },
        schema: {
            operationId: 'compareEditions',
            summary: 'What an edition changes',
            description: 'What an edition (after) says otherwise than another (before), item by item in the order of their codes. The counts are of all ' +
                'differences, whatever the page.',
            tags: ['Catalogue'],
            params: Type.Object({ edition: EditionName }),
            querystring: Type.Object({ with: EditionName, limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    edition: Type.String({ examples: ['tongjian-222'] }),
                    with: Type.String({ examples: ['tongjian-112'] }),
                    added: Count,
                    removed: Count,
                    changed: Count,
                    differences: Type.Array(Type.Object({
                        code: Type.String({ examples: ['WBC'] }),
                        change: Type.Enum(['added', 'removed', 'changed']),
                        fields: Type.Array(Type.Object({ field: Type.Enum(COLUMNS, { description: 'Column of CSV.' }), before: Cell, after: Cell })),
                    })),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { params, query } = request;
        const limit = query.limit ?? LIMIT_DEFAULT;
        const after = query.cursor === undefined ? '' : (decodeCursor(query.cursor, [ITEM_CODE])[0] ?? '');
        const former = await showEdition(app.db, query.with, 'with');
        const later = await showEdition(app.db, params.edition, 'edition');
        const all = compareItems(former.items, later.items);
        const left = all.filter((it) => it.code > after);
        const page = left.slice(0, limit);
        const last = left.length > limit ? page.at(-1) : undefined;
        const count = (change) => all.filter((it) => it.change === change).length;
        return {
            edition: params.edition,
            with: query.with,
            added: count('added'),
            removed: count('removed'),
            changed: count('changed'),
            differences: page.map((it) => ({ ...it, fields: [...it.fields] })),
            ...(last ? { next: encodeCursor([last.code]) } : {}),
        };
    });
};
