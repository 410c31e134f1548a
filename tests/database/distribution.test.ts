import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrateCommand } from '../../src/cli/migrate.ts';
import { readConfig } from '../../src/config.ts';
import { requireMachines } from '../../src/database/citus.ts';
import { distribute, migrateDistributed } from '../../src/database/distribute.ts';
import { readTables } from '../../src/database/distribution.queries.ts';
import { breachesOf } from '../../src/database/distribution.rules.ts';
import { GATEWAY_ROLE } from '../../src/database/gateway-role.ts';
import { EXCEPTIONS, PLACEMENTS, type Placement } from '../../src/database/placement.ts';
import { schemaState } from '../../src/database/schema-state.ts';
import { UnusableDatabase } from '../../src/database/unusable-database.ts';
import { standInForCitus } from '../support/citus-stand-in.ts';
import { type ClonedDatabase, cloneDatabase, createEmptyDatabase } from '../support/template-database.ts';

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
/** Whatever a test makes of the tables is gone after it. */
beforeEach(() => owner.query('begin'));
afterEach(() => owner.query('rollback'));

async function breaches(placements: Readonly<Record<string, Placement>> = PLACEMENTS): Promise<readonly string[]> {
  return breachesOf(await readTables(owner), placements, EXCEPTIONS).map((it) => `${it.rule} ${it.of}`);
}

describe('the tables of the migrations', () => {
  test('all have a place, and none breaks a rule of distribution', async () => {
    expect(await breaches()).toEqual([]);
  });

  test('every exception is still needed', async () => {
    const bare = breachesOf(await readTables(owner), PLACEMENTS, {}).map((it) => `${it.rule} ${it.of}`);

    expect(bare.toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted());
  });
});

/** A migration as somebody might write it, the places they might give to its tables, and what is said to it. */
describe('a migration that breaks a rule turns red', () => {
  const person: Placement = { kind: 'distributed', column: 'person', beside: 'resource_versions', why: 'planted' };
  const everywhere: Placement = { kind: 'reference', why: 'planted' };

  test.for<[string, string, Readonly<Record<string, Placement>>, readonly string[]]>([
    ['a new table without a place', 'create table notes (person bigint, id bigint, primary key (person, id))', {}, ['placement notes']],
    ['a new table with its place', 'create table notes (person bigint, id bigint, primary key (person, id))', { notes: person }, []],
    ['a table that is gone', 'drop table emergency_reviews', {}, ['placement emergency_reviews']],
    [
      'a primary key without the person',
      'create table notes (person bigint not null, id bigint primary key)',
      { notes: person },
      ['key notes_pkey'],
    ],
    ['no primary key', 'create table notes (person bigint not null, id bigint)', { notes: person }, ['primary-key notes']],
    [
      'a unique key without the person',
      'alter table recalls add constraint told_once unique (correction, institution)',
      {},
      ['key told_once'],
    ],
    ['a unique key with the person', 'alter table recalls add constraint told_once unique (correction, institution, person)', {}, []],
    ['a unique index on a part of the rows', 'create unique index one_open on leads (report) where outcome is null', {}, ['key one_open']],
    ['a unique index on an expression', 'create unique index by_name on leads (lower(item))', {}, ['key by_name']],
    [
      'the person along with the index, not in its key',
      'create unique index covers on leads (report) include (person)',
      {},
      ['key covers'],
    ],
    [
      'no row twice in a range',
      'alter table leads add constraint apart exclude using gist (tstzrange(opened_at, changed_at) with &&)',
      {},
      ['key apart'],
    ],
    ['no person', 'create table notes (id bigint primary key)', { notes: person }, ['column notes']],
    ['a person of a smaller type', 'create table notes (person integer primary key)', { notes: person }, ['column notes']],
    [
      'a person that may be missing',
      'create table notes (person bigint, id bigint primary key)',
      { notes: person },
      ['column notes', 'key notes_pkey'],
    ],
    [
      'numbers from an identity',
      'create table notes (person bigint, id bigint generated always as identity, primary key (person, id))',
      { notes: person },
      ['identity notes.id'],
    ],
    [
      'numbers from a serial',
      'create table notes (person bigint, id bigserial, primary key (person, id))',
      { notes: person },
      ['identity notes.id'],
    ],
    ['a random default', 'alter table prices add column salt uuid default gen_random_uuid()', {}, ['volatile-default prices.salt']],
    [
      'a default by the clock on the wall',
      'alter table prices add column seen timestamptz default clock_timestamp()',
      {},
      ['volatile-default prices.seen'],
    ],
    ['a default by the transaction', 'alter table prices add column seen timestamptz default now()', {}, []],
    [
      'a column that is made of others',
      'alter table prices add column yuan numeric generated always as (amount_fen / 100.0) stored',
      {},
      [],
    ],
    [
      'a trigger',
      'create trigger stamp before update on leads for each row execute function suppress_redundant_updates_trigger()',
      {},
      ['trigger stamp'],
    ],
    [
      'a trigger on a month of the log',
      'create trigger stamp before update on access_log_rest for each row execute function suppress_redundant_updates_trigger()',
      {},
      ['trigger stamp'],
    ],
    [
      'a trigger on the whole log, once',
      'create trigger stamp after update on access_log for each row execute function suppress_redundant_updates_trigger()',
      {},
      ['trigger stamp'],
    ],
    [
      'a foreign key with the person',
      'alter table lead_events add constraint of_lead foreign key (person, lead) references leads (person, id)',
      {},
      [],
    ],
    [
      'a foreign key that cascades away',
      'alter table lead_events add constraint of_lead foreign key (person, lead) references leads (person, id) on delete cascade',
      {},
      [],
    ],
    [
      'a foreign key that is set to null',
      'alter table lead_events add constraint of_lead foreign key (person, lead) references leads (person, id) on delete set null',
      {},
      ['foreign-key of_lead'],
    ],
    [
      'a foreign key to the directory',
      'alter table leads add constraint of_institution foreign key (institution) references institutions',
      {},
      [],
    ],
    [
      'a foreign key from everywhere to a person',
      'create table notes (id bigint primary key, person bigint, lead bigint, constraint of_lead foreign key (person, lead) references leads (person, id))',
      { notes: everywhere },
      ['foreign-key of_lead'],
    ],
    [
      'a foreign key to the order of the log',
      'alter table report_corrections add constraint of_leaf foreign key (leaf) references audit_log_leaves',
      {},
      ['foreign-key of_leaf'],
    ],
    [
      'a foreign key to what lies elsewhere',
      'alter table consents add constraint known foreign key (id, person, person) references resource_keys_of_somebody (key, person, id)',
      { resource_keys_of_somebody: { kind: 'distributed', column: 'key', beside: 'resource_keys_of_somebody', why: 'planted' } },
      ['foreign-key known'],
    ],
  ])('%s', async ([, migration, placements, expected]) => {
    if (migration.includes('resource_keys_of_somebody')) {
      await owner.query('create table resource_keys_of_somebody (key bigint, person bigint, id bigint, primary key (key, person, id))');
    }
    await owner.query(migration);

    expect((await breaches({ ...PLACEMENTS, ...placements })).toSorted()).toEqual(expected);
  });
});

