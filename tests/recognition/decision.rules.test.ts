import { expect, test } from 'vitest';
import type { Reason } from '../../src/catalogue/reasons/find-reasons.ts';
import type { ItemAnswer } from '../../src/recognition/check.schema.ts';
import { type Answer, faultsOfAnswers, isCitationTime } from '../../src/recognition/decision.rules.ts';

const candidate = {
  report: 'DiagnosticReport/1',
  reportVersion: 1,
  result: 'Observation/1',
  reportStatus: 'final',
  source: { uscc: '11500000MB1670604W', name: '甲医院', level: 3 },
};
const ITEMS: readonly ItemAnswer[] = [
  { item: 'WBC', verdict: 'recognisable', reasons: [], others: 0, candidate },
  { item: 'HGB', verdict: 'recognisable', reasons: [], others: 0, candidate },
  { item: 'PLT', verdict: 'reference-only', reasons: [], others: 0, candidate },
  { item: 'ALT', verdict: 'none', reasons: [], others: 0 },
];
const REASONS: readonly Reason[] = [
  { code: '2', textZh: '变化较快', textEn: 'Changes quickly', countsAsDenial: true, noteRequired: false },
  { code: '6', textZh: '其他情形', textEn: 'Other', countsAsDenial: true, noteRequired: true },
];

const yes = (item: string, more: Partial<Answer> = {}): Answer => ({ item, decision: 'recognised', ...more });
const no = (item: string, more: Partial<Answer> = {}): Answer => ({ item, decision: 'not-recognised', ...more });

test.for<[string, readonly Answer[], readonly string[]]>([
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
  [
    'every fault is told at once',
    [yes('PLT'), no('WBC'), yes('ALT')],
    ['decisions[0].decision', 'decisions[1].reason', 'decisions[2].item'],
  ],
])('%s', ([, answers, paths]) => {
  expect(faultsOfAnswers(answers, ITEMS, REASONS).map((it) => it.path)).toEqual(paths);
});

const DECIDED = new Date('2026-03-01T00:00:00Z');
const NOW = new Date('2026-03-05T00:00:00Z');

test.for<[string, string, boolean]>([
  ['a day before the decision', '2026-02-28T00:00:00.000Z', true],
  ['more than a day before the decision', '2026-02-27T23:59:59.999Z', false],
  ['between decision and now', '2026-03-02T00:00:00Z', true],
  ['a day ahead', '2026-03-06T00:00:00.000Z', true],
  ['more than a day ahead', '2026-03-06T00:00:00.001Z', false],
])('a citation %s', ([, at, possible]) => {
  expect(isCitationTime(new Date(at), DECIDED, NOW)).toBe(possible);
});
