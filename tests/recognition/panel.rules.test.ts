import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import type { Candidate } from '../../src/recognition/candidate.rules.ts';
import { judgeItems, judgePanel } from '../../src/recognition/panel.rules.ts';
import { alt, before, DAY, good, HOUR, hiv, MINUTE, OWN, type SituationWish, situation, wbc } from '../support/verdict-facts.ts';

const count: CatalogueItem = { ...wbc, code: 'CBC', nameZh: '血常规', nameEn: 'Blood count', loinc: '58410-2', unit: null };
const hgb: CatalogueItem = { ...wbc, code: 'HGB', nameZh: '血红蛋白', nameEn: 'Haemoglobin' };
const plt: CatalogueItem = { ...wbc, code: 'PLT', nameZh: '血小板', nameEn: 'Platelets' };

/** A result of an item in a report, good but for what is said. */
const result = (report: string, item: CatalogueItem, more: Partial<Candidate> = {}): Candidate => ({
  ...good,
  reference: `Observation/${report}-${item.code}`,
  report: `DiagnosticReport/${report}`,
  ...more,
});

function judge(
  results: readonly (readonly [CatalogueItem, ...Candidate[]])[],
  { panel = count, when }: { panel?: CatalogueItem; when?: SituationWish } = {},
) {
  const members = results.map(([item, ...candidates]) => ({ code: item.code, item, candidates }));
  return judgePanel({ code: panel.code, item: panel, members }, situation(when));
}

const reportsOf = (verdict: ReturnType<typeof judge>) => verdict.members.map((it) => it.best?.candidate.report.slice(-1));

test('all members in one report: the panel is recognisable, and names its members', () => {
  const verdict = judge([
    [wbc, result('a', wbc)],
    [hgb, result('a', hgb)],
  ]);

  expect(verdict).toMatchObject({ verdict: 'recognisable', reasons: [], missing: [], others: 0 });
  expect(verdict.members.map((it) => [it.code, it.verdict])).toEqual([
    ['WBC', 'recognisable'],
    ['HGB', 'recognisable'],
  ]);
  expect(verdict.best?.candidate.report).toBe('DiagnosticReport/a');
});

test('members from several reports: recognisable as well', () => {
  const verdict = judge([
    [wbc, result('a', wbc)],
    [hgb, result('b', hgb)],
  ]);
  expect(verdict.verdict).toBe('recognisable');
  expect(reportsOf(verdict)).toEqual(['a', 'b']);
});

test('one report that answers all goes before newer ones that answer a part', () => {
  const verdict = judge([
    [wbc, result('a', wbc), result('b', wbc, { performedAt: before(MINUTE) })],
    [hgb, result('a', hgb)],
    [plt, result('a', plt), result('c', plt, { performedAt: before(MINUTE) })],
  ]);
  expect(reportsOf(verdict)).toEqual(['a', 'a', 'a']);
  expect(verdict.others).toBe(2);
});

test('of two reports that answer all, the newer', () => {
  const newer = { performedAt: before(MINUTE) };
  const verdict = judge([
    [wbc, result('a', wbc), result('b', wbc, newer)],
    [hgb, result('a', hgb), result('b', hgb, newer)],
  ]);
  expect(reportsOf(verdict)).toEqual(['b', 'b']);
});

test('what the first report lacks comes from the next', () => {
  const verdict = judge([
    [wbc, result('a', wbc)],
    [hgb, result('a', hgb), result('b', hgb, { performedAt: before(MINUTE) })],
    [plt, result('b', plt)],
  ]);
  expect(verdict.verdict).toBe('recognisable');
  // Both answer two; the one with the newest result goes first.
  expect(reportsOf(verdict)).toEqual(['a', 'b', 'b']);
  expect(verdict.best?.candidate.report).toBe('DiagnosticReport/b');
});

