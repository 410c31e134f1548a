import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATEWAY_ROLE } from '../src/database/gateway-role.ts';
import { type ClonedDatabase, cloneDatabase } from './support/template-database.ts';

/**
 * Keys of tables with a `person` column that do not begin with it, each with the reason. They are placed by their own first column, or
 * stay whole on every node, and are never joined on anything else.
 */
const PLACED_BY_THEIR_OWN_KEY: Readonly<Record<string, string>> = {
  person_documents_system_value_pk: 'a document is asked for before the person is known',
  publications_institution_system_value_pk: 'a report number is asked for before the person is known',
  resource_keys_key_person_id_pk: 'an identifier is asked for before the person is known',
};

/** What nobody may change once it was written, the operator of the gateway included. */
const EVIDENCE = [
  'access_log',
  'audit_log_checkpoints',
  'audit_log_cosignatures',
  'audit_log_keys',
  'audit_log_leaves',
  'audit_log_tiles',
  'audit_log_witnesses',
  'catalogue_editions',
  'catalogue_items',
  'catalogue_reasons',
  'certificate_withdrawals',
  'certificates',
  'cds_cards',
  'consent_policies',
  'decision_citations',
  'decision_revocations',
  'definitions',
  'emergency_reviews',
  'identifier_domains',
  'lead_events',
  'mapping_loads',
  'mappings',
  'packages',
  'payer_rates',
  'person_documents',
  'person_links',
  'person_merge_ends',
  'person_merges',
  'prices',
  'publication_contents',
  'publications',
  'published_texts',
  'recall_acknowledgements',
  'recall_reliances',
  'recalls',
  'recognition_checks',
  'recognition_decisions',
  'repeat_findings',
  'report_corrections',
  'resource_versions',
  'rule_assignments',
  'rule_sets',
  'savings_entries',
  'savings_postings',
];

let database: ClonedDatabase;
let owner: pg.Client;
let gateway: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = new pg.Client({ connectionString: database.url });
  gateway = new pg.Client({ connectionString: database.gatewayUrl });
  await Promise.all([owner.connect(), gateway.connect()]);
});
afterAll(async () => {
  await Promise.all([owner.end(), gateway.end()]);
  await database.drop();
});

async function namesOf(client: pg.Client, text: string, values: readonly unknown[] = []): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(text, [...values]);
  return rows.map((it) => it.name).toSorted();
}

/** Unique indexes (those of primary keys and constraints as well) of tables with a `person` column, with their columns in order. */
const KEYS = `
  select i.relname as name, t.relname as "table",
         array(select a.attname::text from unnest(x.indkey::smallint[]) with ordinality as k(number, place)
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number order by k.place) as columns
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
   where x.indisunique and t.relnamespace = 'public'::regnamespace
     and exists (select 1 from pg_attribute where attrelid = t.oid and attname = 'person' and not attisdropped)`;

test('every key of a table about persons begins with the person, so that the table can be spread by it', async () => {
  const { rows } = await owner.query<{ name: string; columns: string[] }>(KEYS);

  expect(rows.length).toBeGreaterThan(8);
  expect(
    rows
      .filter((it) => it.columns[0] !== 'person')
      .map((it) => it.name)
      .toSorted(),
  ).toEqual(Object.keys(PLACED_BY_THEIR_OWN_KEY).toSorted());
});

test('every table has a primary key', async () => {
  const bare = await namesOf(
    owner,
    `select relname as name from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not exists (select 1 from pg_constraint where conrelid = c.oid and contype = 'p')`,
  );

  expect(bare).toEqual([]);
});

test('a foreign key between tables about persons carries the person; none leads to such a table from another', async () => {
  const wrong = await namesOf(
    owner,
    `with about_persons as (select attrelid as oid, attnum from pg_attribute where attname = 'person' and not attisdropped)
     select c.conname as name
       from pg_constraint c join about_persons target on target.oid = c.confrelid
       left join about_persons source on source.oid = c.conrelid
      where c.contype = 'f' and (source.oid is null or not source.attnum = any(c.conkey) or not target.attnum = any(c.confkey))`,
  );

  expect(wrong).toEqual([]);
});

