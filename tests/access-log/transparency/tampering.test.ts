import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../../src/access-log/transparency/audit-log.ts';
import type { Transaction } from '../../../src/database/client.ts';
import {
  auditDatabase,
  auditFiles,
  buildLog,
  change,
  copy,
  EXPORT,
  entryAt,
  exportLines,
  giveOut,
  inFolder,
  type OwnCheckpoint,
  overwriteTile,
  rebuild,
  recommit,
  removeFrom,
  SIGNED,
  tampering,
  writeExport,
  writeLog,
} from '../../support/audited-log.ts';
import { useGateway } from '../../support/gateway.ts';

/** An entry in a full tile, and one in the tile that still grows; the last of the three batches has both. */
const [IN_TILE, IN_TAIL] = [300, 560];
const LONG_MS = 120_000;
/** Something else in every column that is committed to, but the moment and the number. */
const COLUMNS = [
  'person = 0',
  "action = 'U'",
  "interaction = 'updateResource'",
  'outcome = 8',
  "failure = 'busy'",
  'institution = null',
  'client = null',
  "practitioner_system = 'urn:x'",
  "practitioner_value = 'D-1'",
  "practitioner_name = '某某'",
  "purpose = 'BTG'",
  "reason = '急诊'",
  'review_due = not review_due',
  "entities = '{}'",
  "consents = '{Consent/0}'",
  "query = 'GET /'",
  "request_id = 'x'",
  'address = null',
  'salt = gen_random_uuid()',
];

const gateway = useGateway(SIGNED);
let own: readonly OwnCheckpoint[];
let size: number;

beforeAll(async () => {
  own = await buildLog(gateway, [80, 150, 330]);
  size = sizeOf(own.at(-1));
}, LONG_MS);

const sizeOf = (it: OwnCheckpoint | undefined): number => Number(it?.note.split('\n')[1]);

/** A finding as far as a test looks at it: its kind, its place (the first of several), its entry. */
type Told = readonly [kind: string, leaf: number | undefined, entry: string | undefined];

const told = (report: AuditReport): readonly Told[] => report.findings.map((it) => [it.kind, it.leaf, it.entry] as const);
const kinds = (report: AuditReport): readonly string[] => [...new Set(report.findings.map((it) => it.kind))].toSorted();

/** Tampers, and answers what is found in the database, and what without it, in what the exchange gives out afterwards. */
async function found(
  tamper: (tx: Transaction) => Promise<unknown>,
  ownCheckpoints = own,
): Promise<{ database: AuditReport; files: AuditReport }> {
  return await tampering(gateway.databaseUrl, async (tx) => {
    await tamper(tx);
    const database = await auditDatabase(tx, { own: ownCheckpoints });
    const files = await inFolder(async (folder) => {
      await giveOut(tx, folder);
      return await auditFiles(folder, { own: ownCheckpoints });
    });
    return { database, files };
  });
}

const nameOf = (leaf: number): Promise<string> => tampering(gateway.databaseUrl, (tx) => entryAt(tx, leaf));

describe('a log that nobody touched', () => {
  test('holds, with and without checkpoints of the auditor', { timeout: LONG_MS }, async () => {
    const [with_, without] = [await found(async () => undefined), await found(async () => undefined, [])];

    for (const report of [with_.database, with_.files, without.database, without.files]) {
      expect(report.findings).toEqual([]);
      expect(report.cover).toMatchObject({ entries: size, genuine: size, size, unsigned: 0, waiting: 0, notLookedAt: 0 });
    }
    expect(with_.database.cover).toMatchObject({ ownCheckpoints: own.map(sizeOf), keptCheckpoints: own.length });
    expect(without.database.remarks).toEqual([expect.objectContaining({ en: expect.stringContaining('No --checkpoint') })]);
  });
});

