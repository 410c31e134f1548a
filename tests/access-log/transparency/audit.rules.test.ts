import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../../src/access-log/access-entry.schema.ts';
import { encodeAccessId } from '../../../src/access-log/access-entry-id.ts';
import { type AuditReport, auditLog } from '../../../src/access-log/transparency/audit-log.ts';
import type { LogSource } from '../../../src/access-log/transparency/audit-sources.ts';
import { checkpointBody } from '../../../src/access-log/transparency/checkpoint.rules.ts';
import { commitmentOf } from '../../../src/access-log/transparency/commitment.ts';
import { CompactRange } from '../../../src/access-log/transparency/compact-range.ts';
import { readExportLine } from '../../../src/access-log/transparency/export-line.rules.ts';
import { LeafHashes } from '../../../src/access-log/transparency/leaf-hashes.ts';
import { leafHash, rootOf } from '../../../src/access-log/transparency/merkle-tree.ts';
import { exportEntries } from '../../../src/access-log/transparency/read-export.ts';
import { signNote, writeNote } from '../../../src/access-log/transparency/signed-note.ts';
import { verifierKeyOf } from '../../../src/access-log/transparency/verifier-key.ts';

const ORIGIN = 'region.example/audit-log';
const { privateKey } = generateKeyPairSync('ed25519');
const KEY = verifierKeyOf(ORIGIN, 'ed25519', privateKey);
const COUNT = 12;
const BEGIN = Date.parse('2026-03-01T00:00:00.000Z');

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const saltOf = (number: number): string => hex(`salt ${number}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The entry of this number, a minute after the one before. */
function entry(number: number): AccessEntry {
  const recordedAt = new Date(BEGIN + number * 60_000);
  return {
    id: encodeAccessId({ recordedAt, id: BigInt(1_000 + number) }),
    recordedAt: recordedAt.toISOString(),
    action: 'R',
    interaction: 'readResource',
    outcome: 0,
    person: hex(`person ${number}`).slice(0, 16),
    institution: { uscc: '11500000MB1670604W', name: '通鉴市第一医院' },
    client: 'client-1',
    practitioner: { system: 'urn:oid:2.16.156.10011.1.4', value: `D-${number}`, name: '林敏' },
    purpose: 'TREAT',
    reviewDue: false,
    entities: [`Observation/${number}/_history/1`],
    requestId: `request-${number}`,
  };
}

const hashes = Array.from({ length: COUNT }, (_, it) => leafHash(commitmentOf(entry(it), saltOf(it))));
const lines = hashes.map((_, it) => `${JSON.stringify({ ...entry(it), leaf: { index: it, salt: saltOf(it) } })}\n`).toReversed();

function checkpoint(size: number, over: readonly Buffer[] = hashes): string {
  const body = checkpointBody({ origin: ORIGIN, size, root: rootOf(over.slice(0, size)) });
  return writeNote(body, [signNote(body, ORIGIN, privateKey)]);
}

function logOf(newest = checkpoint(COUNT), over: readonly Buffer[] = hashes): LogSource {
  return {
    name: 'log',
    isDatabase: false,
    newest: async () => newest,
    keys: async () => [KEY.vkey],
    tile: async (_level, _index, width) => Buffer.concat(over.slice(0, width)),
    checkpoints: async function* () {},
  };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongjian-audit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const endOf = (text: string, entries: number): string =>
  `${JSON.stringify({ end: { entries, sha256: hex(text), until: new Date(BEGIN + 3_600_000).toISOString() } })}\n`;

let files = 0;
async function fileOf(text: string): Promise<string> {
  files += 1;
  const file = join(folder, `export-${files}.ndjson`);
  await writeFile(file, text);
  return file;
}

async function audit(
  about: { text?: string; texts?: readonly string[]; log?: LogSource; own?: readonly string[]; isPart?: boolean } = {},
): Promise<AuditReport> {
  const whole = lines.join('');
  const {
    texts = [about.text ?? whole + endOf(whole, COUNT)],
    log = logOf(),
    own = [checkpoint(5), checkpoint(COUNT)],
    isPart = false,
  } = about;
  const question = { log, table: undefined, entries: exportEntries(await Promise.all(texts.map(fileOf))), keys: [KEY], isPart };
  return await auditLog({ ...question, own: own.map((note, it) => ({ name: `own-${it}`, note })) }, () => undefined);
}

const kinds = (report: AuditReport): readonly string[] => [...new Set(report.findings.map((it) => it.kind))].toSorted();
const withEnd = (its: readonly string[]): string => its.join('') + endOf(its.join(''), its.length);

/** One thing that somebody may do to the lines of an export, with an end that fits afterwards. */
const tampering: fc.Arbitrary<(its: readonly string[]) => readonly string[]> = fc.oneof(
  fc.nat(COUNT - 1).map((at) => (its: readonly string[]) => its.toSpliced(at, 1)),
  fc.tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1)).map(
    ([from, to]) =>
      (its: readonly string[]) =>
        its.toSpliced(to, 0, its[from] as string),
  ),
  fc
    .tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1))
    .filter(([one, other]) => one !== other)
    .map(
      ([one, other]) =>
        (its: readonly string[]) =>
          its.with(one, its[other] as string).with(other, its[one] as string),
    ),
  fc.integer({ min: 1, max: COUNT }).map((count) => (its: readonly string[]) => its.slice(count)),
  fc.tuple(fc.nat(COUNT - 1), fc.nat(), fc.integer({ min: 0x20, max: 0x7e })).map(([at, place, code]) => (its: readonly string[]) => {
    const line = its[at] as string;
    // The name of an institution may change; every other letter counts.
    const spared = line.indexOf('通鉴市');
    const places = Array.from(line, (_, it) => it).filter((it) => it < line.length - 1 && !(it >= spared && it < spared + 7));
    const here = places[place % places.length] as number;
    const letter = String.fromCharCode(code);
    return its.with(at, line.slice(0, here) + (letter === line[here] ? '~~' : letter) + line.slice(here + 1));
  }),
);

describe('a small log', () => {
  test('holds as it is', async () => {
    const report = await audit();

    expect(report.findings).toEqual([]);
    expect(report.cover).toEqual({
      from: entry(0).recordedAt,
      until: entry(COUNT - 1).recordedAt,
      entries: COUNT,
      genuine: COUNT,
      size: COUNT,
      unsigned: 0,
      waiting: 0,
      pruned: 0,
      notLookedAt: 0,
      ownCheckpoints: [5, COUNT],
      keptCheckpoints: 0,
    });
  });

  test('is never tampered with unnoticed, whatever single thing is done to its export (property)', async () => {
    await fc.assert(
      fc.asyncProperty(tampering, async (tamper) => {
        const report = await audit({ text: withEnd(tamper(lines)) });
        expect(report.count).toBeGreaterThan(0);
        expect(report.findings.every((it) => it.leaf !== undefined || it.entry !== undefined || it.where !== undefined)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('is never cut unnoticed, wherever the file ends (property)', async () => {
    const text = withEnd(lines);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 2), async (length) => {
        expect(kinds(await audit({ text: text.slice(0, length) }))).toContain('truncated');
      }),
      { numRuns: 40 },
    );
  });

  test('is never given another hash unnoticed, signed again or not (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(COUNT - 1), fc.nat(31), fc.boolean(), async (leaf, byte, isSigned) => {
        const others = hashes.map((it) => Buffer.from(it));
        (others[leaf] as Buffer)[byte] = ((others[leaf] as Buffer)[byte] as number) ^ 1;
        const report = await audit({ log: logOf(isSigned ? checkpoint(COUNT, others) : undefined, others) });

        expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'rewritten', where: expect.stringContaining('own') }));
        expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'changed', leaf, entry: entry(leaf).id }));
      }),
      { numRuns: 40 },
    );
  });
});

describe('checkpoints', () => {
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const body = checkpointBody({ origin: ORIGIN, size: COUNT, root: rootOf(hashes) });
  const elsewhere = checkpointBody({ origin: 'other.example/log', size: COUNT, root: rootOf(hashes) });

  test.for<[string, string, readonly string[]]>([
    ['signed by nobody who is trusted', writeNote(body, [signNote(body, ORIGIN, stranger)]), ['signature-wrong']],
    ['with another root than is signed', checkpoint(COUNT).replace(/\n1/, '\n2'), ['rolled-back', 'signature-wrong']],
    ['that is no note', 'checkpoint', ['unreadable']],
    ['of another log', writeNote(elsewhere, [signNote(elsewhere, 'other.example/log', privateKey)]), ['other-log', 'signature-wrong']],
    ['of a larger tree', checkpoint(COUNT + 1, [...hashes, Buffer.alloc(32)]), ['rolled-back']],
    ['of the same size over another tree', checkpoint(COUNT, hashes.toReversed()), ['rewritten']],
  ])('one of the auditor %s', async ([, note, expected]) => {
    expect(kinds(await audit({ own: [note] }))).toEqual(expected);
  });

  test('narrow down where a tree began to differ', async () => {
    const others = hashes.with(7, Buffer.alloc(32));
    const report = await audit({ log: logOf(checkpoint(COUNT, others), others), own: [3, 6, 9, 12].map((it) => checkpoint(it)) });

    expect(report.findings.filter((it) => it.kind === 'rewritten')).toMatchObject([
      { where: 'own-2', leaf: 6, until: 9, entry: entry(6).id, lastEntry: entry(8).id },
      { where: 'own-3', leaf: 6, until: 12 },
    ]);
  });

  test('none at all is a finding', async () => {
    const log = { ...logOf(), newest: async () => undefined };
    expect(kinds(await audit({ log, own: [] }))).toContain('checkpoint-missing');
  });
});

describe('exports', () => {
  test('of a part say nothing of the others', async () => {
    const report = await audit({ text: withEnd(lines.slice(3, 6)), isPart: true });

    expect(report.findings).toEqual([]);
    expect(report.cover).toMatchObject({ genuine: 3, notLookedAt: COUNT - 3 });
    expect(report.remarks).toEqual([expect.objectContaining({ en: expect.stringContaining('Only a part') })]);
  });

  test('older than the log are held against the auditor’s checkpoint alone', async () => {
    const text = withEnd(lines.slice(2));
    const [before, after] = [await audit({ text, own: [checkpoint(COUNT - 2)] }), await audit({ text, own: [checkpoint(COUNT)] })];

    expect([before.count, before.cover.notLookedAt]).toEqual([0, 2]);
    expect(after.findings).toMatchObject([
      { kind: 'missing', leaf: COUNT - 2 },
      { kind: 'missing', leaf: COUNT - 1 },
    ]);
  });

  test('that broke off and were taken up again are one', async () => {
    const [first, second] = [lines.slice(0, 5).join(''), withEnd(lines.slice(5))];

    expect(await audit({ texts: [first + (lines[5] as string).slice(0, 50), second] })).toMatchObject({ count: 0 });
    expect(kinds(await audit({ texts: [first, withEnd(lines.slice(6))] }))).toEqual(['missing']);
    expect(kinds(await audit({ texts: [first, lines.slice(5).join('')] }))).toEqual(['truncated']);
  });

  test('younger than the log: what goes on where it ends waits for a checkpoint, what does not was inserted', async () => {
    const log = logOf(checkpoint(COUNT - 2), hashes.slice(0, COUNT - 2));
    const next = await audit({ log, own: [] });

    expect([next.count, next.cover.unsigned]).toEqual([0, 2]);
    expect(kinds(await audit({ log, own: [], text: withEnd(lines.slice(0, 1).concat(lines.slice(2))) }))).toEqual(['inserted']);
  });

  test.for<[string, string]>([
    ['no line end', '{}'],
    ['no JSON', '{\n'],
    ['a list', '[]\n'],
    ['a member twice', `${(lines[0] as string).replace('{', '{"id":"x",')}`],
    ['blanks', (lines[0] as string).replace('{', '{ ')],
    ['no id', (lines[0] as string).replace(/"id":"[^"]*",/, '')],
    ['an id that none is', (lines[0] as string).replace(/"id":"0/, '"id":"1')],
    ['a place that none is', (lines[0] as string).replace('"index":', '"index":-')],
    ['a salt that none is', (lines[0] as string).replace('"salt":"', '"salt":"0')],
    ['another member of the clinician', (lines[0] as string).replace('"practitioner":{', '"practitioner":{"title":"Dr",')],
    ['an end without a checksum', '{"end":{"entries":1,"until":"2026-03-01T00:00:00.000Z"}}\n'],
  ])('no line of one: %s', ([, text]) => {
    expect(readExportLine(text)).toBeUndefined();
  });
});

test('the root over leaves one by one is the root over all of them', () => {
  const range = new CompactRange();
  for (let size = 0; size <= 70; size += 1) {
    const leaves = Array.from({ length: size }, (_, it) => leafHash(Buffer.from([it])));
    expect(range.root().equals(rootOf(leaves))).toBe(true);
    range.append(leafHash(Buffer.from([size])));
  }
});

test('hashes are found again, and only whole ones', () => {
  const kept = new LeafHashes();
  for (const it of hashes) kept.push(it);
  const across = Buffer.concat(hashes).subarray(16, 48);

  expect(hashes.map((it) => kept.indexOf(it))).toEqual(hashes.map((_, it) => it));
  expect([kept.indexOf(across), kept.indexOf(Buffer.alloc(32)), kept.at(COUNT), kept.at(-1)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
