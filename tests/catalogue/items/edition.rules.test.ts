import { describe, expect, test } from 'vitest';
import { type EditionHead, faultsOfDay, faultsOfHead } from '../../../src/catalogue/items/edition.rules.ts';

const head: EditionHead = { edition: 'yubei-2027', title: '渝北区互认目录', effectiveFrom: '2027-01-01' };

test.for<[string, Partial<EditionHead>, readonly string[]]>([
  ['all is well', {}, []],
  ['a name of 64 characters', { edition: 'a'.repeat(64) }, []],
  ['a name of 65', { edition: 'a'.repeat(65) }, ['edition']],
  ['a name with a slash', { edition: 'a/b' }, ['edition']],
  ['no name', { edition: '' }, ['edition']],
  ['no title', { title: '' }, ['title']],
  ['a title of 201 characters', { title: '录'.repeat(201) }, ['title']],
  ['no day', { effectiveFrom: '' }, ['effectiveFrom']],
  ['a day that does not exist', { effectiveFrom: '2027-02-30' }, ['effectiveFrom']],
  ['a moment instead of a day', { effectiveFrom: '2027-01-01T00:00:00+08:00' }, ['effectiveFrom']],
])('the head of an edition: %s', ([, change, paths]) => {
  expect(faultsOfHead({ ...head, ...change }, (it) => it).map((it) => it.path)).toEqual(paths);
});

describe('the day of an edition', () => {
  const TODAY = '2026-11-27';
  const inForce = { ...head, edition: 'now', effectiveFrom: '2025-09-01' };
  const planned = { ...head, edition: 'planned', effectiveFrom: '2027-06-01' };

  test.for<[string, string, readonly EditionHead[], boolean]>([
    ['today', TODAY, [inForce], true],
    ['yesterday', '2026-11-26', [inForce], false],
    ['before the one in force', '2025-08-31', [inForce], false],
    ['the day of the one in force', '2025-09-01', [inForce], false],
    ['the day of a planned one', '2027-06-01', [inForce, planned], false],
    ['before a planned one', '2027-05-31', [inForce, planned], true],
    ['after a planned one', '2027-06-02', [inForce, planned], true],
    ['its own former day', '2027-01-01', [inForce, { ...head, effectiveFrom: '2027-01-01' }], true],
    ['long ago, where there is none yet', '2022-03-01', [], true],
    ['long ago, where none is in force yet', '2022-03-01', [planned], true],
  ])('%s', ([, effectiveFrom, all, isRight]) => {
    expect(faultsOfDay({ ...head, effectiveFrom }, all, TODAY).map((it) => it.path)).toEqual(isRight ? [] : ['effectiveFrom']);
  });
});
