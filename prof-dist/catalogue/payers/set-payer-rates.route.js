import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { takeCsv } from '../../faces/csv-body.js';
import { Problem } from '../../faces/problem.js';
import { Failure } from '../../failure.js';
import { requireScope } from '../../security/require-scope.js';
import { Division, StoredRate } from './payer-rate.schema.js';
import { RATES_MAX, readRatesCsv } from './payer-rate-csv.js';
import { setPayerRates } from './set-payer-rates.js';
const List = Type.Object({
    division: Division,
    rates: Type.Array(Type.Object({
        scheme: Type.String({ maxLength: 40, description: 'employee, resident-1 or resident-2.', examples: ['employee'] }),
        level: Type.Number({ description: 'Level of the institution, 1 to 3.', examples: [3] }),
        fundPercent: Type.Number({ description: 'Per cent that the fund pays, with two decimals at most.', examples: [85] }),
        validFrom: Type.Optional(Type.String({
            description: 'Beginning: a day (midnight in Beijing) or a date and time with offset; now where it is left out.',
            maxLength: 40,
            examples: ['2026-01-01'],
        })),
    }, { additionalProperties: false }), { minItems: 1, maxItems: RATES_MAX }),
}, { additionalProperties: false });
export const setPayerRatesRoute = async (app) => {
    takeCsv(app);
    app.put('/catalogue/payer-rates', {
        schema: {
            operationId: 'setPayerRates',
            summary: 'Set what the health insurance pays',
            description: 'By the operator, for a division: per cent that the fund pays by scheme and level of the institution, by which savings are split between fund ' +
                'and patient. As JSON, or as CSV (columns scheme, level, fund_percent, valid_from), whose division stands in the address. What changes is a new ' +
                'version from its beginning on; the same list sent again changes nothing. All rows or none: every fault is told with its row and column.',
            tags: ['Catalogue'],
            consumes: ['application/json', 'text/csv'],
            querystring: Type.Object({ division: Type.Optional(Division) }, { additionalProperties: false }),
            body: { content: { 'application/json': { schema: List }, 'text/csv': { schema: Type.String() } } },
            response: { 200: Type.Object({ division: Division, rates: Type.Array(StoredRate) }), default: Problem },
        },
    }, async (request) => {
        const { caller, query } = request;
        requireScope(caller, 'operator');
        const body = request.body;
        const list = typeof body === 'string' ? readRatesCsv(body, divisionIn(query)) : body;
        const set = await transact(app.db, (tx) => setPayerRates(tx, caller, list, new Date()));
        return { division: list.division, rates: set.map((it) => ({ ...it, validFrom: it.validFrom.toISOString() })) };
    });
};
function divisionIn({ division }) {
    if (division !== undefined)
        return division;
    throw new Failure('parameter-invalid', {
        path: 'division',
        en: 'says of which division the rates of a CSV are',
        zh: '以 CSV 上传时须以 division 注明所属行政区划',
    });
}
