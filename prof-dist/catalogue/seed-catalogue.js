import { transact } from '../database/client.js';
import { readCsv } from '../faces/read-csv.js';
import { seedEditions } from './items/seed-editions.js';
import { seedPayerRates } from './payers/seed-payer-rates.js';
import { REASONS_CSV } from './reasons/reasons.seed.js';
import { seedRuleSets } from './rules/seed-rule-sets.js';
/**
 * Loads the seed editions, the published lists of reasons and rates of the health insurance where they are absent. Called at every start, also by several gateways at
 * once: they take turns, and all but the first find the work done. A constant number of statements.
 */
export async function seedCatalogue(db, now) {
    await transact(db, async (tx) => {
        await seedReasons(tx);
        await seedPayerRates(tx, now);
        await seedRuleSets(tx, now);
        await seedEditions(tx, now);
    });
}
const REASON_COLUMNS = ['list', 'code', 'text_zh', 'text_en', 'counts_as_denial', 'note_required'];
const REASONS_MAX = 1_000;
async function seedReasons(tx) {
    await tx.$client.query(`insert into catalogue_reasons (list, code, text_zh, text_en, counts_as_denial, note_required)
     select list, code, text_zh, text_en, counts_as_denial, note_required
     from jsonb_to_recordset($1::jsonb) as it (list text, code text, text_zh text, text_en text, counts_as_denial boolean,
       note_required boolean)
     order by list, code
     on conflict do nothing`, [JSON.stringify(reasonsOfSeed())]);
}
/** An empty cell is `null`. */
function reasonsOfSeed() {
    return readCsv(REASONS_CSV, { needed: REASON_COLUMNS, rowsMax: REASONS_MAX }).map(({ cells }) => Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell === '' ? null : cell])));
}
