import { beforeAll, describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../../src/access-log/transparency/checkpoint.rules.ts';
import { isConsistent, isIncluded, leafHash, rootOf } from '../../../src/access-log/transparency/merkle-tree.ts';
import { parseNote, verifyNote } from '../../../src/access-log/transparency/signed-note.ts';
import { growingTiles, tilePath } from '../../../src/access-log/transparency/tile.rules.ts';
import { parseVerifierKey } from '../../../src/access-log/transparency/verifier-key.ts';
import { useGateway } from '../../support/gateway.ts';
import { commitmentsOf, fillLog } from '../../support/log-entries.ts';

const gateway = useGateway();
const SIZES = [3, 256, 700, 1_100];
let commitments: readonly Buffer[];
let hashes: readonly Buffer[];

// Nothing is logged by what is asked here, so the tree stays as it is.
beforeAll(async () => {
  let size = 0;
  for (const next of SIZES) {
    await fillLog(gateway.db, next - size);
    await gateway.app.rounds.runAll();
    size = next;
  }
  commitments = await commitmentsOf(gateway.db);
  hashes = commitments.map(leafHash);
});

const ask = (url: string, headers: Record<string, string> = {}) => gateway.app.inject({ url: `/audit-log/${url}`, headers });
const keysOf = async () =>
  (await ask('keys')).body
    .trim()
    .split('\n')
    .map(parseVerifierKey)
    .filter((it) => it !== undefined);
const rootAt = (size: number): Buffer => rootOf(hashes.slice(0, size));
const bytes = (texts: readonly string[]): Buffer[] => texts.map((it) => Buffer.from(it, 'base64'));

describe('checkpoint', () => {
  test('is a note of the newest size and root, signed by a key that is told', async () => {
    const answer = await ask('checkpoint');
    const note = parseNote(answer.body);

    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=2' },
    });
    expect(parseCheckpoint(note?.body ?? '')).toEqual({ origin: 'gateway.test/audit-log', size: 1_100, root: rootAt(1_100) });
    expect(note && verifyNote(note, await keysOf())).toMatchObject({ isSigned: true });
  });

  test('stays for every size that was signed, and there is none of another', async () => {
    for (const size of SIZES) {
      const checkpoint = parseCheckpoint(parseNote((await ask(`checkpoint?size=${size}`)).body)?.body ?? '');
      expect(checkpoint?.root.equals(rootAt(size))).toBe(true);
    }
    expect((await ask('checkpoint?size=4')).statusCode).toBe(404);
    expect((await ask('checkpoint?size=-1')).statusCode).toBe(400);
    expect((await ask('checkpoint?witnesses=1')).statusCode).toBe(404);
  });

  test('is not sent to who has it', async () => {
    const { headers } = await ask('checkpoint');
    const held = await ask('checkpoint', { 'if-none-match': String(headers['etag']) });

    expect(held).toMatchObject({ statusCode: 304, body: '' });
  });
});

