import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { GATEWAY_ROLE } from '../../src/database/gateway-role.ts';
import { asAccount, findServerAccount } from '../../src/database/server-account.ts';
import { freePort } from './served-program.ts';

/** PgBouncer before a database, lending connections for a transaction each. */
export interface RunningPgBouncer {
  /** As a login that works as the gateway, by settings of its own. */
  readonly url: string;
  /** The login, and the same without these settings. */
  readonly login: string;
  stop(): Promise<void>;
}

const POOL_SIZE = 2;
const PATIENCE_MS = 15_000;

/** Where PgBouncer is on this machine, and which one; `undefined` where there is none. */
export async function findPgBouncer(): Promise<{ readonly path: string; readonly version: readonly number[] } | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders) {
    const path = join(folder, 'pgbouncer');
    if (
      !(await access(path).then(
        () => true,
        () => false,
      ))
    )
      continue;
    const { stdout } = await promisify(execFile)(path, ['--version']);
    return { path, version: (/PgBouncer (\d+)\.(\d+)/.exec(stdout) ?? []).slice(1).map(Number) };
  }
  return undefined;
}

/** Starts it with two connections to the database, for a new login that is a member of the gateway's role; `settled`: whether it works as that. */
export async function startPgBouncer(path: string, databaseUrl: string, settled: boolean, prepared = 0): Promise<RunningPgBouncer> {
  const login = `pooled_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await runOn(databaseUrl, [
    `create role ${login} login password '${password}' in role ${GATEWAY_ROLE}`,
    ...(settled ? [`alter role ${login} set role = ${GATEWAY_ROLE}`, `alter role ${login} set statement_timeout = '10s'`] : []),
  ]);

  const account = await findServerAccount();
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-pgbouncer-'));
  const port = await freePort();
  const { hostname, port: serverPort, pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `${name} = host=${decodeURIComponent(hostname)} port=${serverPort || 5432} dbname=${name} user=${login} password=${password}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      `default_pool_size = ${POOL_SIZE}`,
      'max_client_conn = 100',
      ...(prepared > 0 ? [`max_prepared_statements = ${prepared}`] : []),
    ].join('\n'),
    { mode: 0o600 },
  );
  if (account) for (const it of [folder, join(folder, 'pgbouncer.ini')]) await chown(it, account.uid, account.gid);
  const child = spawn(path, [join(folder, 'pgbouncer.ini')], { ...asAccount(account), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
    await runOn(databaseUrl, [`drop role if exists ${login}`]);
  };
  const url = `postgres://anybody@127.0.0.1:${port}/${name}`;
  try {
    await answers(url, child, () => said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, login, stop };
}

async function answers(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (const startedAt = performance.now(); ; await sleep(50)) {
    const error = await runOn(url, ['select 1']).then(
      () => undefined,
      (it: Error) => it,
    );
    if (!error) return;
    if (child.exitCode !== null || performance.now() - startedAt > PATIENCE_MS) throw new Error(`pgbouncer: ${said()}`, { cause: error });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  // At once: what is still connected would be waited for.
  child.kill('SIGTERM');
  await exit;
}

async function runOn(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
