import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { UnusableDatabase } from '../../src/database/unusable-database.ts';

// Each of these starts servers, some of them several times and some beside one another.
vi.setConfig({ testTimeout: 60_000 });

const AS_ROOT = process.geteuid?.() === 0;
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const servers: EmbeddedPostgres[] = [];
const programs: ChildProcess[] = [];

afterEach(async () => {
  for (const program of programs.splice(0)) {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill('SIGKILL');
      await once(program, 'exit');
    }
  }
  await Promise.all(servers.splice(0).map((it) => it.stop()));
});

/** A folder that is gone after the test, with a server that a killed program left in it. */
async function useFolder(name = 'data', below = MEMORY): Promise<string> {
  const parent = await mkdtemp(join(below, 'tongjian-embedded-'));
  // As in a checkout: everybody may pass through, so that a server under root finds its files here.
  await chmod(parent, 0o755);
  const folder = join(parent, name);
  onTestFinished(async () => {
    const left = await recordedPid(folder);
    if (left !== undefined && (await servesFolder(left, folder))) process.kill(left, 'SIGQUIT');
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

async function start(folder: string, said: string[] = [], durable = false): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(folder, (line) => said.push(line), { durable });
  servers.push(server);
  return server;
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  servers.splice(servers.indexOf(server), 1);
  await server.stop();
}

async function ask(url: string, text: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text, values: [...values], rowMode: 'array' })).rows.map((it: unknown[]) => it[0]);
  } finally {
    await client.end();
  }
}