describe('what is done with SQL by the owner of the tables is found in the database and in what is given out', () => {
  test.for<[string, number, string]>([
    ['1 a field: the outcome of a look', IN_TILE, 'outcome = 4'],
    ['1 a field: what was shown', IN_TAIL, "entities = '{Observation/0}'"],
    ['1 a field: a reason that nobody wrote', 0, "reason = 'emergency'"],
    ['3 a person', IN_TILE, 'person = person + 1'],
    ['3 a practitioner', IN_TAIL, "practitioner_value = 'D-9999'"],
    ['3 an institution', IN_TILE, 'institution = (select max(institution) from institutions)'],
    ['9 a salt', IN_TAIL, 'salt = gen_random_uuid()'],
  ])('%s', { timeout: LONG_MS }, async ([, leaf, set]) => {
    const { database, files } = await found((tx) => change(tx, leaf, set));

    expect(told(database)).toEqual([['changed', leaf, await nameOf(leaf)]]);
    expect(told(files)).toEqual(told(database));
  });

  test('1 any column whatever, each named', { timeout: LONG_MS }, async () => {
    const report = await tampering(gateway.databaseUrl, async (tx) => {
      for (const [at, set] of COLUMNS.entries()) await change(tx, 100 + at, set);
      return await auditDatabase(tx, { own });
    });

    expect(told(report)).toEqual(await Promise.all(COLUMNS.map(async (_, at) => ['changed', 100 + at, await nameOf(100 + at)])));
  });

  test('2 a time shifted: named with the time it had', { timeout: LONG_MS }, async () => {
    const name = await nameOf(IN_TILE);
    const { database, files } = await found((tx) => change(tx, IN_TILE, "recorded_at = access_log.recorded_at - interval '2 hours'"));

    expect(database.findings).toMatchObject([{ kind: 'changed', leaf: IN_TILE, en: expect.stringContaining(name) }]);
    expect(told(files)).toEqual([
      ['inserted', undefined, expect.stringMatching(/^[0-9a-f]{28}$/)],
      ['missing', IN_TILE, undefined],
    ]);
  });

  test('4 a row deleted in the middle', { timeout: LONG_MS }, async () => {
    const { database, files } = await found((tx) => removeFrom(tx, IN_TILE, IN_TILE + 1));

    expect(told(database)).toEqual([['missing', IN_TILE, await nameOf(IN_TILE)]]);
    expect(files.findings).toMatchObject([
      { kind: 'missing', leaf: IN_TILE, en: expect.stringMatching(/after an entry of 2.*before one of 2/) },
    ]);
  });

  test('5 the newest rows deleted', { timeout: LONG_MS }, async () => {
    const { database, files } = await found((tx) => removeFrom(tx, size - 3, size));

    const newest = [size - 3, size - 2, size - 1];
    expect(told(database)).toEqual(await Promise.all(newest.map(async (it) => ['missing', it, await nameOf(it)])));
    expect(told(files)).toEqual(newest.map((it) => ['missing', it, undefined]));
  });

  test('5 the newest rows deleted, their leaves and checkpoints with them', { timeout: LONG_MS }, async () => {
    const { database, files } = await found((tx) => truncate(tx, sizeOf(own[1])));

    for (const report of [database, files]) {
      expect(report.findings).toMatchObject([{ kind: 'rolled-back', leaf: sizeOf(own[1]), until: size, where: 'own-2' }]);
    }
  });

  test('6 a row inserted past the sequencer', { timeout: LONG_MS }, async () => {
    let inserted = '';
    const { database, files } = await found(async (tx) => {
      inserted = await copy(tx, IN_TILE, {
        id: '4711',
        salt: 'gen_random_uuid()',
        recorded_at: "access_log.recorded_at - interval '1 hour'",
      });
    });

    expect(told(database)).toEqual([['inserted', undefined, inserted]]);
    expect(told(files)).toEqual(told(database));
  });

  test('6 a row inserted with a place of its own, and signed: it claims a time before that of older ones', {
    timeout: LONG_MS,
  }, async () => {
    let inserted = '';
    const { database, files } = await found(async (tx) => {
      inserted = await copy(tx, IN_TILE, { id: '4711', recorded_at: "access_log.recorded_at - interval '3 hours'" });
      await tx.$client.query(
        "insert into audit_log_leaves (index, recorded_at, entry, commitment) select $1, recorded_at, id, '' from access_log where id = 4711",
        [size],
      );
      await rebuild(tx);
    });

    expect(told(database)).toEqual([['late', size, inserted]]);
    expect(told(files)).toEqual(told(database));
  });

  test('7 two rows exchanged', { timeout: LONG_MS }, async () => {
    const { database, files } = await found((tx) => exchange(tx, IN_TILE, IN_TAIL));

    expect(told(database)).toEqual([
      ['changed', IN_TILE, await nameOf(IN_TILE)],
      ['changed', IN_TAIL, await nameOf(IN_TAIL)],
    ]);
    expect(told(files).toSorted()).toEqual(told(database));
  });

  test('7 the places of two rows exchanged', { timeout: LONG_MS }, async () => {
    const [one, other] = [IN_TILE, IN_TILE + 1];
    const names = [await nameOf(one), await nameOf(other)];
    const { database, files } = await found(async (tx) => {
      await tx.$client.query('update audit_log_leaves set index = -1 where index = $1', [one]);
      await tx.$client.query('update audit_log_leaves set index = $1 where index = $2', [one, other]);
      await tx.$client.query('update audit_log_leaves set index = $1 where index = -1', [other]);
    });

    expect(told(database).filter(([kind]) => kind === 'misplaced')).toEqual([
      ['misplaced', one, names[1]],
      ['misplaced', other, names[0]],
    ]);
    expect(kinds(files)).toEqual(['misplaced']);
  });

  test('8 a row doubled under its own name', { timeout: LONG_MS }, async () => {
    const { database, files } = await found((tx) => copy(tx, IN_TILE, { person: 'person + 1' }));

    expect(told(database)).toContainEqual(['doubled', IN_TILE, await nameOf(IN_TILE)]);
    expect(told(files)).toContainEqual(['doubled', IN_TILE, await nameOf(IN_TILE)]);
  });

  test('8 a row doubled under another name', { timeout: LONG_MS }, async () => {
    let doubled = '';
    const { database, files } = await found(async (tx) => {
      doubled = await copy(tx, IN_TAIL, { id: '4711' });
    });

    expect(told(database)).toEqual([['inserted', undefined, doubled]]);
    expect(files.cover.waiting + files.count).toBe(1);
  });

  test('9 a row with the hash the database keeps of it', { timeout: LONG_MS }, async () => {
    const { database, files } = await found(async (tx) => {
      await change(tx, IN_TILE, 'outcome = 4, salt = gen_random_uuid()');
      await recommit(tx, IN_TILE);
    });

    expect(told(database)).toEqual([['changed-with-hash', IN_TILE, await nameOf(IN_TILE)]]);
    expect(told(files)).toEqual([['changed', IN_TILE, await nameOf(IN_TILE)]]);
  });

  test('9 a row with its hash in database and tile: between two checkpoints', { timeout: LONG_MS }, async () => {
    const { database, files } = await found(async (tx) => {
      await change(tx, IN_TILE, 'outcome = 4');
      await overwriteTile(tx, IN_TILE, await recommit(tx, IN_TILE));
    });

    for (const report of [database, files]) {
      expect(report.findings).toContainEqual(
        expect.objectContaining({ kind: 'rewritten', leaf: sizeOf(own[1]), until: size, where: 'own-2' }),
      );
      expect(report.findings[0]?.recordedAt).toMatch(/^2/);
    }
  });

  test('9 a hash alone', { timeout: LONG_MS }, async () => {
    const { database } = await found((tx) =>
      tx.$client.query("update audit_log_leaves set commitment = sha256('') where index = $1", [IN_TILE]),
    );

    expect(told(database)).toEqual([['hash-altered', IN_TILE, await nameOf(IN_TILE)]]);
  });

  test('9 a tile alone', { timeout: LONG_MS }, async () => {
    const { database, files } = await found((tx) => overwriteTile(tx, IN_TILE, Buffer.alloc(32, 7)));

    expect(told(database)).toEqual([['tile-altered', IN_TILE, await nameOf(IN_TILE)]]);
    expect(told(files)).toContainEqual(['changed', IN_TILE, await nameOf(IN_TILE)]);
  });
});

