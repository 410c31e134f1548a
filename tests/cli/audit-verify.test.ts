import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { auditCommand } from '../../src/cli/audit.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase, type Transaction, transact } from '../../src/database/client.ts';
import { buildLog, change, EXPORT, entryAt, inFolder, LOG_KEY, otherKey, SIGNED, tampering } from '../support/audited-log.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LONG_MS = 120_000;

const gateway = useGateway(SIGNED);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

async function audit(...argv: readonly string[]): Promise<Ended> {
  let [out, said] = ['', ''];
  const config = readConfig({ DATABASE_URL: gateway.databaseUrl });
  const code = await auditCommand(
    config,
    argv,
    (line) => {
      out += `${line}\n`;
    },
    (line) => {
      said += `${line}\n`;
    },
  );
  return { code, out, said };
}

/** The program as an auditor starts it, who has no database. */
async function program(...argv: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'audit', ...argv], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, said] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, said };
}

/** The whole log, as the auditor pulls it. */
async function pulled(auditor: CallingSystem): Promise<string> {
  const { status, text } = await auditor.get('/v1/access-log?leaves=true', { accept: 'application/x-ndjson' });
  expect(status).toBe(200);
  return text;
}

/** Does for good what the owner of the tables can do. */
async function asOwner(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const { db, close } = openDatabase({ url: gateway.databaseUrl, poolMax: 1 });
  await transact(db, work);
  await close();
}

test('0 where everything holds, 1 where an entry was changed, which it names', { timeout: LONG_MS }, async () => {
  const own = await buildLog(gateway, [10, 20]);
  const auditor = await gateway.register({ scopes: ['audit.read'] });
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  const log = `http://127.0.0.1:${(gateway.app.server.address() as AddressInfo).port}/audit-log`;

  await inFolder(async (folder) => {
    const [checkpoint, key, file] = [join(folder, 'checkpoint'), join(folder, 'key'), join(folder, EXPORT)];
    await writeFile(checkpoint, own[1]?.note ?? '');
    await writeFile(key, `${LOG_KEY.vkey}\n`);
    await writeFile(file, await pulled(auditor));
    const trust = ['--checkpoint', checkpoint, '--key', key];

    expect(await audit('verify')).toMatchObject({ code: 0, out: expect.stringContaining('Everything holds. 全部相符。') });
    expect(await audit('verify', ...trust)).toMatchObject({ code: 0, out: expect.not.stringContaining('No --') });
    expect(await audit('verify', ...trust, '--log', log)).toMatchObject({ code: 0 });
    expect(await program('verify', ...trust, '--log', log, '--export', file)).toMatchObject({ code: 0, said: '' });
    expect(await audit('verify', '--key', otherKey().vkey)).toMatchObject({ code: 1, out: expect.stringContaining('[signature-wrong]') });

    const name = await tampering(gateway.databaseUrl, (tx) => entryAt(tx, 12));
    await asOwner((tx) => change(tx, 12, 'outcome = 4'));
    const { code, out } = await audit('verify', ...trust, '--json');
    expect([code, JSON.parse(out).findings]).toEqual([1, [expect.objectContaining({ kind: 'changed', leaf: 12, entry: name })]]);
    const told = await audit('verify', ...trust);
    expect(told).toMatchObject({ code: 1, out: expect.stringContaining(`[changed] place 12, entry ${name}, recorded 2`) });
    expect(told.out).toContain('该记录在写入之后被改动');

    await writeFile(file, await pulled(auditor));
    expect(await program('verify', ...trust, '--log', log, '--export', file)).toMatchObject({
      code: 1,
      out: expect.stringContaining(name),
    });
  });
});

