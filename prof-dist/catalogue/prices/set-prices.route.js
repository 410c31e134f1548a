import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { takeCsv } from '../../faces/csv-body.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { District, Holder, StoredPrice, Uscc } from './price.schema.js';
import { PRICES_MAX, readPriceCsv } from './price-csv.js';
import { setPrices } from './set-prices.js';
const List = Type.Object({
    holder: Holder,
    prices: Type.Array(Type.Object({
        item: Type.String({ minLength: 1, maxLength: 40, examples: ['CT-CHEST-PLAIN'] }),
        amountFen: Type.Number({ description: 'Whole Chinese fen, from 0 to 1000000000.', examples: [20_000] }),
        validFrom: Type.Optional(Type.String({
            description: 'Beginning: a day (midnight in Beijing) or a date and time with offset; now where it is left out.',
            maxLength: 40,
            examples: ['2026-01-01'],
        })),
    }, { additionalProperties: false }), { minItems: 1, maxItems: PRICES_MAX }),
}, { additionalProperties: false });
/** Whose prices a CSV has, which cannot say it itself. */
const HolderOfCsv = Type.Object({
    uscc: Type.Optional(Uscc),
    district: Type.Optional(District),
}, { additionalProperties: false });
export const setPricesRoute = async (app) => {
    takeCsv(app);
    app.put('/catalogue/prices', {
        schema: {
            operationId: 'setPrices',
            summary: 'Set prices of examinations',
            description: 'By the operator for any holder, by an institution for itself; as JSON, or as CSV (UTF-8, or `charset=gb18030`; columns item, amount_fen, valid_from), whose ' +
                'holder stands in the address. Every change is a new version from its beginning on; the same list sent again changes nothing. All rows ' +
                'or none: every fault is told with its row and column.',
            tags: ['Catalogue'],
            consumes: ['application/json', 'text/csv'],
            querystring: HolderOfCsv,
            body: { content: { 'application/json': { schema: List }, 'text/csv': { schema: Type.String() } } },
            response: { 200: Type.Object({ holder: Holder, prices: Type.Array(StoredPrice) }), default: Problem },
        },
    }, async (request) => {
        const { caller, query } = request;
        const body = request.body;
        const list = typeof body === 'string' ? readPriceCsv(body, holderIn(query)) : body;
        const set = await transact(app.db, (tx) => setPrices(tx, caller, list, new Date()));
        return { holder: list.holder, prices: set.map((it) => ({ ...it, validFrom: it.validFrom.toISOString() })) };
    });
};
function holderIn({ uscc, district }) {
    if (uscc !== undefined && district === undefined)
        return { uscc };
    if (district !== undefined && uscc === undefined)
        return { district };
    throw new Failure('parameter-invalid', {
        path: 'uscc',
        en: 'either uscc or district says whose prices a CSV has',
        zh: '以 CSV 上传时须注明价格归属：uscc 或 district 二者之一',
    });
}