describe('10 the whole tree rebuilt and signed again with the real key after a change', () => {
  const forge = async (tx: Transaction): Promise<void> => {
    await change(tx, IN_TILE, 'outcome = 4');
    await rebuild(tx);
  };

  test('is found by a checkpoint of the auditor, between it and the one before', { timeout: LONG_MS }, async () => {
    const { database, files } = await found(forge);

    for (const report of [database, files]) {
      expect(report.findings).toMatchObject([{ kind: 'rewritten', leaf: sizeOf(own[1]), until: size, where: 'own-2' }]);
      expect(report.findings[0]).toMatchObject({ entry: await nameOf(sizeOf(own[1])), lastEntry: await nameOf(size - 1) });
    }
  });

  test('is named to the entry by an export from before', { timeout: LONG_MS }, async () => {
    const report = await tampering(gateway.databaseUrl, (tx) =>
      inFolder(async (folder) => {
        await writeExport(folder, await exportLines(tx));
        await forge(tx);
        await writeLog(tx, folder);
        return await auditFiles(folder, { own });
      }),
    );

    expect(told(report)).toContainEqual(['changed', IN_TILE, await nameOf(IN_TILE)]);
  });

  test('is consistent in itself: without anything from before nobody could know', { timeout: LONG_MS }, async () => {
    const { database, files } = await found(forge, []);

    expect([database.count, files.count]).toEqual([0, 0]);
    expect(database.remarks.map((it) => it.en)).toEqual([expect.stringContaining('would not be noticed')]);
  });
});

