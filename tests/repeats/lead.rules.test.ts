import { expect, test } from 'vitest';
import { OUTCOMES } from '../../src/repeats/finding.rules.ts';
import { closes, isOwn, type LeadStanding, settle, takes } from '../../src/repeats/lead.rules.ts';

const A = { system: 's', value: 'A', name: '甲' };
const B = { system: 's', value: 'B', name: '乙' };
const standing = (state: LeadStanding['state'], outcome: LeadStanding['outcome'] = null, reviewer: LeadStanding['reviewer'] = null) => ({
  state,
  outcome,
  reviewer,
});

const NONE = undefined;
const OPEN = standing('open');
const HELD = standing('in-review', null, A);
const EXPLAINED = standing('closed', 'explained');
const JUSTIFIED = standing('closed', 'justified', A);

test.for<[string, LeadStanding | undefined, Record<(typeof OUTCOMES)[number], string | undefined>]>([
  ['no lead', NONE, { nothing: undefined, explained: undefined, repeated: undefined, unexplained: 'opened', withdrawn: undefined }],
  [
    'an open one',
    OPEN,
    { nothing: 'unfounded', explained: 'explained', repeated: 'repeated', unexplained: undefined, withdrawn: 'withdrawn' },
  ],
  [
    'one in review',
    HELD,
    { nothing: 'unfounded', explained: 'explained', repeated: 'repeated', unexplained: undefined, withdrawn: 'withdrawn' },
  ],
  [
    'one that facts closed',
    EXPLAINED,
    { nothing: 'unfounded', explained: undefined, repeated: 'repeated', unexplained: 'reopened', withdrawn: 'withdrawn' },
  ],
  [
    'one that a reviewer closed',
    JUSTIFIED,
    { nothing: undefined, explained: undefined, repeated: undefined, unexplained: undefined, withdrawn: undefined },
  ],
])('what a finding means for %s', ([, lead, expected]) => {
  for (const outcome of OUTCOMES) {
    const step = settle(outcome, lead);
    expect(step?.kind === 'closed' ? step.outcome : step?.kind, outcome).toBe(expected[outcome]);
  }
});

test.for<[string, LeadStanding, string, string]>([
  ['an open lead', OPEN, 'done', 'done'],
  ['a lead that A has', HELD, 'same', 'refused'],
  ['a closed lead', JUSTIFIED, 'refused', 'refused'],
  ['a lead that facts closed', EXPLAINED, 'refused', 'refused'],
])('who may take %s', ([, lead, byA, byB]) => {
  expect([takes(lead, A), takes(lead, B)]).toEqual([byA, byB]);
});

const said = { outcome: 'justified', text: '有必要' } as const;

test.for<[string, LeadStanding, string, string]>([
  ['an open lead', OPEN, 'done', 'done'],
  ['a lead that A has', HELD, 'done', 'refused'],
  ['a lead that A closed so', JUSTIFIED, 'same', 'refused'],
  ['a lead that facts closed', EXPLAINED, 'refused', 'refused'],
])('who may close %s', ([, lead, byA, byB]) => {
  const closed = { ...lead, text: lead.state === 'closed' ? '有必要' : null };
  expect([closes(closed, A, said), closes(closed, B, said)]).toEqual([byA, byB]);
});

test('a closed lead takes neither another outcome nor other words', () => {
  const closed = { ...JUSTIFIED, text: '有必要' };
  expect(closes(closed, A, { ...said, outcome: 'unjustified' })).toBe('refused');
  expect(closes(closed, A, { ...said, text: '没有必要' })).toBe('refused');
});

test('the clinician of a lead is known by system and value', () => {
  expect(isOwn({ system: 's', value: 'A' }, A)).toBe(true);
  expect(isOwn({ system: 'other', value: 'A' }, A)).toBe(false);
  expect(isOwn({ system: null, value: null }, A)).toBe(false);
});
