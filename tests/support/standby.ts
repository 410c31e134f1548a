import { execFile } from 'node:child_process';
import { access, appendFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { migrate } from '../../src/database/migrate.ts';

/** A primary of its own with a streaming standby, both of this program. */
export interface Pair {
  readonly primaryUrl: string;
  readonly standbyUrl: string;
  /** What was committed on the primary until now has reached the standby and is visible there. */
  caughtUp(): Promise<void>;
  stopStandby(): Promise<void>;
  startStandby(): Promise<void>;
  /** The standby becomes a primary of its own, and the former primary comes back as a standby, of the new one or following nobody. */
  changePrimary(follows: 'the new one' | 'nobody'): Promise<void>;
  /** As the owner, on the standby. */
  onStandby(statement: string): Promise<pg.QueryResult>;
  onPrimary(statement: string): Promise<pg.QueryResult>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const PATIENCE_MS = 15_000;
const silent = (): void => undefined;

/** Starts the primary with the schema of now, and the standby from a copy of its files. */
export async function startPair(): Promise<Pair> {
  const folder = await mkdtemp(join(await roomInMemory(), 'tongjian-pair-'));
  await run('chmod', ['711', folder]);
  const places = { primary: join(folder, 'primary'), standby: join(folder, 'standby') };
  const running: { primary?: EmbeddedPostgres | undefined; standby?: EmbeddedPostgres | undefined } = {};
  const stop = async (): Promise<void> => {
    await running.standby?.stop();
    await running.primary?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    running.primary = await startEmbeddedPostgres(places.primary, silent);
    await migrate(running.primary.url, silent);
    // A standby that was stopped for a while finds all it has missed.
    await runOn(running.primary.url, "alter system set wal_keep_size = '256MB'");
    await running.primary.stop();
    await copyAsStandby(places, running.primary.url);
    running.primary = await startEmbeddedPostgres(places.primary, silent);
    running.standby = await startEmbeddedPostgres(places.standby, silent);
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = { primary: running.primary.url, standby: running.standby.url };
  return {
    primaryUrl: urls.primary,
    standbyUrl: urls.standby,
    onPrimary: (statement) => runOn(urls.primary, statement),
    onStandby: (statement) => runOn(urls.standby, statement),
    async caughtUp() {
      const { rows } = await runOn(urls.primary, 'select pg_current_wal_flush_lsn() as position');
      const reached = `select pg_last_wal_replay_lsn() >= '${rows[0].position}' as reached`;
      for (const since = performance.now(); !(await runOn(urls.standby, reached)).rows[0].reached; await sleep(10))
        if (performance.now() - since > PATIENCE_MS) throw new Error('the standby does not follow');
    },
    async stopStandby() {
      await running.standby?.stop();
      running.standby = undefined;
    },
    async startStandby() {
      running.standby = await startEmbeddedPostgres(places.standby, silent);
    },
    async changePrimary(follows) {
      await running.primary?.stop();
      running.primary = undefined;
      await runOn(urls.standby, 'select pg_promote()');
      const data = await dataOf(places.primary);
      if (follows === 'the new one')
        await appendFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${connectionTo(urls.standby)}'\n`);
      await writeFile(join(data, 'standby.signal'), '');
      running.primary = await startEmbeddedPostgres(places.primary, silent);
    },
    stop,
  };
}

/** The files of a stopped server, as those of a standby that streams from it; the owner of the files stays the same. */
async function copyAsStandby({ primary, standby }: { primary: string; standby: string }, primaryUrl: string): Promise<void> {
  await run('cp', ['-a', primary, standby]);
  const data = await dataOf(standby);
  const settings = {
    primary_conninfo: connectionTo(primaryUrl),
    // A statement in the way of the replay is ended at once, as it is on a busy standby after a while.
    max_standby_streaming_delay: '0',
    hot_standby_feedback: 'off',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await appendFile(join(data, 'postgresql.auto.conf'), lines.join(''));
  await writeFile(join(data, 'standby.signal'), '');
}

function connectionTo(primaryUrl: string): string {
  const { hostname, username, password } = new URL(primaryUrl);
  return `host=${decodeURIComponent(hostname)} port=5432 user=${username} password=${password} dbname=postgres`;
}

async function dataOf(place: string): Promise<string> {
  return join(await realpath(join(place, 'postgres')), 'data');
}

async function runOn(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', silent);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

async function roomInMemory(): Promise<string> {
  return access('/dev/shm').then(
    () => '/dev/shm',
    () => tmpdir(),
  );
}