describe('11 an older checkpoint served as the newest', () => {
  test('is found by the auditor’s own, with the tree cut to it', { timeout: LONG_MS }, async () => {
    const { database, files } = await found(async (tx) => {
      await truncate(tx, sizeOf(own[0]));
    });

    for (const report of [database, files])
      expect(report.findings.map((it) => [it.kind, it.where])).toEqual([
        ['rolled-back', 'own-1'],
        ['rolled-back', 'own-2'],
      ]);
  });

  test('is found by the leaves that no checkpoint covers, where the newest alone is gone', { timeout: LONG_MS }, async () => {
    const { database } = await found((tx) => tx.$client.query('delete from audit_log_checkpoints where size = $1', [size]), []);

    expect(database.findings).toMatchObject([{ kind: 'checkpoint-missing', leaf: sizeOf(own[1]), until: size }]);
  });

  test('is found where the file alone was swapped', { timeout: LONG_MS }, async () => {
    const report = await tampering(gateway.databaseUrl, (tx) =>
      inFolder(async (folder) => {
        await writeLog(await truncated(tx, sizeOf(own[1])), folder);
        await copyFile(join(folder, 'log', 'checkpoint'), join(folder, 'old'));
        await tx.$client.query('rollback to whole');
        await giveOut(tx, folder);
        await copyFile(join(folder, 'old'), join(folder, 'log', 'checkpoint'));
        return await auditFiles(folder, { own });
      }),
    );

    expect(report.findings).toContainEqual(
      expect.objectContaining({ kind: 'rolled-back', leaf: sizeOf(own[1]), until: size, where: 'own-2' }),
    );
    expect(report.cover.unsigned).toBe(size - sizeOf(own[1]));
  });
});

