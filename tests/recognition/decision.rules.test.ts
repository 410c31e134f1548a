import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reason } from '../../src/catalogue/reasons/find-reasons.ts';
import type { ItemAnswer } from '../../src/recognition/check.schema.ts';
import {
  type Entry,
  faultsOfEntries,
  type ItemEntry,
  type SourceEntry,
  spreadEntries,
  unansweredItems,
} from '../../src/recognition/decision.rules.ts';

const [FIRST, OTHER, STALE] = ['11500000MB1670604W', '12330000470051726F', '12500112MB0TEST01X'] as const;
const candidate = {
  report: 'DiagnosticReport/1',
  reportVersion: 1,
  result: 'Observation/1',
  reportStatus: 'final',
  source: { uscc: FIRST, name: '甲医院', level: 3 },
};
const ITEMS: readonly ItemAnswer[] = [
  { item: 'WBC', verdict: 'recognisable', reasons: [], others: 0, candidate },
  { item: 'HGB', verdict: 'recognisable', reasons: [], others: 0, candidate },
  { item: 'PLT', verdict: 'reference-only', reasons: [], others: 0, candidate },
  { item: 'ALT', verdict: 'none', reasons: [], others: 0 },
  { item: 'K', verdict: 'recognisable', reasons: [], others: 0, candidate: { ...candidate, source: { ...candidate.source, uscc: OTHER } } },
  {
    item: 'NA',
    verdict: 'reference-only',
    reasons: [],
    others: 0,
    candidate: { ...candidate, source: { ...candidate.source, uscc: STALE } },
  },
];
const REASONS: readonly Reason[] = [
  { code: '2', textZh: '变化较快', textEn: 'Changes quickly', countsAsDenial: true, noteRequired: false },
  { code: '6', textZh: '其他情形', textEn: 'Other', countsAsDenial: true, noteRequired: true },
];

const yes = (item: string, more: Partial<ItemEntry> = {}): ItemEntry => ({ item, decision: 'recognised', ...more });
const no = (item: string, more: Partial<ItemEntry> = {}): ItemEntry => ({ item, decision: 'not-recognised', ...more });
const all = (uscc: string, more: Partial<SourceEntry> = {}): SourceEntry => ({ source: { uscc }, decision: 'recognised', ...more });

test.for<[string, readonly Entry[], readonly string[]]>([
  ['what may be recognised is recognised', [yes('WBC')], []],
  ['what is for reference only cannot be recognised', [yes('PLT')], ['decisions[0].decision']],
  ['what is for reference only can be refused', [no('PLT', { reason: '2' })], []],
  ['an item without a prior result', [no('ALT', { reason: '2' })], ['decisions[0].item']],
  ['an item the check was not asked for', [yes('RBC')], ['decisions[0].item']],
  ['one item twice', [yes('WBC'), yes('HGB'), yes('WBC')], ['decisions[2].item']],
  ['a refusal without a reason', [no('WBC')], ['decisions[0].reason']],
  ['a refusal with a reason', [no('WBC', { reason: '2' })], []],
  ['a reason of no list', [no('WBC', { reason: '7' })], ['decisions[0].reason']],
  ['a reason that needs a text, without one', [no('WBC', { reason: '6' })], ['decisions[0].reasonText']],
  ['… with blanks for a text', [no('WBC', { reason: '6', reasonText: '  ' })], ['decisions[0].reasonText']],
  ['… with a text', [no('WBC', { reason: '6', reasonText: '拟行手术' })], []],
  ['a text where none is needed', [no('WBC', { reason: '2', reasonText: '拟行手术' })], []],
  ['a reason for recognising', [yes('WBC', { reason: '2' })], ['decisions[0].reason']],
  ['a text for recognising', [yes('WBC', { reasonText: '好' })], ['decisions[0].reasonText']],
  ['all that one institution issued', [all(FIRST)], []],
  ['its code in small letters', [all(FIRST.toLowerCase())], []],
  ['two institutions', [all(FIRST), all(OTHER)], []],
  ['one institution twice', [all(FIRST), all(OTHER), all(FIRST)], ['decisions[2].source']],
  ['an institution beside one of its items', [all(FIRST), no('WBC', { reason: '2' })], []],
  ['an institution that has shown nothing', [all('11500000000000000X')], ['decisions[0].source.uscc']],
  ['an institution whose results are all for reference only', [all(STALE)], ['decisions[0].decision']],
  ['… refused', [all(STALE, { decision: 'not-recognised', reason: '2' })], []],
  ['an institution refused without a reason', [all(FIRST, { decision: 'not-recognised' })], ['decisions[0].reason']],
  ['an institution recognised with a reason', [all(FIRST, { reason: '2' })], ['decisions[0].reason']],
  [
    'every fault is told at once',
    [yes('PLT'), no('WBC'), yes('ALT')],
    ['decisions[0].decision', 'decisions[1].reason', 'decisions[2].item'],
  ],
])('%s', ([, answers, paths]) => {
  expect(faultsOfEntries(answers, ITEMS, REASONS).map((it) => it.path)).toEqual(paths);
});

