import { expect, test } from 'vitest';
import { REASON_CODES } from '../../src/recognition/reason.rules.ts';
import type { ReasonContext } from '../../src/recognition/reason-sources.ts';
import { explainReason } from '../../src/recognition/reason-texts.ts';
import { before, DAY, NOW, RULES, wbc } from '../support/verdict-facts.ts';

const full: ReasonContext = {
  now: NOW,
  edition: 'list-7',
  rules: RULES,
  receiverLevel: 3,
  item: { ...wbc, negative: { zh: '变化快', en: 'changes fast' }, sensitivity: 'HIV' },
  window: { minutes: 360, basis: 'sampled', withoutTreatment: true, source: 'edition' },
  performedAt: before(DAY),
  missing: [{ nameZh: '血红蛋白', nameEn: 'Haemoglobin' }],
};
const bare: ReasonContext = {
  ...full,
  edition: null,
  receiverLevel: null,
  item: undefined,
  window: undefined,
  performedAt: undefined,
  missing: [],
};

test.for(REASON_CODES.flatMap((it) => [full, bare].map((context) => [it, context] as const)))(
  '%s says what it is, where it comes from and what would have to change',
  ([code, context]) => {
    const shown = explainReason(code, context);

    expect(shown.code).toBe(code);
    for (const text of [shown.textZh, shown.textEn, shown.source, shown.remedyZh, shown.remedyEn]) {
      expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
      expect(text.length).toBeGreaterThan(3);
    }
    expect(shown.textZh + shown.remedyZh).toMatch(/[\u4e00-\u9fff]/);
  },
);

test.for<[string, Partial<ReasonContext>, string]>([
  ['the edition names the window', {}, 'edition:list-7 WBC.windowMinutes'],
  [
    'the region does',
    { window: { minutes: 360, basis: 'sampled', withoutTreatment: false, source: 'region' } },
    'rules:test.1 windows (国卫医发〔2022〕6号)',
  ],
  [
    'nobody does',
    { window: { minutes: 360, basis: 'sampled', withoutTreatment: false, source: 'look-back' } },
    'rules:test.1 lookBackMinutes (国卫医发〔2022〕6号)',
  ],
])('where staleness comes from: %s', ([, context, source]) => {
  expect(explainReason('stale', { ...full, ...context }).source).toBe(source);
});

test('what would have to change names times, scopes and members', () => {
  expect(explainReason('stale', full).remedyEn).toBe('A result sampled at 2026-03-10 06:00 (Beijing) or later.');
  expect(explainReason('certificate-lapsed', full).remedyEn).toBe('A certificate that covers 2026-03-09 12:00 (Beijing).');
  expect(explainReason('scope-mismatch', full).remedyZh).toContain('全国、省级');
  expect(explainReason('panel-incomplete', full).remedyZh).toContain('血红蛋白');
  expect(explainReason('level-rule', full).remedyEn).toContain('level 3');
});