describe('what is done to the export', () => {
  test.for<[string, (lines: readonly string[]) => readonly string[], readonly string[]]>([
    ['4 a line deleted', (it) => it.toSpliced(100, 1), ['missing']],
    ['5 the newest lines deleted', (it) => it.slice(10), ['missing']],
    ['5 the oldest lines deleted', (it) => it.slice(0, -10), ['missing']],
    ['7 two lines exchanged', (it) => it.toSpliced(100, 2, it[101] as string, it[100] as string), ['reordered']],
    ['7 the places of two lines exchanged', swapPlaces, ['misplaced']],
    ['8 a line doubled', (it) => it.toSpliced(100, 0, it[100] as string), ['doubled']],
    ['6 a line invented', (it) => it.toSpliced(100, 0, (it[100] as string).replace(/,"leaf":.*$/m, '}')), ['doubled']],
    [
      'a member that no hash covers',
      (it) => it.toSpliced(100, 1, (it[100] as string).replace('{', '{"note":"x",')),
      ['missing', 'unreadable'],
    ],
  ])('%s, with an end that fits', { timeout: LONG_MS }, async ([, tamper, expected]) => {
    const report = await tampering(gateway.databaseUrl, (tx) =>
      inFolder(async (folder) => {
        await writeLog(tx, folder);
        await writeExport(folder, tamper(await exportLines(tx)));
        return await auditFiles(folder, { own });
      }),
    );

    expect(kinds(report)).toEqual(expected);
  });

  test('a file that was cut, and one with a letter changed, no longer fit their end', { timeout: LONG_MS }, async () => {
    const [cut, changed] = await tampering(gateway.databaseUrl, (tx) =>
      inFolder(async (folder) => {
        await giveOut(tx, folder);
        const text = await readFile(join(folder, EXPORT), 'utf8');
        await rewrite(folder, text.slice(0, text.length / 2));
        const first = await auditFiles(folder, { own });
        await rewrite(folder, text.replace('"purpose":"TREAT"', '"purpose":"ETREAT"'));
        return [first, await auditFiles(folder, { own })];
      }),
    );

    expect(kinds(cut as AuditReport)).toEqual(['missing', 'truncated', 'unreadable']);
    expect(kinds(changed as AuditReport)).toEqual(['changed', 'checksum-wrong']);
  });
});

async function rewrite(folder: string, text: string): Promise<void> {
  await writeFile(join(folder, EXPORT), text);
}

/** Cuts everything that is kept of the log to the state it had at this size. */
async function truncate(tx: Transaction, to: number): Promise<void> {
  await removeFrom(tx, to, size);
  await tx.$client.query('delete from audit_log_leaves where index >= $1', [to]);
  await tx.$client.query('delete from audit_log_checkpoints where size > $1', [to]);
  await tx.$client.query('delete from audit_log_tiles where level > 0 or (index + 1) * 256 > $1', [to]);
}

/** The same, to be taken back by `rollback to whole`. */
async function truncated(tx: Transaction, to: number): Promise<Transaction> {
  await tx.$client.query('savepoint whole');
  await truncate(tx, to);
  return tx;
}

/** Exchanges what two rows say of who looked and what was shown. */
async function exchange(tx: Transaction, one: number, other: number): Promise<void> {
  await tx.$client.query(
    `with both_rows as (
       select l.index, a.* from access_log as a join audit_log_leaves as l on l.recorded_at = a.recorded_at and l.entry = a.id
        where l.index in ($1, $2))
     update access_log set practitioner_value = o.practitioner_value, entities = o.entities
       from both_rows as s, both_rows as o
      where s.index <> o.index and access_log.recorded_at = s.recorded_at and access_log.id = s.id`,
    [one, other],
  );
}

/** Exchanges the numbers of the leaves of two lines. */
function swapPlaces(lines: readonly string[]): readonly string[] {
  const place = (line: string | undefined): string => /"leaf":\{"index":\d+/.exec(line ?? '')?.[0] ?? '';
  const [one = '', other = ''] = lines.slice(100, 102);
  return lines.toSpliced(100, 2, one.replace(place(one), place(other)), other.replace(place(other), place(one)));
}