/** Another program with a server in the folder. It says the server's URL, or why there is none, and stops when its input ends. */
function startProgram(folder: string, atTheEnd = 'await server.stop()'): { program: ChildProcess; said: Promise<string> } {
  const module = new URL('../../src/database/embedded-postgres.ts', import.meta.url).href;
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    try {
      const server = await startEmbeddedPostgres(${JSON.stringify(folder)}, () => undefined, { durable: true });
      console.log(server.url);
      process.stdin.resume();
      await new Promise((resolve) => process.stdin.on('end', resolve));
      ${atTheEnd};
    } catch (error) {
      console.log(error.name + ' ' + error.message);
    }`;
  const program = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  programs.push(program);
  const said = once(program.stdout, 'data').then(([chunk]) => String(chunk).trim());
  return { program, said };
}

async function recordedPid(folder: string): Promise<number | undefined> {
  const record = await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(record, 10) || undefined;
}

async function servesFolder(pid: number, folder: string): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(folder);
}

async function removeOutside(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true });
  await rm(`${place}.home`, { force: true });
}

async function modeOf(path: string): Promise<string> {
  return ((await lstat(path)).mode & 0o777).toString(8);
}

test('what is stored is there after the next start, and nobody else can come near it', async () => {
  const folder = await useFolder();
  const first = await start(folder);
  await ask(first.url, 'create table notes as select 42 as number');
  expect(URL.canParse(first.url)).toBe(true);
  expect(await ask(first.url, 'show listen_addresses')).toEqual(['']);
  // Passing through is what the server's account needs under root; reading is for nobody.
  expect(await modeOf(folder)).toBe(AS_ROOT ? '711' : '700');
  expect(await modeOf(join(folder, 'postgres'))).toBe('700');
  expect(await modeOf(join(folder, 'postgres/data'))).toBe('700');
  expect(await modeOf(join(folder, 'postgres-password'))).toBe('600');
  await stop(first);
  expect(await recordedPid(folder)).toBeUndefined();

  const second = await start(folder);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select number from notes')).toEqual([42]);
});

test('the socket is not enough: a wrong password is refused. Texts are UTF-8, and sorted by code point on every machine', async () => {
  const server = await start(await useFolder());
  const wrong = new URL(server.url);
  wrong.password = 'guessed';

  await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect(await ask(server.url, 'show server_encoding')).toEqual(['UTF8']);
  expect(await ask(server.url, "select t from unnest(array['b','é','B','血','a']) t order by t")).toEqual(['B', 'a', 'b', 'é', '血']);
});

test('the log of the server holds no statement and no value', async () => {
  const folder = await useFolder();
  const server = await start(folder);
  await expect(ask(server.url, "select '110101199003070011'::date")).rejects.toThrow();
  await expect(ask(server.url, 'select number from missing_table_of_zhang')).rejects.toThrow();
  await stop(server);

  const log = join(folder, 'postgres/data/log');
  const texts = await Promise.all((await readdir(log)).map((it) => readFile(join(log, it), 'utf8')));
  expect(texts.join('')).toContain('database system is shut down');
  expect(texts.join('')).not.toMatch(/110101199003070011|zhang/);
});

test('a second program on the folder is told which one has it, and harms nothing', async () => {
  const folder = await useFolder();
  const server = await start(folder);

  const { said, program } = startProgram(folder);
  const ended = once(program, 'exit');
  expect(await said).toMatch(new RegExp(`^UnusableDatabase .*in use by process ${process.pid}\\b.*DATA_FOLDER`));
  await ended;
  expect(await ask(server.url, 'select 1')).toEqual([1]);
});

test('three programs that begin at once on a new folder: one gets it, the others are told', async () => {
  const folder = await useFolder();
  const answers = await Promise.all([1, 2, 3].map(() => startProgram(folder).said));

  expect(answers.filter((it) => it.startsWith('postgres://')).length).toBe(1);
  expect(answers.filter((it) => /in use by process \d+/.test(it)).length).toBe(2);
  expect((await readdir(join(folder, 'postgres'))).filter((it) => it.startsWith('data'))).toEqual(['data']);
});

test('a program that is killed loses nothing that was stored, and its server does not stay', async () => {
  const folder = await useFolder();
  const { program, said } = startProgram(folder);
  const url = await said;
  // Stored means on disk.
  expect(await ask(url, "select setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')")).toEqual([
    'on',
    'on',
    'on',
  ]);
  await ask(url, 'create table notes (number int)');
  for (let number = 1; number <= 20; number += 1) await ask(url, 'insert into notes values ($1)', [number]);
  program.kill('SIGKILL');
  await once(program, 'exit');
  const orphan = (await recordedPid(folder)) ?? 0;
  expect(await servesFolder(orphan, folder)).toBe(true);

  const server = await start(folder);
  expect(await ask(server.url, 'select count(*)::int from notes')).toEqual([20]);
  expect(await recordedPid(folder)).not.toBe(orphan);
  expect(await servesFolder(orphan, folder)).toBe(false);
});

test('a program and its server that were both killed leave files that are recovered', async () => {
  const folder = await useFolder();
  const { program, said } = startProgram(folder);
  await ask(await said, 'create table notes as select 7 as number');
  program.kill('SIGKILL');
  process.kill((await recordedPid(folder)) ?? 0, 'SIGKILL');
  await once(program, 'exit');

  const server = await start(folder);
  expect(await ask(server.url, 'select number from notes')).toEqual([7]);
});

test('a program that ends without stopping its server ends it nevertheless', async () => {
  const folder = await useFolder();
  const { program, said } = startProgram(folder, 'process.exit(3)');
  await said;
  const pid = (await recordedPid(folder)) ?? 0;
  program.stdin?.end();
  await once(program, 'exit');

  await vi.waitFor(async () => expect(await servesFolder(pid, folder)).toBe(false), { timeout: 10_000 });
});

test('a program may end while its server still runs: nothing of it keeps the program alive', async () => {
  const { program, said } = startProgram(await useFolder(), '');
  await said;
  program.stdin?.end();

  expect(await once(program, 'exit')).toEqual([0, null]);
});

test('a server that dies under the program is started again', async () => {
  const folder = await useFolder();
  const said: string[] = [];
  const server = await start(folder, said, true);
  await ask(server.url, 'create table notes as select 7 as number');
  process.kill((await recordedPid(folder)) ?? 0, 'SIGKILL');

  await vi.waitFor(async () => expect(await ask(server.url, 'select number from notes')).toEqual([7]), { timeout: 20_000, interval: 100 });
  expect(said.join('\n')).toContain('started again');
});

test('a process id in the files that belongs to somebody else by now does not hinder the start', async () => {
  const folder = await useFolder();
  await stop(await start(folder));
  // This process surely is alive, and no server.
  const record = [process.pid, join(folder, 'postgres/data'), 1_700_000_000, 5432, join(folder, 'postgres'), '', '1 1', 'ready'];
  await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${record.join('\n')}\n`);

  const server = await start(folder);
  expect(await ask(server.url, 'select 1')).toEqual([1]);
});

test('what a start that was interrupted left is removed by a later one, but not under a start that is at work', async () => {
  const folder = await useFolder();
  await stop(await start(folder));
  const place = join(folder, 'postgres');
  for (const name of ['data.0a1b2c3d', 'data.ffffffff']) await mkdir(join(place, name));
  await writeFile(join(place, 'password.0a1b2c3d'), 'secret');
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const name of ['data.0a1b2c3d', 'password.0a1b2c3d']) await utimes(join(place, name), longAgo, longAgo);

  await stop(await start(folder));
  expect((await readdir(place)).toSorted()).toEqual(['data', 'data.ffffffff']);
});

