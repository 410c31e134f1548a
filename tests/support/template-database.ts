import { randomBytes } from 'node:crypto';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { seedDefinitions } from '../../src/conformance/seed-definitions.ts';
import { openDatabase } from '../../src/database/client.ts';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { GATEWAY_ROLE } from '../../src/database/gateway-role.ts';
import { migrate } from '../../src/database/migrate.ts';
import { SERVED } from '../../src/server.ts';
import { RELEASED, VERSION } from '../../src/version.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's URL of a database of the test server that is never cloned, and the name of the one that is. */
    testServer: { readonly url: string; readonly template: string };
  }
}

/** A database of one test file's own. */
export interface ClonedDatabase {
  /** As its owner: `databasePlugin` takes this one and gives up the owner's rights by itself. */
  readonly url: string;
  /** As the gateway sees it: without the right to change evidence. */
  readonly gatewayUrl: string;
  drop(): Promise<void>;
}

/** Every database of a run is named after it, and so is the session that stands for it while it lasts. */
const RUN_PREFIX = 'tongjian_test_';
const FOLDER_PREFIX = 'tongjian-tests-';

/** Clones the migrated template: some 15 ms, as nothing is migrated again. */
export function cloneDatabase(): Promise<ClonedDatabase> {
  return createDatabase(`template ${inject('testServer').template} strategy file_copy`);
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<ClonedDatabase> {
  return createDatabase('template template0');
}

async function createDatabase(from: string): Promise<ClonedDatabase> {
  const { url, template } = inject('testServer');
  const name = `${template}_${randomBytes(6).toString('hex')}`;
  await runOn(url, `create database ${name} ${from}`);
  const own = onDatabase(url, name);
  const asGateway = new URL(own);
  asGateway.searchParams.set('options', `-c role=${GATEWAY_ROLE}`);
  return {
    url: own,
    gatewayUrl: asGateway.href,
    drop: () => runOn(url, `drop database if exists ${name} with (force)`),
  };
}

/** Before the first test: a server (DATABASE_URL's, or one of the run's own), and a migrated template on it. After the last: nothing. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL'];
  const server = given ? { url: given, stop: async () => undefined } : await startThrowAwayServer();
  const run = `${RUN_PREFIX}${randomBytes(4).toString('hex')}`;
  const presence = new pg.Client({ connectionString: server.url, application_name: run });
  presence.on('error', () => undefined);

  const tearDown = async () => {
    await removeRun(presence, run);
    if (!hadRole) await presence.query(`drop role if exists ${GATEWAY_ROLE}`).catch(() => undefined);
    await presence.end();
    await server.stop();
  };
  let hadRole = true;
  try {
    await presence.connect();
    hadRole = (await presence.query('select 1 from pg_roles where rolname = $1', [GATEWAY_ROLE])).rowCount === 1;
    await removeKilledRuns(presence);
    await presence.query(`create database ${run}`);
    await migrate(onDatabase(server.url, run), () => undefined);
    await seed(onDatabase(server.url, run));
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('testServer', { url: server.url, template: run });
  return tearDown;
}

/** What every database has from its first start on, and takes too long for each test file. */
async function seed(url: string): Promise<void> {
  const { db, close } = openDatabase({ url, poolMax: 1, settings: { role: GATEWAY_ROLE } });
  try {
    await seedDefinitions(db, VERSION, RELEASED, SERVED, new Date());
  } finally {
    await close();
  }
}

/** A server in memory where the machine has such a place, since nothing on it has to outlive the run. */
async function startThrowAwayServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const memory = '/dev/shm';
  const parent = await access(memory).then(
    () => memory,
    () => tmpdir(),
  );
  await removeKilledServers(parent);
  // One a project of the run.
  const folder = join(parent, `${FOLDER_PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { mode: 0o711 });
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres(folder, () => undefined, { durable: false });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A run that was killed leaves its folder, named after its process, and perhaps a running server in it. */
async function removeKilledServers(parent: string): Promise<void> {
  const left = (await readdir(parent)).filter(
    (it) => it.startsWith(FOLDER_PREFIX) && !isAlive(Number.parseInt(it.slice(FOLDER_PREFIX.length), 10)),
  );
  for (const name of left) {
    const folder = join(parent, name);
    // Starting takes the server over, if one runs; somebody else's folder cannot be taken and stays.
    const server = await startEmbeddedPostgres(folder, () => undefined, { durable: false }).catch(() => undefined);
    await server?.stop();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** On a server that stays, a killed run leaves databases, but no session of its name. Asked in this order, no run is missed that is about to begin. */
async function removeKilledRuns(client: pg.Client): Promise<void> {
  const databases = await namesLike(client, RUN_PREFIX);
  const sessions = await client.query<{ run: string }>(
    'select application_name as run from pg_stat_activity where application_name like $1',
    [`${RUN_PREFIX}%`],
  );
  const killed = databases.filter((name) => !sessions.rows.some(({ run }) => name === run || name.startsWith(`${run}_`)));
  for (const name of killed) await client.query(`drop database if exists ${name} with (force)`).catch(() => undefined);
}

async function removeRun(client: pg.Client, run: string): Promise<void> {
  for (const name of await namesLike(client, run)) await client.query(`drop database if exists ${name} with (force)`);
}

async function namesLike(client: pg.Client, prefix: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select datname as name from pg_database where starts_with(datname, $1)', [prefix]);
  return rows.map((it) => it.name);
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