test('a member that is not recognisable makes the panel one to read, and is named', () => {
  const verdict = judge([[wbc, result('a', wbc)], [hgb, result('a', hgb, { performedAt: before(DAY) })], [plt]]);
  expect(verdict).toMatchObject({ verdict: 'reference-only', reasons: ['panel-incomplete'], missing: ['HGB', 'PLT'] });
  expect(verdict.members.map((it) => it.reasons)).toEqual([[], ['stale'], ['no-result']]);
});

test('members that can only be read: the panel can be read', () => {
  const verdict = judge([[wbc, result('a', wbc, { mark: { reason: 'no-hr-mark' } })], [hgb]]);
  expect(verdict).toMatchObject({ verdict: 'reference-only', reasons: ['panel-incomplete'], missing: ['WBC', 'HGB'] });
});

test('no member to show: nothing, and why', () => {
  const verdict = judge([[wbc, result('a', wbc, { institution: OWN })], [hgb]]);
  expect(verdict).toMatchObject({ verdict: 'none', reasons: ['no-result', 'own-hospital'], missing: ['WBC', 'HGB'], best: undefined });
});

test('a panel on the negative list can be read, however good its members are', () => {
  const verdict = judge([[wbc, result('a', wbc)]], { panel: { ...count, negative: { zh: '变化快', en: 'changes fast' } } });
  expect(verdict).toMatchObject({ verdict: 'reference-only', reasons: ['negative-list'], missing: [] });
});

test('without consent for its kind a panel says nothing, not even by its members', () => {
  const when = { permission: { categories: ['imaging'], sensitivities: [] } } as const;
  expect(judge([[wbc, result('a', wbc)]], { when })).toMatchObject({
    verdict: 'consent-required',
    reasons: ['consent-required'],
    members: [],
  });
});

test('a sensitive member is closed by itself, and makes the panel incomplete', () => {
  const when = { permission: { categories: ['laboratory'], sensitivities: [] } } as const;
  const verdict = judge(
    [
      [wbc, result('a', wbc)],
      [hiv, result('a', hiv)],
    ],
    { when },
  );
  expect(verdict).toMatchObject({ verdict: 'reference-only', reasons: ['panel-incomplete'], missing: ['HIV-AB'] });
  expect(verdict.members[1]).toMatchObject({
    verdict: 'consent-required',
    reasons: ['sensitive-not-consented'],
    best: undefined,
    others: 0,
  });
});

test('a doubt about who is meant closes a panel where the rules refuse', () => {
  expect(judge([[wbc, result('a', wbc)]], { when: { identityDoubt: true } })).toMatchObject({
    verdict: 'none',
    reasons: ['identity-doubt'],
  });
});

test('a local code for several items is answered like a panel', () => {
  const members: readonly (readonly [CatalogueItem, ...Candidate[]])[] = [
    [wbc, result('a', wbc)],
    [alt, result('b', alt)],
  ];
  const local = judgePanel(
    { code: 'LIS-7', item: undefined, members: members.map(([item, ...candidates]) => ({ code: item.code, item, candidates })) },
    situation(),
  );
  expect(local).toMatchObject({ code: 'LIS-7', item: undefined, window: undefined, verdict: 'recognisable' });
  const closed = judgePanel(
    { code: 'LIS-7', item: undefined, members: [{ code: 'WBC', item: wbc, candidates: [result('a', wbc)] }] },
    situation({ permission: { categories: [], sensitivities: [] } }),
  );
  expect(closed).toMatchObject({ verdict: 'consent-required', reasons: ['consent-required'] });
});

test('items and panels of a question are judged in their order', () => {
  const verdicts = judgeItems(
    [
      { code: 'ALT', item: alt, candidates: [] },
      {
        code: 'CBC',
        item: count,
        members: [{ code: 'WBC', item: wbc, candidates: [result('a', wbc, { performedAt: before(6 * HOUR) })] }],
      },
      { code: 'X', item: undefined, candidates: [] },
    ],
    situation(),
  );
  expect(verdicts.map((it) => [it.code, it.verdict])).toEqual([
    ['ALT', 'none'],
    ['CBC', 'recognisable'],
    ['X', 'unknown-item'],
  ]);
});