describe('with the functions of Citus, stood in for', () => {
  const lines = async (): Promise<{ said: string[]; tables: readonly string[] }> => {
    const said: string[] = [];
    const tables = await distribute(owner, (it) => said.push(it));
    return { said, tables };
  };

  beforeEach(() => standInForCitus(owner));

  test('every table comes to its place, the months of the log with their table, and a second run changes nothing', async () => {
    const first = await lines();
    const { rows } = await owner.query<{ kind: string; by: string; tables: string[] }>(
      `select citus_table_type as kind, distribution_column as by, array_agg(replace(table_name::text, 'public.', '') order by table_name::text) as tables
         from citus_tables group by 1, 2 order by 1, 2`,
    );

    const wanted = Object.entries(PLACEMENTS).filter(([, it]) => it.kind !== 'local');
    expect(first.tables.toSorted()).toEqual(wanted.map(([name]) => name).toSorted());
    for (const { kind, by, tables } of rows) {
      const same = wanted.filter(([, it]) => it.kind === kind && (it.kind === 'distributed' ? it.column : '<none>') === by);
      expect(tables).toEqual(same.map(([name]) => name).toSorted());
    }
    expect(
      (await owner.query("select count(distinct colocation_id)::int as groups from citus_tables where distribution_column = 'person'"))
        .rows,
    ).toEqual([{ groups: 1 }]);
    expect(first.said).toContain('access_log: spread by person');
    expect(first.said).toContain('institutions: on every machine');

    expect(await lines()).toEqual({ said: [], tables: [] });
  });

  test('the gateway role may log in from machine to machine, which is said once', async () => {
    const { said } = await lines();

    expect(said.filter((it) => it.startsWith(GATEWAY_ROLE))).toHaveLength(1);
    expect((await owner.query('select rolcanlogin from pg_roles where rolname = $1', [GATEWAY_ROLE])).rows).toEqual([
      { rolcanlogin: true },
    ]);
  });

  test('after an interruption it goes on where it was', async () => {
    await owner.query("select create_reference_table('public.alliances'), create_distributed_table('public.consents', 'person', 'none')");

    const { tables } = await lines();

    expect(tables).not.toContain('alliances');
    expect(tables).not.toContain('consents');
    expect(tables).toHaveLength(Object.values(PLACEMENTS).filter((it) => it.kind !== 'local').length - 2);
    expect((await lines()).tables).toEqual([]);
  });

  test('a table that lies otherwise is told, and nothing is placed', async () => {
    await owner.query("select create_distributed_table('public.resource_keys', 'person', 'none')");

    await expect(lines()).rejects.toThrow(/resource_keys is spread by person and should be by key/);
    expect((await owner.query('select from citus_tables')).rowCount).toBe(1);
  });

  test('a table that breaks a rule is told before anything is placed', async () => {
    await owner.query('alter table recalls add constraint told_once unique (correction, institution)');

    const refused = lines();
    await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
    await expect(refused).rejects.toThrow(/told_once is a key of recalls without person/);
    expect((await owner.query('select from citus_tables')).rowCount).toBe(0);
  });

  test("somebody else's table stays as it is, and is named", async () => {
    await owner.query('create table reports_of_ours (id bigint generated always as identity)');

    const { said, tables } = await lines();

    expect(said).toContain("reports_of_ours is none of this program's tables and stays as it is");
    expect(tables).not.toContain('reports_of_ours');
  });

  test.for<[string, string, RegExp | undefined]>([
    ['a coordinator and two machines', 'select 1', undefined],
    ['one machine that is both', 'delete from pg_dist_node where groupid > 0; update pg_dist_node set shouldhaveshards = true', undefined],
    ['no coordinator', 'update pg_dist_local_group set groupid = 2', /from the coordinator alone/],
    ['a coordinator without an address', 'delete from pg_dist_node where groupid = 0', /citus_set_coordinator_host/],
    ['no machine', 'delete from pg_dist_node where groupid > 0', /citus_add_node/],
    ['no machine at work', 'update pg_dist_node set isactive = false', /citus_add_node/],
  ])('%s', async ([, change, refusal]) => {
    await owner.query(change);

    const asked = requireMachines(owner);
    await (refusal === undefined ? expect(asked).resolves.toBeUndefined() : expect(asked).rejects.toThrow(refusal));
  });
});

