import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, expect, test } from 'vitest';
import { migrateCommand } from '../../src/cli/migrate.ts';
import { readConfig } from '../../src/config.ts';
import { GATEWAY_ROLE } from '../../src/database/gateway-role.ts';
import { migrate } from '../../src/database/migrate.ts';
import { schemaState } from '../../src/database/schema-state.ts';
import { UnusableDatabase } from '../../src/database/unusable-database.ts';
import { type ClonedDatabase, cloneDatabase, createEmptyDatabase } from '../support/template-database.ts';

const databases: ClonedDatabase[] = [];
const logins: string[] = [];

async function useDatabase(create: () => Promise<ClonedDatabase>): Promise<ClonedDatabase> {
  const database = await create();
  databases.push(database);
  return database;
}

afterEach(async () => {
  await Promise.all(databases.splice(0).map((it) => it.drop()));
});
afterAll(async () => {
  if (logins.length === 0) return;
  const database = await createEmptyDatabase();
  await onDatabase(database.url, async (client) => {
    for (const login of logins) await client.query(`drop role if exists ${login}`);
  });
  await database.drop();
});

async function onDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A login with no rights but those named, and the URL of the database for it. */
async function createLogin(database: ClonedDatabase, rights = ''): Promise<string> {
  const name = `tongjian_test_login_${randomBytes(4).toString('hex')}`;
  logins.push(name);
  await onDatabase(database.url, (client) => client.query(`create role ${name} login password 'secret' ${rights}`));
  const url = new URL(database.url);
  url.username = name;
  url.password = 'secret';
  return url.href;
}

function stateOf(url: string) {
  return onDatabase(url, schemaState);
}

/** As after the start of a version that has one migration more. */
function migrateFurther(database: ClonedDatabase) {
  return onDatabase(database.url, (client) =>
    client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer version', 9999999999999)"),
  );
}

test('an empty database gets every table, in the order of the migrations, and says which were applied', async () => {
  const { url } = await useDatabase(createEmptyDatabase);
  const said: string[] = [];
  expect(await stateOf(url)).toBe('behind');

  const applied = await migrate(url, (line) => said.push(line));

  expect(applied).toEqual(applied.toSorted());
  expect(applied[0]).toMatch(/^0000_/);
  expect(said).toEqual(applied.map((it) => `migration ${it} applied`));
  expect(await stateOf(url)).toBe('current');
});

test('a database that is up to date is left as it is', async () => {
  const { url } = await useDatabase(cloneDatabase);

  expect(await migrate(url, () => undefined)).toEqual([]);
  expect(await stateOf(url)).toBe('current');
});

test('eight gateways that start at once apply each migration once', async () => {
  const { url } = await useDatabase(createEmptyDatabase);

  const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(url, () => undefined)));

  const worked = applied.filter((it) => it.length > 0);
  expect(worked.length).toBe(1);
  const rows = await onDatabase(url, (client) => client.query('select count(*)::int as number from drizzle.__drizzle_migrations'));
  expect(rows.rows[0].number).toBe(worked[0]?.length);
});

test('several databases of one server are migrated at once, though they share the role', async () => {
  const several = await Promise.all(Array.from({ length: 4 }, () => useDatabase(createEmptyDatabase)));

  await Promise.all(several.map(({ url }) => migrate(url, () => undefined)));

  expect(await Promise.all(several.map(({ gatewayUrl }) => stateOf(gatewayUrl)))).toEqual(['current', 'current', 'current', 'current']);
});

test('a database newer than the program is refused, and left as it is', async () => {
  const database = await useDatabase(cloneDatabase);
  await migrateFurther(database);

  expect(await stateOf(database.gatewayUrl)).toBe('ahead');
  const refused = migrate(database.url, () => undefined);
  await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
  await expect(refused).rejects.toThrow('newer than this program');
});

test('a login that is no owner, but a member of the gateway role, may serve when the tables are current', async () => {
  const database = await useDatabase(cloneDatabase);
  const url = await createLogin(database, `in role ${GATEWAY_ROLE}`);

  expect(await migrate(url, () => undefined)).toEqual([]);
  expect(await stateOf(url)).toBe('current');
});

test('a login that may not migrate is told who has to', async () => {
  const database = await useDatabase(createEmptyDatabase);
  const url = await createLogin(database, `in role ${GATEWAY_ROLE}`);

  const refused = migrate(url, () => undefined);
  await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
  await expect(refused).rejects.toThrow('owner of the database');
});

test('a login that may not join the gateway role is told what an administrator has to do', async () => {
  const database = await useDatabase(createEmptyDatabase);
  const url = await createLogin(database);
  await onDatabase(database.url, (client) =>
    client.query(`alter database ${client.escapeIdentifier(new URL(database.url).pathname.slice(1))} owner to ${new URL(url).username}`),
  );

  const refused = migrate(url, () => undefined);
  await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
  await expect(refused).rejects.toThrow(`grant ${GATEWAY_ROLE}`);

  await onDatabase(database.url, (client) =>
    client.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to current_user`),
  );
});

test('an owner who is no superuser migrates, once a member of the role', async () => {
  const database = await useDatabase(createEmptyDatabase);
  const url = await createLogin(database, `in role ${GATEWAY_ROLE}`);
  const name = new URL(database.url).pathname.slice(1);
  await onDatabase(database.url, (client) => client.query(`alter database ${name} owner to ${new URL(url).username}`));

  expect((await migrate(url, () => undefined)).length).toBeGreaterThan(0);
  expect(await stateOf(url)).toBe('current');
});

test('a migration that is interrupted leaves nothing, and is done by the next start', async () => {
  const { url } = await useDatabase(createEmptyDatabase);
  // A table of the first migration is in the way, so that it fails half-way.
  await onDatabase(url, (client) => client.query('create table resources (in_the_way int)'));
  await expect(migrate(url, () => undefined)).rejects.toThrow();
  expect(await stateOf(url)).toBe('behind');

  await onDatabase(url, (client) => client.query('drop table resources'));
  await migrate(url, () => undefined);
  expect(await stateOf(url)).toBe('current');
});

test.for<[string, (url: URL) => void]>([
  ['nobody listens', (url) => Object.assign(url, { host: '127.0.0.1:1' })],
  ['there is no such database', (url) => Object.assign(url, { pathname: '/tongjian_test_of_nobody' })],
])('%s: said with the place, and without the password', async ([, change]) => {
  const url = new URL((await useDatabase(createEmptyDatabase)).url);
  url.password ||= 'unused';
  change(url);

  const refused = migrate(url.href, () => undefined);
  await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
  await expect(refused).rejects.toThrow(/^The database "tongjian_test_\w+" at .+ cannot be used: .+\.$/);
  await expect(refused).rejects.not.toThrow(url.password);
});

test('the command says what it did, and then that there is nothing to do', async () => {
  const { url } = await useDatabase(createEmptyDatabase);
  const config = readConfig({ DATABASE_URL: url });
  const said: string[] = [];

  await migrateCommand(config, [], (line) => said.push(line));
  expect(said.at(-1)).toMatch(/up to date, \d+ migrations applied/);
  await migrateCommand(config, [], (line) => said.push(line));
  expect(said.at(-1)).toMatch(/nothing to do/);
});
