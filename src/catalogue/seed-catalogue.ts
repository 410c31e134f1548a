import { parse } from 'csv-parse/sync';
import { type Database, type Transaction, transact } from '../database/client.ts';
import { ITEMS_CSV } from './items/items.seed.ts';
import { REASONS_CSV } from './reasons/reasons.seed.ts';
import { seedRuleSets } from './rules/seed-rule-sets.ts';

/** The edition the project brings along: published facts, in force from the day the national rule came into force. */
const SEED = {
  edition: 'tongjian-1',
  title: '国家及各省市公开互认目录汇编（通鉴首版）',
  effectiveFrom: '2022-03-01',
} as const;

/**
 * Loads the seed edition and the published lists of reasons where they are absent. Called at every start, also by several gateways at
 * once: the edition's key lets one of them in, the others wait for it and find the work done. Three statements, one a table.
 */
export async function seedCatalogue(db: Database, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    await seedReasons(tx);
    await seedRuleSets(tx, now);
    if (await seedEdition(tx, now)) await seedItems(tx);
  });
}

async function seedEdition(tx: Transaction, now: Date): Promise<boolean> {
  const inserted = await tx.$client.query(
    `insert into catalogue_editions (edition, title, effective_from, loaded_at) values ($1, $2, $3, $4)
     on conflict do nothing returning edition`,
    [SEED.edition, SEED.title, SEED.effectiveFrom, now],
  );
  return inserted.rowCount === 1;
}

async function seedItems(tx: Transaction): Promise<void> {
  await tx.$client.query(
    `insert into catalogue_items
       (edition, code, kind, name_zh, name_en, loinc, unit, specimen_or_body_part, modality, window_minutes, window_basis)
     select $1, code, kind, name_zh, name_en, loinc, unit, specimen_or_body_part, modality, window_minutes, window_basis
     from jsonb_to_recordset($2::jsonb) as it (code text, kind text, name_zh text, name_en text, loinc text, unit text,
       specimen_or_body_part text, modality text, window_minutes integer, window_basis text)
     on conflict do nothing`,
    [SEED.edition, readRows(ITEMS_CSV)],
  );
}

async function seedReasons(tx: Transaction): Promise<void> {
  await tx.$client.query(
    `insert into catalogue_reasons (list, code, text_zh, text_en, counts_as_denial, note_required)
     select list, code, text_zh, text_en, counts_as_denial, note_required
     from jsonb_to_recordset($1::jsonb) as it (list text, code text, text_zh text, text_en text, counts_as_denial boolean,
       note_required boolean)
     order by list, code
     on conflict do nothing`,
    [readRows(REASONS_CSV)],
  );
}

/** CSV with a header line as a JSON array; an empty cell is `null`. */
function readRows(csv: string): string {
  const rows = parse<Record<string, string>>(csv, { columns: true });
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === '' ? null : cell]))),
  );
}