test('the proof of one entry holds off line, and only of that entry and under a trusted key', { timeout: LONG_MS }, async () => {
  await buildLog(gateway, [5]);
  const auditor = await gateway.register({ scopes: ['audit.read'] });
  const id = await tampering(gateway.databaseUrl, (tx) => entryAt(tx, 3));
  const { text, body } = await auditor.get(`/v1/access-log/${id}/proof`);

  await inFolder(async (folder) => {
    const file = join(folder, 'proof.json');
    const verified = async (proof: string, ...argv: readonly string[]): Promise<Ended> => {
      await writeFile(file, proof);
      return audit('verify', '--proof', file, ...argv);
    };
    const key = ['--key', LOG_KEY.vkey];

    const told = await verified(text, ...key);
    expect(told).toMatchObject({
      code: 0,
      said: '',
      out: expect.stringContaining(`Entry ${id} stands at place 3 of the ${body.size} of `),
    });
    expect(told.out).toContain(body.entry);
    expect(await program('verify', '--proof', file, ...key)).toEqual(told);
    const { code, out } = await verified(text, ...key, '--json');
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ isProved: true, id, leaf: 3, signedBy: [LOG_KEY.vkey] })]);

    const { entry, salt, ...withheld } = body;
    expect(await verified(JSON.stringify(withheld), ...key)).toMatchObject({ code: 0, out: expect.not.stringContaining(id) });
    for (const [changed, reason] of [
      [{ ...body, entry: entry.replace('"v":1', '"v":2') }, 'entry-differs'],
      [{ ...body, salt: `${salt}-` }, 'entry-differs'],
      [{ ...body, id: '0'.repeat(28) }, 'entry-differs'],
      [{ ...body, leaf: 4 }, 'not-included'],
    ] as const) {
      expect(await verified(JSON.stringify(changed), ...key)).toMatchObject({ code: 1, out: expect.stringContaining(`[${reason}]`) });
    }
    expect(await verified(text, '--key', otherKey().vkey)).toMatchObject({
      code: 1,
      out: expect.stringContaining('[checkpoint-unsigned]'),
    });

    expect(await verified(text)).toMatchObject({ code: 2, out: '', said: expect.stringContaining('--proof goes with --key') });
    expect(await verified(text, ...key, '--log', folder)).toMatchObject({ code: 2, out: '' });
  });
});

test.for<[string, readonly string[], number, string]>([
  ['no command', [], 0, 'Usage: tongjian audit <command>'],
  ['another command', ['prove'], 2, 'Usage: tongjian audit <command>'],
  ['help', ['verify', '--help'], 0, 'Usage: tongjian audit verify'],
  ['an unknown option', ['verify', '--deep'], 2, "Unknown option '--deep'"],
  ['no such checkpoint', ['verify', '--checkpoint', '/nowhere/checkpoint'], 2, '--checkpoint: /nowhere/checkpoint cannot be read'],
  ['no such export', ['verify', '--export', '/nowhere/export'], 2, '--export: /nowhere/export cannot be read'],
  ['what is no key', ['verify', '--key', 'region.example'], 2, '--key: region.example cannot be read'],
  ['a part of nothing', ['verify', '--part'], 2, '--part goes with --export'],
  ['what is no proof', ['verify', '--proof', fileURLToPath(import.meta.url)], 2, 'is no proof as GET /v1/access-log/{id}/proof'],
  ['no such proof', ['verify', '--proof', '/nowhere/proof'], 2, '--proof: /nowhere/proof cannot be read'],
  ['a key with an option', ['key', '--out', 'file'], 2, "Unknown option '--out'"],
  ['a key with a name', ['key', 'file'], 2, 'Usage: tongjian audit key'],
  ['help on keys', ['key', '--help'], 0, 'Usage: tongjian audit key'],
  ['a log that does not answer', ['verify', '--log', 'http://127.0.0.1:1/audit-log'], 2, 'http://127.0.0.1:1/audit-log/checkpoint'],
])('%s is a question that cannot be answered, or help', async ([, argv, code, said]) => {
  expect(await audit(...argv)).toMatchObject({ code, out: '', said: expect.stringContaining(said) });
});
