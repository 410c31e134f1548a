import { Type } from 'typebox';
import { Cursor, LIMIT_DEFAULT, Limit, Next } from '../../faces/page.schema.js';
import { decodeCursor, encodeCursor } from '../../faces/page-cursor.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { findInstitutionByUscc, findInstitutions } from '../../institutions/find-institution.js';
import { normaliseUscc } from '../../institutions/uscc.rules.js';
import { districtHolder, institutionHolder } from './find-prices.js';
import { listPrices } from './price.queries.js';
import { District, Holder, StoredPrice } from './price.schema.js';
const CURSOR_FORMS = [/^[\x20-\x7e]{1,40}$/, /^(institution|district):\d{1,10}$/, /^\d{1,9}$/];
export const listPricesRoute = async (app) => {
    app.get('/catalogue/prices', {
        config: { unlogged: true },
        schema: {
            operationId: 'listPrices',
            summary: 'Prices of examinations',
            description: 'Every version, by item, holder and version. In force is the latest beginning that has passed, and the highest version among equals.',
            tags: ['Catalogue'],
            querystring: Type.Object({
                uscc: Type.Optional(Type.String({ maxLength: 36, description: 'Prices of this institution.', examples: ['11500000MB1670604W'] })),
                district: Type.Optional(District),
                item: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: 'Item code of the catalogue.', examples: ['CT-CHEST-PLAIN'] })),
                limit: Type.Optional(Limit),
                cursor: Type.Optional(Cursor),
            }, { additionalProperties: false }),
            response: {
                200: Type.Object({
                    prices: Type.Array(Type.Intersect([StoredPrice, Type.Object({ holder: Holder, recordedAt: Type.String({ format: 'date-time' }) })])),
                    next: Next,
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { uscc, district, item, limit = LIMIT_DEFAULT, cursor } = request.query;
        const [lastItem = '', lastHolder = '', lastVersion = ''] = cursor === undefined ? [] : decodeCursor(cursor, CURSOR_FORMS);
        if (uscc !== undefined && district !== undefined)
            throw oneHolder();
        const institution = uscc === undefined ? undefined : await findInstitutionByUscc(app.db, normaliseUscc(uscc));
        if (uscc !== undefined && !institution)
            return { prices: [] };
        const rows = await listPrices(app.db, {
            holder: institution ? institutionHolder(institution.institution) : district && districtHolder(district),
            item,
            after: cursor === undefined ? undefined : [lastItem, lastHolder, Number(lastVersion)],
            limit: limit + 1,
        });
        const page = rows.slice(0, limit);
        const institutions = await findInstitutions(app.db, page.flatMap((it) => (it.holder.startsWith('institution:') ? [Number(it.holder.slice(12))] : [])));
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
            prices: page.map(({ holder, validFrom, recordedAt, ...price }) => ({
                ...price,
                holder: holder.startsWith('institution:')
                    ? { uscc: institutions.get(Number(holder.slice(12)))?.uscc ?? '' }
                    : { district: holder.slice(9) },
                validFrom: validFrom.toISOString(),
                recordedAt: recordedAt.toISOString(),
            })),
            ...(last ? { next: encodeCursor([last.item, last.holder, String(last.version)]) } : {}),
        };
    });
};
function oneHolder() {
    return new Failure('parameter-invalid', {
        path: 'district',
        en: 'ask for the prices of an institution or of a district, not of both',
        zh: 'uscc 与 district 只能指定其一',
    });
}
