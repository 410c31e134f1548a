import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { findItems } from './find-items.js';
import { listItems } from './item.queries.js';
import { Item, Kind } from './item.schema.js';
import { ITEM_CODE } from './read-items.rules.js';
export const listItemsRoute = async (app) => {
    app.get('/catalogue/items', {
        config: { unlogged: true },
        schema: {
            operationId: 'listItems',
            summary: 'Items that may be recognised',
            description: 'The items of an edition of the regional list (the one in force unless another is named), in the order of their codes.',
            tags: ['Catalogue'],
            querystring: Type.Object({
                edition: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Name of an edition.', examples: ['tongjian-222'] })),
                kind: Type.Optional(Kind),
                q: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Part of the code or of a name.', examples: ['白细胞'] })),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({ edition: Type.String({ examples: ['tongjian-222'] }), items: Type.Array(Item), next: Next }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { kind, q, limit = LIMIT_DEFAULT, cursor } = request.query;
        const after = cursor === undefined ? undefined : decodeCursor(cursor, [ITEM_CODE])[0];
        const edition = request.query.edition ?? (await findItems(app.db, [], new Date())).edition;
        if (edition === null)
            throw noEdition();
        const rows = await listItems(app.db, { edition, kind, q, after, limit: limit + 1 });
        const items = rows.slice(0, limit);
        const last = rows.length > limit ? items.at(-1) : undefined;
        return {
            edition,
            items: items.map((it) => ({ ...it, panels: [...it.panels] })),
            ...(last ? { next: encodeCursor([last.code]) } : {}),
        };
    });
};
function noEdition() {
    return new Failure('not-found', {
        path: 'edition',
        en: 'no edition of the list is in force yet',
        zh: '目前没有生效的互认目录版本',
    });
}