describe('on a PostgreSQL without Citus', () => {
  /** A server that a run was given may have it. */
  const hasCitus = async () => (await owner.query("select from pg_available_extensions where name = 'citus'")).rowCount === 1;

  test('the command says what is missing and ends with 1, before it changes anything', { timeout: 120_000 }, async ({ skip }) => {
    skip(await hasCitus());
    const empty = await createEmptyDatabase();
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
    const run = spawn(process.execPath, ['--import', 'tsx', main, 'migrate', '--citus'], {
      env: { ...process.env, DATABASE_URL: empty.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, [status]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
    const client = new pg.Client({ connectionString: empty.url });
    await client.connect();
    const state = await schemaState(client);
    await client.end();
    await empty.drop();

    expect({ status, stdout, state }).toEqual({ status: 1, stdout: '', state: 'behind' });
    expect(stderr).toMatch(/^The server has no Citus, .+shared_preload_libraries.+\n$/);
  });

  test('it is refused as a database that cannot be used, and the connection is given back', async ({ skip }) => {
    skip(await hasCitus());
    await expect(migrateDistributed(database.url, () => undefined)).rejects.toBeInstanceOf(UnusableDatabase);
    const { rows } = await owner.query<{ left: number }>(
      "select count(*)::int as left from pg_stat_activity where datname = current_database() and application_name = 'tongjian migrate'",
    );

    expect(rows).toEqual([{ left: 0 }]);
  });
});

test.for<[string, readonly string[], number, RegExp]>([
  ['help', ['--help'], 0, /^Usage: tongjian migrate \[--citus\]/],
  ['an argument it does not know', ['--cytus'], 2, /--cytus[\s\S]+Usage: tongjian migrate/],
  ['the embedded PostgreSQL', ['--citus'], 2, /DATABASE_URL is to name the coordinator/],
])('tongjian migrate: %s', async ([, argv, code, said]) => {
  const lines: string[] = [];

  expect(await migrateCommand(readConfig({}), argv, (it) => lines.push(it))).toBe(code);
  expect(lines.join('\n')).toMatch(said);
});