test.for([
  ['a folder with blanks, quotes and Chinese in its name', '数据 of "our" \'own\', 100%'],
  ['a folder whose path is too long for a socket', 'long-'.repeat(24)],
])('%s', async ([, name]) => {
  const folder = await useFolder(name);
  const server = await start(folder);
  const socketFolder = decodeURIComponent(new URL(server.url).hostname);
  if (!socketFolder.startsWith(folder)) onTestFinished(() => rm(socketFolder, { recursive: true }));

  expect(await ask(server.url, 'select current_user')).toEqual(['tongjian']);
  expect(await modeOf(socketFolder)).toBe('700');
});

test('a password that does not fit the files is said so, and the server is not left running', async () => {
  const folder = await useFolder();
  await stop(await start(folder));
  await writeFile(join(folder, 'postgres-password'), 'of another folder\n');

  await expect(start(folder)).rejects.toThrow(/do not take the password kept in/);
  await vi.waitFor(async () => expect(await recordedPid(folder)).toBeUndefined(), { timeout: 10_000 });
});

test('files that are not those of a server are refused with what PostgreSQL says', async () => {
  const folder = await useFolder();
  await stop(await start(folder));
  await writeFile(join(folder, 'postgres/data/PG_VERSION'), '11\n');

  const refused = start(folder);
  await expect(refused).rejects.toBeInstanceOf(UnusableDatabase);
  await expect(refused).rejects.toThrow(/incompatible/);
});

test('a link to files that are not there is refused, never replaced by an empty database', async () => {
  const folder = await useFolder();
  await mkdir(folder);
  await symlink('/nowhere/to/be/found', join(folder, 'postgres'));

  await expect(start(folder)).rejects.toThrow(/not there/);
});

test.runIf(AS_ROOT)(
  'under root, below a folder only root may enter: the files are outside, and follow the folder when it moves',
  async () => {
    const folder = await useFolder('closed/data');
    await mkdir(join(folder, '..'), { mode: 0o700 });
    const first = await start(folder);
    const outside = await readlink(join(folder, 'postgres'));
    onTestFinished(async () => {
      await rm(outside, { recursive: true, force: true });
      await rm(`${outside}.home`, { force: true });
    });
    expect(outside).toMatch(/^\/var\/lib\/tongjian\/[0-9a-f]{12}$/);
    expect(await modeOf(outside)).toBe('700');
    await ask(first.url, 'create table notes as select 42 as number');
    await stop(first);

    const moved = `${folder}-moved`;
    await rename(folder, moved);
    const second = await start(moved);
    expect(await ask(second.url, 'select number from notes')).toEqual([42]);
    expect(await readlink(`${outside}.home`)).toBe(moved);
    await stop(second);

    // A copy of the link is not a second database.
    await mkdir(folder);
    await symlink(outside, join(folder, 'postgres'));
    await expect(start(folder)).rejects.toThrow(/looks like a copy of/);
  },
);

test.runIf(AS_ROOT)('under root, files that come below a folder only root may enter are moved outside', async ({ skip }) => {
  const disk = '/var/tmp';
  skip((await stat(disk)).dev !== (await stat('/var/lib')).dev, 'files are not moved between disks');
  const folder = await useFolder('data', disk);
  const first = await start(folder);
  await ask(first.url, 'create table notes as select 42 as number');
  await stop(first);
  const closed = await useFolder('closed', disk);
  await mkdir(closed, { mode: 0o700 });
  await rename(folder, join(closed, 'data'));

  const second = await start(join(closed, 'data'));
  const outside = await readlink(join(closed, 'data/postgres'));
  onTestFinished(() => removeOutside(outside));
  expect(await ask(second.url, 'select number from notes')).toEqual([42]);
});

test.runIf(AS_ROOT)('under root, files that cannot be moved to where they can be reached stay where they are', async ({ skip }) => {
  const folder = await useFolder();
  skip((await stat(MEMORY)).dev === (await stat('/var/lib')).dev, 'files can be moved');
  await stop(await start(folder));
  await chmod(join(folder, '..'), 0o700);

  await expect(start(folder)).rejects.toThrow(/another disk/);
  expect((await readdir(folder)).toSorted()).toEqual(['postgres', 'postgres-password']);
  await chmod(join(folder, '..'), 0o755);
  await start(folder);
});

test('a server that is stopped twice is stopped', async () => {
  const folder = await useFolder();
  const server = await start(folder);
  await stop(server);
  await server.stop();

  expect(await recordedPid(folder)).toBeUndefined();
});