test('there are no triggers of our own, and no rules', async () => {
  expect(await namesOf(owner, 'select tgname as name from pg_trigger where not tgisinternal')).toEqual([]);
  expect(await namesOf(owner, "select rulename as name from pg_rules where schemaname = 'public'")).toEqual([]);
});

test('the gateway may read and add evidence, and neither change nor remove it', async () => {
  const open = await namesOf(
    owner,
    `select relname || ' ' || privilege as name from unnest($2::text[]) as relname, unnest(array['update', 'delete', 'truncate']) as privilege
      where has_table_privilege($1, relname, privilege)`,
    [GATEWAY_ROLE, EVIDENCE],
  );
  const closed = await namesOf(
    owner,
    `select relname || ' ' || privilege as name from unnest($2::text[]) as relname, unnest(array['select', 'insert']) as privilege
      where not has_table_privilege($1, relname, privilege)`,
    [GATEWAY_ROLE, EVIDENCE],
  );

  expect({ open, closed }).toEqual({ open: [], closed: [] });
});

test('no column of evidence is open to change either', async () => {
  const open = await namesOf(
    owner,
    `select t || '.' || attname as name from unnest($2::text[]) as t join pg_attribute on attrelid = t::regclass and attnum > 0 and not attisdropped
      where has_column_privilege($1, t::regclass, attnum, 'update')`,
    [GATEWAY_ROLE, EVIDENCE],
  );

  expect(open).toEqual([]);
});

test.for(EVIDENCE)('the gateway that tries to change %s is refused by the database', async (table) => {
  const [column] = await namesOf(
    owner,
    'select attname as name from pg_attribute where attrelid = $1::regclass and attnum = 1 and not attisdropped',
    [table],
  );

  for (const statement of [
    `update ${table} set ${column} = ${column}`,
    `delete from ${table}`,
    `truncate ${table}`,
    `drop table ${table}`,
  ]) {
    await expect(gateway.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});

test('the gateway cannot give itself what it lacks, nor make or alter tables', async () => {
  for (const statement of [
    `grant update on access_log to ${GATEWAY_ROLE}`,
    'alter table access_log add column hidden text',
    'alter table access_log disable trigger all',
    'create table public.aside (id integer)',
    'create trigger t before insert on access_log execute function suppress_redundant_updates_trigger()',
  ]) {
    await expect(
      gateway.query(statement).then(async () => {
        if (statement.startsWith('grant')) await gateway.query('update access_log set query = query');
      }),
      statement,
    ).rejects.toMatchObject({ code: '42501' });
  }
});

test('what stands now may be changed, not removed', async () => {
  const open = await namesOf(
    owner,
    `select relname as name from unnest(array['clients', 'consents', 'institutions', 'resources']) as relname
      where has_table_privilege($1, relname, 'delete') or has_table_privilege($1, relname, 'truncate')`,
    [GATEWAY_ROLE],
  );

  expect(open).toEqual([]);
});

test('every table is either evidence or open to the gateway by name: a table nobody granted would be closed', async () => {
  const closed = await namesOf(
    owner,
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition
        and not has_table_privilege($1, oid, 'insert')`,
    [GATEWAY_ROLE],
  );

  expect(closed).toEqual([]);
});

test('the months of the access log are closed to the gateway: it goes through the whole table', async () => {
  const months = await namesOf(owner, "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'access_log'::regclass");
  const open = await namesOf(
    owner,
    `select relname || ' ' || privilege as name
       from unnest($2::text[]) as relname, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as privilege
      where has_table_privilege($1, relname, privilege)`,
    [GATEWAY_ROLE, months],
  );

  expect(months).toHaveLength(12 + 1 + 24 + 1);
  expect(open).toEqual([]);
  for (const statement of [`delete from ${months[0]}`, `drop table ${months[0]}`, `alter table access_log detach partition ${months[0]}`]) {
    await expect(gateway.query(statement), statement).rejects.toMatchObject({ code: '42501' });
  }
});
