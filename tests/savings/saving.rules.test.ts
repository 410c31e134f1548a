import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PostedSaving, savingsOf } from '../../src/savings/saving.rules.ts';

const PANELS: Readonly<Record<string, readonly string[]>> = { CBC: ['WBC', 'HGB'], TWIN: ['WBC', 'HGB'], LIVER: ['HGB', 'ALT'] };
const PRICES: Readonly<Record<string, number>> = { CBC: 2_000, TWIN: 2_500, LIVER: 3_000, WBC: 1_500, HGB: 900, ALT: 700 };

const claim = (item: string, amountFen = PRICES[item] ?? 0) => ({ item, members: PANELS[item] ?? [], price: { amountFen } });
const posted = (item: string, but: Partial<PostedSaving> = {}): PostedSaving => ({
  item,
  members: PANELS[item] ?? [],
  amountFen: PRICES[item] ?? 0,
  isReversed: false,
  isOfVisit: true,
  ...but,
});
const amountsOf = (items: readonly string[], before: readonly PostedSaving[] = []) =>
  savingsOf(
    items.map((it) => claim(it)),
    before,
  ).map(({ claim: { item }, amountFen }) => `${item} ${amountFen}`);

describe('what a visit saves beside what it saved before', () => {
  test.for<[string, readonly string[], readonly PostedSaving[], readonly string[]]>([
    ['an item, nothing before', ['WBC'], [], ['WBC 1500']],
    ['an item again', ['WBC'], [posted('WBC')], []],
    ['an item after its panel', ['WBC'], [posted('CBC')], []],
    ['an item after a panel without it', ['ALT'], [posted('CBC')], ['ALT 700']],
    ['a panel after one of its members', ['CBC'], [posted('WBC')], ['CBC 500']],
    ['a panel after all of its members', ['CBC'], [posted('WBC'), posted('HGB')], []],
    ['a panel after another one of the same members', ['TWIN'], [posted('CBC')], []],
    ['a panel after one that shares a member', ['LIVER'], [posted('CBC')], ['LIVER 1000']],
    ['a panel after what cost more than it', ['CBC'], [posted('WBC', { amountFen: 2_001 })], ['CBC 0']],
    ['a panel after what cost as much', ['CBC'], [posted('WBC', { amountFen: 2_000 })], ['CBC 0']],
    ['a panel after a member that was taken back', ['CBC'], [posted('WBC', { isReversed: true })], ['CBC 2000']],
    ['an item after its panel was taken back', ['WBC'], [posted('CBC', { isReversed: true })], ['WBC 1500']],
    ['a panel and its members at once', ['WBC', 'CBC', 'HGB'], [], ['CBC 2000']],
    ['two panels at once that share a member', ['LIVER', 'CBC'], [], ['CBC 2000', 'LIVER 1000']],
  ])('%s', ([, items, before, expected]) => {
    expect(amountsOf(items, before)).toEqual(expected);
  });
});

test('the round counts the savings of the very item and visit that were taken back', () => {
  const before = [
    posted('WBC', { isReversed: true }),
    posted('WBC', { isReversed: true }),
    posted('WBC', { isReversed: true, isOfVisit: false }),
    posted('CBC', { isReversed: true }),
  ];

  expect(savingsOf([claim('WBC'), claim('HGB')], before).map(({ claim: { item }, round }) => `${item} ${round}`)).toEqual([
    'HGB 0',
    'WBC 2',
  ]);
});

test('whatever is recognised in whatever order, a visit saves no more than the panels and items that stand cost, and no item twice', () => {
  const anItem = fc.constantFrom(...Object.keys(PRICES));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(anItem, { maxLength: 4 }), fc.nat({ max: 3 })), { maxLength: 8 }), (steps) => {
      let ledger: PostedSaving[] = [];
      for (const [items, takenBack] of steps) {
        const posting = savingsOf(
          items.map((it) => claim(it)),
          ledger,
        );
        ledger.push(...posting.map(({ claim: { item }, amountFen }) => posted(item, { amountFen })));
        ledger = ledger.map((it, index) => (takenBack > 0 && index % 4 === takenBack ? { ...it, isReversed: true } : it));
      }
      const standing = ledger.filter((it) => !it.isReversed);
      const total = standing.reduce((sum, it) => sum + it.amountFen, 0);
      expect(total).toBeLessThanOrEqual(standing.reduce((sum, it) => sum + (PRICES[it.item] ?? 0), 0));
      expect(new Set(standing.map((it) => it.item)).size).toBe(standing.length);
      expect(standing.every((it) => it.amountFen >= 0)).toBe(true);
    }),
  );
});

test('a panel and its members come to the price of the panel, whichever comes first', () => {
  const first = savingsOf([claim('WBC')], []).map((it) => it.amountFen);
  const then = savingsOf([claim('CBC')], [posted('WBC')]).map((it) => it.amountFen);
  const panelFirst = savingsOf([claim('CBC')], []).map((it) => it.amountFen);

  expect([...first, ...then].reduce((sum, it) => sum + it, 0)).toBe(panelFirst[0]);
});
