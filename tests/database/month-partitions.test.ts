import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { ensureGatewayRole } from '../../src/database/gateway-role.ts';
import { migrate } from '../../src/database/migrate.ts';
import { MIGRATIONS_FOLDER } from '../../src/database/schema-state.ts';
import { cloneDatabase, createEmptyDatabase } from '../support/template-database.ts';

const leftOvers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clear of leftOvers.splice(0).reverse()) await clear();
});

async function open(create: () => ReturnType<typeof cloneDatabase>) {
  const database = await create();
  leftOvers.push(() => database.drop());
  const [owner, gateway] = [database.url, database.gatewayUrl].map((connectionString) => new pg.Client({ connectionString }));
  await Promise.all([owner?.connect(), gateway?.connect()]);
  leftOvers.push(() => Promise.all([owner?.end(), gateway?.end()]));
  return { url: database.url, owner: owner as pg.Client, gateway: gateway as pg.Client };
}

const silent = () => undefined;
const insert = (client: pg.Client, id: number, at: string) =>
  client.query(
    `insert into access_log (person, recorded_at, id, action, interaction, outcome, purpose, entities, request_id)
     values ($1, $2, $1, 'R', 'readResource', 0, 'TREAT', '{}', 'r')`,
    [id, at],
  );
const placesOf = async (client: pg.Client): Promise<Record<string, string>> => {
  const { rows } = await client.query('select id, tableoid::regclass::text as place from access_log order by id');
  return Object.fromEntries(rows.map((it) => [it.id, it.place]));
};
const monthsOf = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'access_log'::regclass order by 1",
  );
  return rows.map((it) => it.name);
};

test('an entry lies in its month in Beijing, the leap day too; one of a clock that is wrong in none', async () => {
  const { url, gateway } = await open(createEmptyDatabase2028);
  expect(url).toBeDefined();

  await insert(gateway, 1, '2028-02-28T16:00:00.000Z');
  await insert(gateway, 2, '2028-02-29T15:59:59.999Z');
  await insert(gateway, 3, '2028-02-29T16:00:00.000Z');
  await insert(gateway, 4, '2027-01-31T16:00:00.000Z');
  await insert(gateway, 5, '2027-01-31T15:59:59.999Z');
  await insert(gateway, 6, '2030-02-28T15:59:59.999Z');
  await insert(gateway, 7, '2030-02-28T16:00:00.000Z');

  expect(await placesOf(gateway)).toEqual({
    1: 'access_log_2028_02',
    2: 'access_log_2028_02',
    3: 'access_log_2028_03',
    4: 'access_log_2027_02',
    5: 'access_log_rest',
    6: 'access_log_2030_02',
    7: 'access_log_rest',
  });
});

/** A database whose months were made on the leap day of 2028. */
async function createEmptyDatabase2028() {
  const database = await createEmptyDatabase();
  await migrate(database.url, silent, new Date('2028-02-29T15:59:59.999Z'));
  return database;
}

test('a month that is made later takes its entries out of the rest, each once; made again it changes nothing', async () => {
  const { url, owner, gateway } = await open(createEmptyDatabase2028);
  await insert(gateway, 1, '2030-03-15T00:00:00.000Z');
  await insert(gateway, 2, '2030-04-15T00:00:00.000Z');
  await insert(gateway, 3, '2021-06-15T00:00:00.000Z');
  const { rows: before } = await owner.query('select * from access_log order by id');

  await migrate(url, silent, new Date('2028-02-29T16:00:00.000Z'));

  expect(await placesOf(gateway)).toEqual({ 1: 'access_log_2030_03', 2: 'access_log_rest', 3: 'access_log_2021_06' });
  expect((await owner.query('select * from access_log order by id')).rows).toEqual(before);
  const made = await monthsOf(owner);
  await migrate(url, silent, new Date('2028-03-01T00:00:00.000Z'));
  expect(await monthsOf(owner)).toEqual(made);
});

test('gateways that start together at the beginning of a month make it once, while others write', async () => {
  const { url, owner, gateway } = await open(createEmptyDatabase2028);
  let written = 0;
  const writing = (async () => {
    for (; written < 200; written += 1) await insert(gateway, written, '2030-03-15T00:00:00.000Z');
  })();

  await Promise.all(Array.from({ length: 4 }, () => migrate(url, silent, new Date('2028-03-01T00:00:00.000Z'))));
  await writing;

  const { rows } = await owner.query('select tableoid::regclass::text as place, count(*)::int as number from access_log group by 1');
  expect(rows).toEqual([{ place: 'access_log_2030_03', number: 200 }]);
});

test('a login that may not make months serves all the same, and its entries lie in the rest', async () => {
  const { owner, gateway } = await open(cloneDatabase);
  await owner.query('drop table access_log_2026_03');

  await insert(gateway, 1, '2026-03-15T00:00:00.000Z');

  expect(await placesOf(gateway)).toEqual({ 1: 'access_log_rest' });
});

test('a log of an earlier release keeps every row with its salt when it is parted', async () => {
  const { url, owner } = await open(createEmptyDatabase);
  await ensureGatewayRole(owner);
  await applyMigrations(drizzle(owner), { migrationsFolder: await migrationsBeforeMonths() });
  for (const [id, at] of [
    '2019-12-31T15:59:59.999Z',
    '2019-12-31T16:00:00.000Z',
    '2026-03-01T00:00:00.000Z',
    '2099-01-01T00:00:00.000Z',
  ].entries()) {
    await insert(owner, id, at);
  }
  const { rows: before } = await owner.query('select * from access_log order by id');

  await migrate(url, silent, new Date('2026-11-01T00:00:00.000Z'));

  expect((await owner.query('select * from access_log order by id')).rows).toEqual(before);
  expect(await placesOf(owner)).toEqual({
    0: 'access_log_2019_12',
    1: 'access_log_2020_01',
    2: 'access_log_2026_03',
    3: 'access_log_2099_01',
  });
  const { rows: indexes } = await owner.query("select indexname as name from pg_indexes where tablename = 'access_log' order by 1");
  expect(indexes.map((it) => it.name)).toEqual([
    'access_log_by_institution',
    'access_log_by_interaction',
    'access_log_by_practitioner',
    'access_log_by_time',
    'access_log_due_for_review',
    'access_log_look_ups',
    'access_log_out_of_the_ordinary',
    'access_log_person_recorded_at_id_pk',
  ]);
});

/** A folder with the migrations of the release before the one that parts the log. */
async function migrationsBeforeMonths(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-migrations-'));
  leftOvers.push(() => rm(folder, { recursive: true }));
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
  const names = (await readdir(folder)).filter((it) => it.endsWith('.sql')).toSorted();
  const texts = await Promise.all(names.map((it) => readFile(join(folder, it), 'utf8')));
  const parting = texts.findIndex((it) => it.includes('partition by range (recorded_at)'));
  const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8'));
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: journal.entries.slice(0, parting) }));
  return folder;
}
