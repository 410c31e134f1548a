import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { GATEWAY_ROLE } from '../database/gateway-role.ts';
import { parentNamed } from './processor-time.ts';

/** An empty database of the bench's own, which is gone afterwards. */
export interface BenchDatabase {
  /** For its owner. */
  readonly url: string;
  readonly version: string;
  /** The process all sessions descend from, where it runs on this machine. */
  readonly postmaster: number | undefined;
  /** Whether the server counts statements. */
  readonly countsStatements: boolean;
  readonly session: pg.Client;
  drop(): Promise<void>;
}

/**
 * Makes a database on the server that is given, or on one of its own with full durability in a temporary folder. The login of a server that
 * is given must be allowed to create databases; that server counts statements if it has `pg_stat_statements` loaded.
 */
export async function openBenchDatabase(given: string | undefined, say: (line: string) => void): Promise<BenchDatabase> {
  const server = given === undefined ? await startOwnServer(say) : { url: given, stop: async () => undefined };
  const name = `tongjian_bench_${randomBytes(4).toString('hex')}`;
  const administrator = await connect(server.url);
  try {
    const hadRole = (await administrator.query('select 1 from pg_roles where rolname = $1', [GATEWAY_ROLE])).rowCount === 1;
    await administrator.query(`create database ${name}`);
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    const session = await connect(url.href);
    const { rows } = await session.query("select pg_backend_pid() as pid, current_setting('server_version') as version");
    return {
      url: url.href,
      version: rows[0].version,
      postmaster: parentNamed(rows[0].pid, 'postgres'),
      countsStatements: await canCountStatements(session),
      session,
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

async function startOwnServer(say: (line: string) => void): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-bench-'));
  try {
    // The server's account, where it is another one, has to pass through.
    await chmod(folder, 0o711);
    const first = await startEmbeddedPostgres(folder, () => undefined);
    const session = await connect(first.url);
    await session.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
    await session.end();
    await first.stop();
    const server = await startEmbeddedPostgres(folder, say);
    return {
      url: server.url,
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