describe('tiles', () => {
  test('are what the leaves say, at every size that was signed, and lead to its root', async () => {
    for (const size of SIZES) {
      for (const tile of growingTiles(size).filter((it) => it.width > 0)) {
        const answer = await ask(`tile/${tile.level}/${tilePath(tile)}`);
        const at = (place: number) => rootOf(hashes.slice(place * 256 ** tile.level, (place + 1) * 256 ** tile.level));
        expect(answer.statusCode).toBe(200);
        expect(answer.rawPayload.equals(Buffer.concat(Array.from({ length: tile.width }, (_, it) => at(tile.index * 256 + it))))).toBe(
          true,
        );
      }
    }
  });

  test('a full one, and what it was at any width, for ever', async () => {
    const full = await ask('tile/0/002');
    const part = await ask('tile/0/002.p/17');

    expect(full).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/octet-stream', 'cache-control': 'public, max-age=31536000, immutable', etag: '"0-2-256"' },
    });
    expect(full.rawPayload.equals(Buffer.concat(hashes.slice(512, 768)))).toBe(true);
    expect(part.rawPayload.equals(Buffer.concat(hashes.slice(512, 529)))).toBe(true);
    expect(await ask('tile/0/002', { 'if-none-match': '"0-2-256"' })).toMatchObject({ statusCode: 304, body: '' });
  });

  test('leaves stand behind their length', async () => {
    const [full, part] = [await ask('tile/entries/001'), await ask('tile/entries/004.p/76')];

    expect(full.rawPayload.equals(Buffer.concat(commitments.slice(256, 512).flatMap((it) => [Buffer.of(0, 32), it])))).toBe(true);
    expect(part.rawPayload.length).toBe(76 * 34);
    expect(part.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test.for<[string, number]>([
    ['tile/0/004.p/76', 200],
    ['tile/0/004.p/77', 404],
    ['tile/0/004', 404],
    ['tile/1/000.p/4', 200],
    ['tile/1/000.p/5', 404],
    ['tile/2/000.p/1', 404],
    ['tile/63/000.p/1', 404],
    ['tile/64/000', 400],
    ['tile/00/000', 400],
    ['tile/a/000', 400],
    ['tile/0/4', 400],
    ['tile/0/x000/001', 400],
    ['tile/0/000.p/256', 400],
    ['tile/0/..%2f..%2fkeys', 400],
    ['tile/0/x999/x999/x999/x999/999', 404],
    ['tile/entries/004.p/77', 404],
    ['tile/entries/000.p/0', 400],
    ['tile/entries/1', 400],
  ])('%s: %d', async ([path, status]) => {
    const { statusCode, headers } = await ask(path);

    expect(statusCode).toBe(status);
    if (status !== 200) expect(headers['cache-control']).toBe('no-store');
  });
});

describe('ready-made proofs', () => {
  test('from every signed size to every later one', async () => {
    for (const from of [1, ...SIZES]) {
      for (const to of SIZES.filter((it) => it >= from)) {
        const { proof } = (await ask(`consistency?from=${from}&to=${to}`)).json();
        expect(isConsistent(from, to, bytes(proof), rootAt(from), rootAt(to))).toBe(true);
      }
    }
  });

  test('of leaves everywhere, in trees of any size', async () => {
    for (const [leaf, size] of [
      [0, 1],
      [0, 1_100],
      [255, 256],
      [256, 300],
      [511, 777],
      [699, 700],
      [1_024, 1_100],
      [1_099, 1_100],
    ] as const) {
      const { proof } = (await ask(`inclusion?leaf=${leaf}&size=${size}`)).json();
      expect(isIncluded(hashes[leaf] as Buffer, leaf, size, bytes(proof), rootAt(size))).toBe(true);
    }
  });

  test('up to the newest where no size is given; what names its sizes is kept for ever', async () => {
    expect((await ask('inclusion?leaf=7')).json()).toMatchObject({ leaf: 7, size: 1_100 });
    expect((await ask('consistency?from=7')).json()).toMatchObject({ from: 7, to: 1_100 });
    expect((await ask('consistency?from=7')).headers['cache-control']).toBe('no-store');
    expect((await ask('consistency?from=7&to=9')).headers['cache-control']).toContain('immutable');
  });

  test.for<[string, number]>([
    ['inclusion?leaf=1100', 404],
    ['inclusion?leaf=5&size=5', 404],
    ['inclusion?leaf=5&size=1101', 404],
    ['inclusion?leaf=-1', 400],
    ['inclusion', 400],
    ['consistency?from=10&to=9', 404],
    ['consistency?from=0&to=9', 200],
    ['consistency?from=9&to=1101', 404],
    ['consistency?from=many', 400],
    ['consistency?from=1.5', 400],
  ])('%s: %d', async ([path, status]) => {
    expect((await ask(path)).statusCode).toBe(status);
  });
});

test('what is asked of the tree, in vain or not, makes it no larger', async () => {
  const before = (await gateway.db.$client.query('select count(*) from access_log')).rows;
  await Promise.all(['checkpoint', 'tile/0/999', 'tile/0/1', 'keys', 'inclusion?leaf=99999'].map((it) => ask(it)));

  expect((await gateway.db.$client.query('select count(*) from access_log')).rows).toEqual(before);
});
