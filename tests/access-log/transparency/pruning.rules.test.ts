import { expect, test } from 'vitest';
import type { AccessEntry } from '../../../src/access-log/access-entry.schema.ts';
import { isInReach, isPruned, readPruning } from '../../../src/access-log/transparency/pruning.rules.ts';

const AT = Date.parse('2026-03-02T01:00:00.000Z');
const MONTH_ENDS = Date.parse('2020-01-31T16:00:00.000Z');
const MINUTE = 60_000;

const entry: AccessEntry = {
  id: '0173ac1e7b800123456789abcdef',
  recordedAt: new Date(AT).toISOString(),
  action: 'D',
  interaction: 'pruneAccessLog',
  outcome: 0,
  purpose: 'HSYSADMIN',
  reviewDue: false,
  entities: ['AccessLogMonth/2020-01', 'AuditLogLeaves/0-99', 'AuditLogLeaves/102-102'],
  requestId: 'r',
};
const pruning = readPruning(entry, 1_000);

test('a pruning is read from the entry that has it on record', () => {
  const leaves = [
    { from: 0, to: 99 },
    { from: 102, to: 102 },
  ];
  expect(pruning).toEqual({ leaf: 1_000, entry: entry.id, at: AT, month: '2020-01', monthEnds: MONTH_ENDS, leaves });
  expect(readPruning({ ...entry, interaction: 'readResource' }, 1_000)).toBeUndefined();
  expect(readPruning({ ...entry, outcome: 8 }, 1_000)).toBeUndefined();
  expect(readPruning({ ...entry, entities: [] }, 1_000)).toBeUndefined();
});

const missing = { leaf: 99, moment: MONTH_ENDS - 1, newestBefore: MONTH_ENDS - 1 };
const early = (at: number) => ({ ...(pruning as NonNullable<typeof pruning>), at });

test.for<[string, typeof missing | { leaf: number; moment: undefined; newestBefore: number }, boolean]>([
  ['a leaf it names', missing, true],
  ['the next, which it does not', { ...missing, leaf: 100 }, false],
  ['one of a second range', { ...missing, leaf: 102 }, true],
  ['one whose moment nobody knows', { ...missing, moment: undefined }, true],
  ['one of the next month', { ...missing, moment: MONTH_ENDS }, false],
  ['one just behind the border of the month', { ...missing, newestBefore: MONTH_ENDS + 60 * MINUTE - 1 }, true],
  ['one in the middle of a later month', { ...missing, newestBefore: MONTH_ENDS + 60 * MINUTE }, false],
])('a pruning explains %s: %s', ([, leaf, isExplained]) => {
  expect(isPruned(leaf, pruning ? [pruning] : [])).toBe(isExplained);
});

test('a pruning explains nothing behind it, and nothing that had to be kept still', () => {
  const kept = 180 * 24 * 60 * MINUTE;
  expect(isPruned(missing, [{ ...early(AT), leaf: 99 }])).toBe(false);
  expect(isPruned(missing, [early(MONTH_ENDS + kept)])).toBe(true);
  expect(isPruned(missing, [early(MONTH_ENDS + kept - 1)])).toBe(false);
  expect(isPruned(missing, [])).toBe(false);
});

const until = new Date(AT);
const reach = { anchored: 10, last: 50, until };

test.for<[string, Parameters<typeof isInReach>[0], boolean]>([
  ['under the checkpoint', { leaf: 9, moment: AT, newestBefore: AT }, true],
  ['above it, as young as the export', { leaf: 10, moment: AT - MINUTE, newestBefore: 0 }, false],
  ['above it, older', { leaf: 10, moment: AT - MINUTE - 1, newestBefore: AT }, true],
  ['in front of the last line, behind older ones', { leaf: 49, moment: undefined, newestBefore: AT - MINUTE - 1 }, true],
  ['in front of the last line, behind young ones', { leaf: 49, moment: undefined, newestBefore: AT - MINUTE }, false],
  ['behind the last line', { leaf: 51, moment: undefined, newestBefore: 0 }, false],
])('an export ought to have an entry %s', ([, leaf, isRequired]) => {
  expect(isInReach(leaf, reach)).toBe(isRequired);
});

test('an export that does not say until when ought to have all in front of its last line', () => {
  expect(isInReach({ leaf: 49, moment: undefined, newestBefore: AT }, { ...reach, until: undefined })).toBe(true);
});
