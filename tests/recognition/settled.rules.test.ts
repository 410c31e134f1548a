import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import { NATIONAL_2022 } from '../../src/catalogue/rules/find-rule-set.ts';
import type { Candidate } from '../../src/recognition/candidate.rules.ts';
import { countSettled, type NewestFact, settleItems } from '../../src/recognition/settled.rules.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);

const ITEM: CatalogueItem = {
  code: 'K',
  kind: 'laboratory',
  nameZh: '钾',
  nameEn: 'Potassium',
  loinc: null,
  unit: null,
  specimenOrBodyPart: null,
  modality: null,
  windowMinutes: 1_440,
  windowBasis: 'sampled',
  windowWithoutTreatment: false,
  negative: null,
  originalsRequired: false,
  sensitivity: null,
  panels: [],
};

const CANDIDATE: Candidate = {
  reference: 'Observation/1',
  report: 'DiagnosticReport/1',
  institution: 2,
  level: 3,
  alliances: [],
  statuses: ['final', 'final'],
  hasValue: true,
  performedAt: ago(1),
  reportedAt: ago(1),
  mark: {
    certificate: {
      id: 'hr-1',
      institution: 2,
      item: 'K',
      scheme: 'Test',
      scope: { kind: 'nation', code: '' },
      mark: '全国HR',
      score: null,
      validFrom: new Date(0),
      validUntil: NOW,
      withdrawnFrom: null,
    },
  },
  unit: 'comparable',
  originals: 'not-needed',
  treatedSince: 'unknown',
};

const SITUATION = {
  now: NOW,
  rules: NATIONAL_2022,
  receiver: { institution: 1, level: 3, alliances: [] },
  permission: { categories: ['laboratory' as const], sensitivities: [] },
  identityDoubt: false,
  hasOwn: false,
};

const OLDER = { count: 3, doubtful: 0, lastAt: ago(2), isMixed: false };
const fact = (candidate: Partial<Candidate> = {}, older: Partial<NewestFact<Candidate>['older']> = {}): NewestFact<Candidate> => ({
  candidate: { ...CANDIDATE, ...candidate },
  older: { ...OLDER, ...older },
});
const count = (newest: readonly NewestFact<Candidate>[], item: Partial<CatalogueItem> = {}, hasOwn = false) =>
  countSettled({ code: 'K', item: { ...ITEM, ...item } }, newest, { ...SITUATION, hasOwn });

test.for<[string, number | undefined, number | undefined]>([
  ['a newest result that may be recognised, and older ones', count([fact()]), 3],
  ['the newest results of two institutions', count([fact(), fact({ institution: 3, reference: 'Observation/2' }, { count: 2 })]), 5],
  ['no older ones', count([fact({}, { count: 0, lastAt: null })]), 0],
  ['an older one of the same moment', count([fact({}, { lastAt: ago(1) })]), undefined],
  ['an older one of a moment before', count([fact({}, { lastAt: new Date(ago(1).getTime() - 1) })]), 3],
  [
    'an older one of another institution that is newer',
    count([fact(), fact({ institution: 3, performedAt: ago(30) }, { lastAt: ago(0) })]),
    undefined,
  ],
  ['older ones without a time', count([fact({}, { lastAt: null })]), undefined],
  ['an older one that may say nothing', count([fact({}, { doubtful: 1 })]), undefined],
  ['reports among measurements', count([fact({}, { isMixed: true })]), undefined],
  ['two codes at one institution, which may be one result', count([fact(), fact()]), undefined],
  ['a newest result that is stale', count([fact({ performedAt: ago(25) }, { lastAt: ago(26) })]), undefined],
  ['a newest result that was taken back', count([fact({ statuses: ['entered-in-error'] })]), undefined],
  ['a window that counts from the report', count([fact()], { windowBasis: 'reported' }), undefined],
  ['an item that may not be looked at', count([fact({}, { doubtful: 1 })], { kind: 'imaging' }), 0],
  ['nothing at all', count([]), 0],
  ['nothing but what the asking institution has itself', count([], {}, true), undefined],
])('%s', ([, counted, expected]) => {
  expect(counted).toBe(expected);
});

test('an item that the edition does not have is settled', () => {
  expect(countSettled({ code: 'X', item: undefined }, [], SITUATION)).toBe(0);
});

test('a panel is settled where one report answers all of its members, else none of them is', () => {
  const member = (code: string, report: string) => ({ code, item: { ...ITEM, code }, newest: [fact({ report })] });
  const settle = (...reports: readonly string[]) =>
    Object.fromEntries(settleItems([reports.map((it, index) => member(`M${index}`, it)), [member('K', 'R9')]], SITUATION));

  expect(settle('R1', 'R1')).toEqual({ M0: 3, M1: 3, K: 3 });
  expect(settle('R1', 'R2')).toEqual({ K: 3 });
});

test('an item that is asked for by itself stays open where its panel is', () => {
  const member = (code: string, report: string) => ({ code, item: { ...ITEM, code }, newest: [fact({ report })] });

  expect([...settleItems([[member('A', 'R1')], [member('A', 'R1'), member('B', 'R2')]], SITUATION)]).toEqual([]);
});
