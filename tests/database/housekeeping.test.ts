import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLACEMENTS } from '../../src/database/placement.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

type Settings = Readonly<Record<string, string>>;

/** Rows that never change: vacuum follows what is new, and freezes it at once. */
const ADDED: Settings = {
  autovacuum_vacuum_insert_scale_factor: '0.02',
  autovacuum_analyze_scale_factor: '0.02',
  autovacuum_freeze_min_age: '0',
};
/** Rows of which some change or go. */
const CHANGED: Settings = {
  autovacuum_vacuum_scale_factor: '0.02',
  autovacuum_vacuum_insert_scale_factor: '0.02',
  autovacuum_analyze_scale_factor: '0.02',
};
/** Rows that all go soon. */
const PASSING: Settings = { autovacuum_vacuum_scale_factor: '0', autovacuum_vacuum_threshold: '5000' };
/** Thousands of rows at most, or written by hand: the server's own settings serve them. */
const SMALL: Settings = {};

const KINDS: readonly (readonly [Settings, readonly string[]])[] = [
  [CHANGED, ['resources', 'resource_keys', 'consents', 'leads', 'merged_persons']],
  [CHANGED, ['indicator_days', 'indicator_examinations', 'indicator_item_times']],
  // Emptied every second: cleared without a pause between pages as well.
  [{ ...PASSING, autovacuum_vacuum_cost_delay: '0' }, ['access_log_pending']],
  [PASSING, ['used_assertions']],
  [ADDED, ['publications', 'publication_contents', 'person_documents', 'audit_log_leaves', 'audit_log_tiles']],
  [
    SMALL,
    ['audit_log_checkpoints', 'audit_log_cosignatures', 'audit_log_witnesses', 'audit_log_keys', 'log_followers', 'follower_failures'],
  ],
];
/** What a table has beside the settings of its kind. */
const MORE: Readonly<Record<string, Settings>> = { published_texts: { toast_tuple_target: '4080' } };

function settingsOf(table: string): Settings | undefined {
  const [kind] = KINDS.find(([, tables]) => tables.includes(table)) ?? [];
  if (kind) return kind;
  const placement = PLACEMENTS[table];
  if (placement?.kind === 'reference') return SMALL;
  // What is about persons is evidence unless it is named above.
  return placement?.kind === 'distributed' && placement.column === 'person' ? ADDED : undefined;
}

let database: ClonedDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function readSettings(condition: string): Promise<Readonly<Record<string, Settings>>> {
  const { rows } = await owner.query<{ name: string; options: readonly string[] | null }>(
    `select relname as name, reloptions as options from pg_class c where relnamespace = 'public'::regnamespace and ${condition}`,
  );
  return Object.fromEntries(
    rows.map(({ name, options }) => [name, Object.fromEntries((options ?? []).map((it) => it.split('=') as [string, string]))]),
  );
}

test('every table has the settings of its kind; a table that is missing in the list has none', async () => {
  const tables = await readSettings("relkind = 'r' and not relispartition");

  const expected = Object.keys(tables).map((it) => [it, { ...settingsOf(it), ...MORE[it] }]);
  expect(Object.keys(tables).filter((it) => settingsOf(it) === undefined)).toEqual([]);
  expect(tables).toEqual(Object.fromEntries(expected));
});

test('every month of the access log has them too, those that were made ahead as well as the rest', async () => {
  const months = await readSettings("relispartition and relkind = 'r'");

  expect(Object.keys(months)).toContain('access_log_rest');
  expect(Object.keys(months).length).toBeGreaterThan(30);
  for (const [month, settings] of Object.entries(months)) expect(settings, month).toEqual(ADDED);
});
