import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import type { DataPlace } from './data-place.ts';
import { asAccount, runAs } from './server-account.ts';
import { syncFolder } from './server-password.ts';
import { UnusableDatabase } from './unusable-database.ts';

/** The only login of a server of the program's own, and its database. */
export const LOGIN = 'tongjian';
const CONNECTIONS_MAX = 500;
const OUTPUT_CHARACTERS_MAX = 8_000;
const DRAFT_AGE_MS = 600_000;

/** A server that was started, until it ends. */
export interface ServerProcess {
  readonly pid: number | undefined;
  /** What it said when it ended, or `undefined` while it runs. */
  ended(): string | undefined;
  readonly process: ChildProcess;
}

/**
 * Makes the files of an empty server, if there are none. They appear in one step, on disk, so that neither a start that is interrupted nor
 * two at once leave half of them.
 *
 * UTF-8, sorted by code point through PostgreSQL's own rules: the order is the same on every machine, and no update of the operating
 * system can change it under an index, as it can with the system's own collations.
 */
export async function createFiles(place: DataPlace, binaries: string, password: string, durable: boolean): Promise<void> {
  const data = dataOf(place);
  if (await isThere(data)) return;

  const mark = randomBytes(4).toString('hex');
  const draft = `${data}.${mark}`;
  const passwordFile = join(place.path, `password.${mark}`);
  try {
    await writeFile(passwordFile, password, { flag: 'wx', mode: 0o600 });
    if (place.account) await chown(passwordFile, place.account.uid, place.account.gid);
    const { succeeded, output } = await runAs(place.account, join(binaries, 'bin/initdb'), [
      `--pgdata=${draft}`,
      `--username=${LOGIN}`,
      `--pwfile=${passwordFile}`,
      '--auth-local=scram-sha-256',
      '--auth-host=reject',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (succeeded) await rename(draft, data).catch(() => undefined);
    await syncFolder(place.path);
    // Another program may have been faster: its files are as good.
    if (!(await isThere(data))) throw new UnusableDatabase(`PostgreSQL could not make its files in ${place.path}: ${output}`);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** Removes what interrupted starts left, once it is so old that no start can still be at work on it. */
export async function removeDrafts(place: DataPlace): Promise<void> {
  for (const name of await readdir(place.path)) {
    const draft = join(place.path, name);
    if (!/^(data|password)\.[0-9a-f]{8}$/.test(name)) continue;
    // A start at work removes its own in between.
    const found = await stat(draft).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > DRAFT_AGE_MS) await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Starts the server; it takes connections a moment later, or ends. It listens on its socket alone. It is a process group of its own, so
 * that a Ctrl-C on the terminal reaches the program alone, which then stops it in order.
 */
export async function spawnServer(place: DataPlace, binaries: string, durable: boolean): Promise<ServerProcess> {
  const settings: Record<string, string | number> = {
    listen_addresses: '',
    port: 5432,
    unix_socket_directories: `"${place.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: CONNECTIONS_MAX,
    timezone: 'UTC',
    // What the server does, but no statement and no value of one: they are personal data. Seven files, one a weekday.
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: 'on',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const stranger = await strangerWithRecordedPid(place);
  const child = spawn(
    join(binaries, 'bin/postgres'),
    ['-D', dataOf(place), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      // The recorded process id may belong to an unrelated process by now. PostgreSQL would take that for a server, unless it is told
      // the number this way; that memory and files are no longer in use it still checks by itself.
      ...asAccount(place.account, stranger === undefined ? {} : { PG_GRANDPARENT_PID: String(stranger) }),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let output = '';
  let ended: string | undefined;
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-OUTPUT_CHARACTERS_MAX);
  });
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('close', () => {
    ended ??= output.trim();
  });
  // The program may end without waiting for the server, but not without asking it to end too.
  const endWithProgram = () => askToStop(child.pid);
  process.on('exit', endWithProgram);
  child.on('exit', () => process.off('exit', endWithProgram));
  child.unref();
  (child.stderr as Socket).unref();
  return { pid: child.pid, process: child, ended: () => ended };
}

/** The process that serves these files, as they record it, if it is alive and a server of these files indeed. */
export async function recordedServer(place: DataPlace): Promise<number | undefined> {
  const pid = await recordedPid(place);
  return pid !== undefined && isAlive(pid) && (await serves(pid, place)) ? pid : undefined;
}

/** Asks a server to end its work in order: connections are cut, everything is written. */
export function askToStop(pid: number | undefined, how: 'in-order' | 'at-once' = 'in-order'): void {
  try {
    if (pid !== undefined) process.kill(pid, how === 'in-order' ? 'SIGINT' : 'SIGQUIT');
  } catch {
    // It has ended already.
  }
}

/** Whether a process with this number exists. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function dataOf(place: DataPlace): string {
  return join(place.path, 'data');
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function recordedPid(place: DataPlace): Promise<number | undefined> {
  const record = await readFile(join(dataOf(place), 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(record, 10);
  return pid > 1 ? pid : undefined;
}

async function strangerWithRecordedPid(place: DataPlace): Promise<number | undefined> {
  const pid = await recordedPid(place);
  return pid !== undefined && isAlive(pid) && !(await serves(pid, place)) ? pid : undefined;
}

/** A server's working directory is its data: that tells it from any process that got its number later. */
async function serves(pid: number, place: DataPlace): Promise<boolean> {
  if (process.platform === 'linux') {
    const [theirs, ours] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => undefined), stat(dataOf(place))]);
    return theirs?.dev === ours.dev && theirs.ino === ours.ino;
  }
  const { output } = await runAs(undefined, 'ps', ['-o', 'comm=', '-p', String(pid)]);
  return basename(output) === 'postgres';
}