test.for<[string, readonly Entry[], readonly string[]]>([
  ['single items stay as they are', [no('PLT', { reason: '2' }), yes('WBC')], ['PLT no [0]', 'WBC yes [1]']],
  ['of an institution what is recognisable is recognised', [all(FIRST)], ['WBC yes [0]', 'HGB yes [0]']],
  [
    'of an institution everything is refused',
    [all(FIRST, { decision: 'not-recognised', reason: '2' })],
    ['WBC no [0]', 'HGB no [0]', 'PLT no [0]'],
  ],
  ['an item named after its institution is answered as named', [all(FIRST), no('WBC', { reason: '2' })], ['HGB yes [0]', 'WBC no [1]']],
  ['an item named before its institution as well', [no('WBC', { reason: '2' }), all(FIRST)], ['WBC no [0]', 'HGB yes [1]']],
  ['institutions do not take from each other', [all(OTHER), all(FIRST)], ['K yes [0]', 'WBC yes [1]', 'HGB yes [1]']],
])('%s', ([, entries, answers]) => {
  const shown = spreadEntries(entries, ITEMS).map(
    (it) => `${it.item} ${it.decision === 'recognised' ? 'yes' : 'no'} ${it.path.slice('decisions'.length)}`,
  );
  expect(shown).toEqual(answers);
});

test('a reason goes with every item of an institution, a text of blanks with none', () => {
  const entry = all(FIRST, { decision: 'not-recognised', reason: '6', reasonText: ' 拟行手术 ' });

  expect(spreadEntries([entry], ITEMS).map((it) => `${it.reason} ${it.reasonText}`)).toEqual(Array(3).fill('6 拟行手术'));
  expect(spreadEntries([{ ...entry, reasonText: '  ' }], ITEMS).some((it) => 'reasonText' in it)).toBe(false);
});

/** Any set of entries, without or with faults. */
const entries = fc.array(
  fc.oneof(
    fc.constantFrom('WBC', 'HGB', 'PLT', 'K', 'NA').map((item): Entry => yes(item)),
    fc.constantFrom('WBC', 'HGB', 'PLT', 'K', 'NA').map((item): Entry => no(item, { reason: '2' })),
    fc.constantFrom(FIRST, OTHER, STALE).map((uscc): Entry => all(uscc)),
    fc.constantFrom(FIRST, OTHER, STALE).map((uscc): Entry => all(uscc, { decision: 'not-recognised', reason: '2' })),
  ),
  { minLength: 1, maxLength: 6 },
);

test('entries without fault answer every item at most once, and recognise nothing that is not recognisable', () => {
  fc.assert(
    fc.property(entries, (list) => {
      fc.pre(faultsOfEntries(list, ITEMS, REASONS).length === 0);
      const answers = spreadEntries(list, ITEMS);
      const verdictOf = (item: string) => ITEMS.find((it) => it.item === item)?.verdict;

      expect(answers.length).toBeGreaterThan(0);
      expect(new Set(answers.map((it) => it.item)).size).toBe(answers.length);
      expect(answers.every((it) => it.decision === 'not-recognised' || verdictOf(it.item) === 'recognisable')).toBe(true);
    }),
  );
});

test('what showed a result and has no answer is unanswered; where nothing was shown there is nothing to answer', () => {
  expect(unansweredItems(ITEMS, new Set(['WBC', 'K']))).toEqual(['HGB', 'PLT', 'NA']);
});
