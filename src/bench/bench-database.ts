import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { GATEWAY_ROLE } from '../database/gateway-role.ts';
import { parentNamed } from './processor-time.ts';

/** proc_sys_vm(5): 3 is page cache, directories and inodes; what is not on disk yet stays. */
const FORGET_FILES = '/proc/sys/vm/drop_caches';

const GIBIBYTE = 1_073_741_824;

/**
 * As a region would have its server: a quarter of the memory for its buffers (https://www.postgresql.org/docs/18/runtime-config-resource.html), and
 * so much log between two checkpoints that pages do not stand in it as a whole again and again.
 */
const SERVER_SETTINGS = {
  shared_preload_libraries: 'pg_stat_statements',
  shared_buffers: `${Math.max(128, Math.floor(Math.min(totalmem() / 4, 8 * GIBIBYTE) / 1_048_576))}MB`,
  max_wal_size: '8GB',
};

/** An empty database of the bench's own, which is gone afterwards. */
export interface BenchDatabase {
  /** For its owner. */
  readonly url: string;
  readonly version: string;
  /** The process all sessions descend from, where it runs on this machine. */
  readonly postmaster: number | undefined;
  /** Whether the server counts statements. */
  readonly countsStatements: boolean;
  /** Another one after `restart`. */
  readonly session: pg.Client;
  /**
   * Stops the server, forgets what the system keeps of its files, where that is allowed (answers whether), and starts it again; with
   * `warm` nothing is forgotten. Absent for a server that is somebody else's.
   */
  readonly restart: Restart | undefined;
  drop(): Promise<void>;
}

type Restart = (how?: 'cold' | 'warm') => Promise<boolean>;

/**
 * Makes a database on the server that is given, or on one of its own with full durability in a temporary folder. The login of a server that
 * is given must be allowed to create databases; that server counts statements if it has `pg_stat_statements` loaded.
 */
export async function openBenchDatabase(given: string | undefined, say: (line: string) => void): Promise<BenchDatabase> {
  const server: BenchServer =
    given === undefined ? await startOwnServer(say) : { url: given, restart: undefined, stop: async () => undefined };
  const { restart } = server;
  const name = `tongjian_bench_${randomBytes(4).toString('hex')}`;
  let administrator = await connect(server.url);
  try {
    const hadRole = (await administrator.query('select 1 from pg_roles where rolname = $1', [GATEWAY_ROLE])).rowCount === 1;
    await administrator.query(`create database ${name}`);
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    let session = await connect(url.href);
    const { rows } = await session.query("select current_setting('server_version') as version");
    let postmaster = await postmasterOf(session);
    return {
      url: url.href,
      version: rows[0].version,
      countsStatements: await canCountStatements(session),
      get postmaster() {
        return postmaster;
      },
      get session() {
        return session;
      },
      restart:
        restart &&
        (async (how) => {
          await session.end();
          await administrator.end();
          const isForgotten = await restart(how);
          administrator = await connect(server.url);
          session = await connect(url.href);
          postmaster = await postmasterOf(session);
          return isForgotten;
        }),
      drop: async () => {
        await session.end();
        await administrator.query(`drop database if exists ${name} with (force)`);
        if (!hadRole) await administrator.query(`drop role if exists ${GATEWAY_ROLE}`).catch(() => undefined);
        await administrator.end();
        await server.stop();
      },
    };
  } catch (error) {
    await administrator.end();
    await server.stop();
    throw error;
  }
}

/** A server for the bench: its own, or one that is given. */
interface BenchServer {
  readonly url: string;
  readonly restart: Restart | undefined;
  stop(): Promise<void>;
}

async function startOwnServer(say: (line: string) => void): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-bench-'));
  try {
    // The server's account, where it is another one, has to pass through.
    await chmod(folder, 0o711);
    const first = await startEmbeddedPostgres(folder, () => undefined);
    const session = await connect(first.url);
    for (const [name, value] of Object.entries(SERVER_SETTINGS)) await session.query(`alter system set ${name} = '${value}'`);
    await session.end();
    await first.stop();
    let server = await startEmbeddedPostgres(folder, say);
    return {
      // The socket is in the same folder, and the password the same, however often it is started.
      url: server.url,
      restart: async (how = 'cold') => {
        await server.stop();
        const isForgotten = how === 'cold' && (await forgetFiles());
        server = await startEmbeddedPostgres(folder, () => undefined);
        return isForgotten;
      },
      stop: async () => {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Empties the system's memory of files, as root on Linux may; whether it did. */
async function forgetFiles(): Promise<boolean> {
  return writeFile(FORGET_FILES, '3').then(
    () => true,
    () => false,
  );
}

async function postmasterOf(session: pg.Client): Promise<number | undefined> {
  const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0] && parentNamed(rows[0].pid, 'postgres');
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'tongjian bench' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function canCountStatements(session: pg.Client): Promise<boolean> {
  try {
    await session.query('create extension if not exists pg_stat_statements');
    await session.query('select count(*) from pg_stat_statements');
    return true;
  } catch {
    return false;
  }
}
