import type { Certificate } from '../../src/catalogue/certificates/find-certificates.ts';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import type { RuleSet } from '../../src/catalogue/rules/rule-set.ts';
import type { Candidate, Situation } from '../../src/recognition/candidate.rules.ts';
import { LEUKOCYTES } from '../../src/recognition/decision-examples.ts';
import { CATEGORIES } from '../../src/resources/category.ts';
import { SENSITIVITIES } from '../../src/resources/sensitivity.ts';

export const NOW = new Date('2026-03-10T04:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const before = (ms: number) => new Date(NOW.getTime() - ms);

/** Rules with every switch at its strictest but for the level rule and own results, which are told apart by their own tests. */
export const RULES: RuleSet = {
  code: 'test',
  version: 'test.1',
  titleZh: '测试规则',
  titleEn: 'Rules of a test',
  source: '国卫医发〔2022〕6号',
  hrMarkRequired: true,
  acceptedScopes: ['nation', 'province'],
  levelRule: 'none',
  ownHospital: { recognised: false, exclusionHours: 0 },
  lookBackMinutes: { laboratory: 43_200, imaging: 129_600, ecg: 43_200, pathology: 43_200 },
  windows: null,
  citationHours: 24,
  refuseOnIdentityDoubt: true,
  reasonList: 'national-2022',
};

export const wbc: CatalogueItem = LEUKOCYTES;
export const alt: CatalogueItem = {
  ...wbc,
  code: 'ALT',
  nameZh: '丙氨酸氨基转移酶(ALT)',
  nameEn: 'Alanine aminotransferase',
  windowMinutes: null,
};
export const chest: CatalogueItem = {
  ...wbc,
  code: 'CT-CHEST-PLAIN',
  kind: 'imaging',
  unit: null,
  windowMinutes: null,
  windowBasis: 'examined',
};
export const biopsy: CatalogueItem = {
  ...wbc,
  code: 'PATH-BIOPSY',
  kind: 'pathology',
  unit: null,
  windowMinutes: null,
  windowBasis: 'reported',
};
export const hiv: CatalogueItem = { ...alt, code: 'HIV-AB', sensitivity: 'HIV' };

export const OWN = 1;
export const OTHER = 2;

export const certificate: Certificate = {
  id: 'cert-1',
  institution: OTHER,
  item: 'WBC',
  scheme: '2026 全国室间质评',
  scope: { kind: 'nation', code: '' },
  mark: '全国HR',
  score: 96,
  validFrom: before(100 * DAY),
  validUntil: before(-100 * DAY),
  withdrawnFrom: null,
};

/** A result that breaks no rule. */
export const good: Candidate = {
  reference: 'Observation/a',
  report: 'DiagnosticReport/a',
  institution: OTHER,
  level: 3,
  alliances: [],
  statuses: ['final', 'final'],
  hasValue: true,
  performedAt: before(60 * MINUTE),
  reportedAt: before(30 * MINUTE),
  mark: { certificate },
  unit: 'comparable',
  originals: 'not-needed',
  treatedSince: 'unknown',
};

export interface SituationWish extends Partial<Omit<Situation, 'rules' | 'receiver'>> {
  readonly rules?: Partial<RuleSet>;
  readonly receiver?: Partial<Situation['receiver']>;
}

/** A hospital of level 3 that may see everything. */
export function situation({ rules, receiver, ...more }: SituationWish = {}): Situation {
  return {
    now: NOW,
    rules: { ...RULES, ...rules },
    receiver: { institution: OWN, level: 3, alliances: [], ...receiver },
    permission: { categories: CATEGORIES, sensitivities: SENSITIVITIES },
    identityDoubt: false,
    ...more,
  };
}
