import { type Database, type Transaction, transact } from '../database/client.ts';
import { readCsv } from '../faces/read-csv.ts';
import { seedEditions } from './items/seed-editions.ts';
import { seedPayerRates } from './payers/seed-payer-rates.ts';
import { REASONS_CSV } from './reasons/reasons.seed.ts';
import { seedRuleSets } from './rules/seed-rule-sets.ts';

/**
 * Loads the seed editions, the published lists of reasons and rates of the health insurance where they are absent. Called at every start, also by several gateways at
 * once: they take turns, and all but the first find the work done. A constant number of statements.
 */
export async function seedCatalogue(db: Database, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    await seedReasons(tx);
    await seedPayerRates(tx, now);
    await seedRuleSets(tx, now);
    await seedEditions(tx, now);
  });
}

const REASON_COLUMNS = ['list', 'code', 'text_zh', 'text_en', 'counts_as_denial', 'note_required'] as const;
const REASONS_MAX = 1_000;

async function seedReasons(tx: Transaction): Promise<void> {
  await tx.$client.query(
    `insert into catalogue_reasons (list, code, text_zh, text_en, counts_as_denial, note_required)
     select list, code, text_zh, text_en, counts_as_denial, note_required
     from jsonb_to_recordset($1::jsonb) as it (list text, code text, text_zh text, text_en text, counts_as_denial boolean,
       note_required boolean)
     order by list, code
     on conflict do nothing`,
    [JSON.stringify(reasonsOfSeed())],
  );
}

/** An empty cell is `null`. */
function reasonsOfSeed(): readonly Record<string, string | null>[] {
  return readCsv(REASONS_CSV, { needed: REASON_COLUMNS, rowsMax: REASONS_MAX }).map(({ cells }) =>
    Object.fromEntries(Object.entries<string>(cells).map(([name, cell]) => [name, cell === '' ? null : cell])),
  );
}
