import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import type { Candidate } from '../../src/recognition/candidate.rules.ts';
import type { ReasonCode } from '../../src/recognition/reason.rules.ts';
import { judgeItem, type Verdict } from '../../src/recognition/verdict.rules.ts';
import {
  alt,
  before,
  biopsy,
  chest,
  DAY,
  good,
  HOUR,
  hiv,
  MINUTE,
  NOW,
  OWN,
  type SituationWish,
  situation,
  wbc,
} from '../support/verdict-facts.ts';

type Row = readonly [sentence: string, given: Given, verdict: Verdict, reasons: readonly ReasonCode[]];

interface Given {
  readonly item?: CatalogueItem | undefined;
  readonly results?: readonly Partial<Candidate>[];
  readonly when?: SituationWish;
}

/** Results are good ones but for what is said; each has a reference of its own. */
function judge({ results = [{}], when, ...given }: Given) {
  const item = 'item' in given ? given.item : wbc;
  const candidates = results.map((it, index): Candidate => ({ ...good, reference: `Observation/${index}`, ...it }));
  return judgeItem({ code: item?.code ?? 'X', item, candidates }, situation(when));
}

function holds(rows: readonly Row[]): void {
  test.for(rows)('%s', ([, given, verdict, reasons]) => {
    expect(judge(given)).toMatchObject({ verdict, reasons });
  });
}

const permission = { categories: ['laboratory', 'imaging', 'ecg', 'pathology'], sensitivities: [] } as const;

holds([
  ['a result that breaks no rule', {}, 'recognisable', []],
  ['a code the edition does not have', { item: undefined }, 'unknown-item', ['unknown-item']],
  ['nothing there', { results: [] }, 'none', ['no-result']],

  // Consent.
  [
    'no consent for its kind',
    { when: { permission: { ...permission, categories: ['imaging'] } } },
    'consent-required',
    ['consent-required'],
  ],
  ['consent for its kind alone', { when: { permission: { ...permission, categories: ['laboratory'] } } }, 'recognisable', []],
  ['a sensitive item that no permit names', { item: hiv, when: { permission } }, 'consent-required', ['sensitive-not-consented']],
  ['the same without any result', { item: hiv, results: [], when: { permission } }, 'consent-required', ['sensitive-not-consented']],
  [
    'another kind of sensitive information is named',
    { item: hiv, when: { permission: { ...permission, sensitivities: ['PSY'] } } },
    'consent-required',
    ['sensitive-not-consented'],
  ],
  ['a permit names it', { item: hiv, when: { permission: { ...permission, sensitivities: ['HIV'] } } }, 'recognisable', []],
  [
    'named, but not its category',
    { item: hiv, when: { permission: { categories: ['imaging'], sensitivities: ['HIV'] } } },
    'consent-required',
    ['consent-required'],
  ],
  [
    'neither named nor its category',
    { item: hiv, when: { permission: { categories: [], sensitivities: [] } } },
    'consent-required',
    ['consent-required', 'sensitive-not-consented'],
  ],

  // Who is meant.
  ['a doubt about who is meant, where the rules refuse', { when: { identityDoubt: true } }, 'none', ['identity-doubt']],
  ['the same without any result', { results: [], when: { identityDoubt: true } }, 'none', ['identity-doubt']],
  [
    'a doubt, where the rules let it be read',
    { when: { identityDoubt: true, rules: { refuseOnIdentityDoubt: false } } },
    'reference-only',
    ['identity-doubt'],
  ],
  ['no doubt, where the rules would refuse', { when: { rules: { refuseOnIdentityDoubt: true } } }, 'recognisable', []],

  // The window.
  ['six hours after sampling, the last minute of the window', { results: [{ performedAt: before(6 * HOUR) }] }, 'recognisable', []],
  ['a moment later', { results: [{ performedAt: before(6 * HOUR + 1) }] }, 'reference-only', ['stale']],
  ['a sampling time the source does not tell', { results: [{ performedAt: undefined }] }, 'reference-only', ['time-unknown']],
  ['no report time, where sampling counts', { results: [{ reportedAt: undefined }] }, 'recognisable', []],
  ['sampled a little ahead of our clock', { results: [{ performedAt: before(-5 * MINUTE) }] }, 'recognisable', []],
  ['no window in the edition: 30 days', { item: alt, results: [{ performedAt: before(30 * DAY) }] }, 'recognisable', []],
  ['no window, 30 days and a moment', { item: alt, results: [{ performedAt: before(30 * DAY + 1) }] }, 'reference-only', ['stale']],
  ['imaging without a window: 90 days', { item: chest, results: [{ performedAt: before(90 * DAY) }] }, 'recognisable', []],
  ['imaging, 90 days and a moment', { item: chest, results: [{ performedAt: before(90 * DAY + 1) }] }, 'reference-only', ['stale']],
  [
    'pathology counts from the report',
    { item: biopsy, results: [{ performedAt: before(60 * DAY), reportedAt: before(30 * DAY) }] },
    'recognisable',
    [],
  ],
  ['pathology, a moment later', { item: biopsy, results: [{ reportedAt: before(30 * DAY + 1) }] }, 'reference-only', ['stale']],
  ['pathology without a report time', { item: biopsy, results: [{ reportedAt: undefined }] }, 'reference-only', ['time-unknown']],

  // Treatment in between.
  ...(['yes', 'no', 'unknown'] as const).map((treatedSince): Row => {
    const given = { item: { ...wbc, windowWithoutTreatment: true }, results: [{ treatedSince }] };
    return treatedSince === 'yes'
      ? ['treated since, where the window holds only without', given, 'reference-only', ['intervention-since']]
      : [`treated since: ${treatedSince}`, given, 'recognisable', []];
  }),
  ['treated since, where the window does not mind', { results: [{ treatedSince: 'yes' }] }, 'recognisable', []],
  [
    'treated since, where no window is named',
    { item: { ...alt, windowWithoutTreatment: true }, results: [{ treatedSince: 'yes' }] },
    'recognisable',
    [],
  ],

  // The report.
  ...['final', 'amended', 'corrected', 'appended'].map(
    (it): Row => [`a report that is ${it}`, { results: [{ statuses: [it, 'final'] }] }, 'recognisable', []],
  ),
  ...['preliminary', 'registered', 'partial', 'unknown'].map(
    (it): Row => [`a report that is ${it}`, { results: [{ statuses: [it, 'final'] }] }, 'reference-only', ['not-final']],
  ),
  ['a preliminary measurement in a final report', { results: [{ statuses: ['final', 'preliminary'] }] }, 'reference-only', ['not-final']],
  ['a report entered in error', { results: [{ statuses: ['entered-in-error', 'final'] }] }, 'none', ['withdrawn']],
  ['a cancelled measurement in a final report', { results: [{ statuses: ['final', 'cancelled'] }] }, 'none', ['withdrawn']],
  ['a measurement without a value', { results: [{ hasValue: false }] }, 'none', ['no-value']],

  // Quality: the HR mark.
  ...(['no-hr-mark', 'scope-mismatch', 'certificate-lapsed'] as const).flatMap((reason): Row[] => [
    [`mark required: ${reason}`, { results: [{ mark: { reason } }] }, 'reference-only', [reason]],
    [`mark not required: ${reason}`, { results: [{ mark: { reason } }], when: { rules: { hrMarkRequired: false } } }, 'recognisable', []],
  ]),

  // Own results.
  ['a result of the asking institution itself', { results: [{ institution: OWN }] }, 'none', ['own-hospital']],
  [
    'own, where the region recognises them',
    { results: [{ institution: OWN }], when: { rules: { ownHospital: { recognised: true, exclusionHours: 0 } } } },
    'recognisable',
    [],
  ],
  [
    'own, as old as the exclusion hours',
    {
      results: [{ institution: OWN, performedAt: before(2 * HOUR) }],
      when: { rules: { ownHospital: { recognised: true, exclusionHours: 2 } } },
    },
    'none',
    ['own-hospital'],
  ],
  [
    'own, a moment older than the exclusion hours',
    {
      results: [{ institution: OWN, performedAt: before(2 * HOUR + 1) }],
      when: { rules: { ownHospital: { recognised: true, exclusionHours: 2 } } },
    },
    'recognisable',
    [],
  ],
  [
    'own, without any time',
    {
      results: [{ institution: OWN, performedAt: undefined, reportedAt: undefined }],
      when: { rules: { ownHospital: { recognised: true, exclusionHours: 2 } } },
    },
    'none',
    ['own-hospital'],
  ],

  // Levels.
  ['a lower level, where levels do not matter', { results: [{ level: 1 }] }, 'recognisable', []],
  ...[
    [2, 2, true],
    [3, 2, true],
    [1, 2, false],
    [null, 2, false],
    [null, null, true],
    [1, null, true],
  ].map(([source, receiver, isFit]): Row => {
    const given: Given = {
      results: [{ level: source as number | null }],
      when: { rules: { levelRule: 'same-or-higher' }, receiver: { level: receiver as number | null } },
    };
    const sentence = `level ${source} for a hospital of level ${receiver}`;
    return isFit ? [sentence, given, 'recognisable', []] : [sentence, given, 'reference-only', ['level-rule']];
  }),
  [
    'a lower level of a common alliance',
    {
      results: [{ level: 1, alliances: ['A', 'B'] }],
      when: { rules: { levelRule: 'same-or-higher' }, receiver: { level: 3, alliances: ['B'] } },
    },
    'recognisable',
    [],
  ],
  [
    'a lower level of another alliance',
    {
      results: [{ level: 1, alliances: ['A'] }],
      when: { rules: { levelRule: 'same-or-higher' }, receiver: { level: 3, alliances: ['B'] } },
    },
    'reference-only',
    ['level-rule'],
  ],

  // The list.
  ['on the negative list', { item: { ...wbc, negative: { zh: '变化快', en: 'changes fast' } } }, 'reference-only', ['negative-list']],
  ['a unit that cannot be compared', { results: [{ unit: 'not-comparable' }] }, 'reference-only', ['unit-not-comparable']],
  ...(['comparable', 'converted', 'none'] as const).map((unit): Row => [`a unit: ${unit}`, { results: [{ unit }] }, 'recognisable', []]),
  [
    'originals needed and missing',
    { item: { ...chest, originalsRequired: true }, results: [{ originals: 'missing' }] },
    'reference-only',
    ['originals-missing'],
  ],
  [
    'originals needed and there',
    { item: { ...chest, originalsRequired: true }, results: [{ originals: 'retrievable' }] },
    'recognisable',
    [],
  ],
  ['originals missing and not needed', { item: chest, results: [{ originals: 'missing' }] }, 'recognisable', []],

  // Several reasons, several results.
  [
    'stale and preliminary and without a mark: all are said',
    { results: [{ statuses: ['preliminary', 'final'], performedAt: before(DAY), mark: { reason: 'no-hr-mark' } }] },
    'reference-only',
    ['not-final', 'stale', 'no-hr-mark'],
  ],
  [
    'everything that can be wrong with a result that is shown',
    {
      item: { ...wbc, negative: { zh: '变化快', en: 'changes fast' }, originalsRequired: true, windowWithoutTreatment: true },
      results: [
        {
          statuses: ['preliminary', 'final'],
          performedAt: before(DAY),
          treatedSince: 'yes',
          mark: { reason: 'certificate-lapsed' },
          level: 1,
          unit: 'not-comparable',
          originals: 'missing',
        },
      ],
      when: { identityDoubt: true, rules: { levelRule: 'same-or-higher', refuseOnIdentityDoubt: false } },
    },
    'reference-only',
    [
      'identity-doubt',
      'not-final',
      'stale',
      'intervention-since',
      'certificate-lapsed',
      'level-rule',
      'negative-list',
      'unit-not-comparable',
      'originals-missing',
    ],
  ],
  [
    'own and withdrawn ones: what keeps each from being shown is said',
    { results: [{ institution: OWN }, { statuses: ['final', 'entered-in-error'], hasValue: false }] },
    'none',
    ['own-hospital', 'withdrawn', 'no-value'],
  ],
  ['an own one beside a good one', { results: [{ institution: OWN }, {}] }, 'recognisable', []],
]);

test.for<[string, readonly Partial<Candidate>[], number, number]>([
  ['the newer', [{}, { performedAt: before(10 * MINUTE) }], 1, 1],
  ['a recognisable one before a newer one that is not', [{}, { performedAt: before(1 * MINUTE), mark: { reason: 'no-hr-mark' } }], 0, 1],
  ['of the same time, that of the higher level', [{ level: 2 }, { level: 3 }], 1, 1],
  ['the newer before that of the higher level', [{ level: 2, performedAt: before(MINUTE) }, { level: 3 }], 0, 1],
  ['a level before none', [{ level: null }, { level: 1 }], 1, 1],
  ['of equals the first by reference', [{}, {}], 0, 1],
  ['what cannot be shown is not counted', [{}, { institution: OWN }], 0, 0],
])('the best: %s', ([, results, best, others]) => {
  const verdict = judge({ results });
  expect(verdict.best?.candidate.reference).toBe(`Observation/${best}`);
  expect(verdict.others).toBe(others);
});

test('the window that was applied is told, and until when the best result is good', () => {
  expect(judge({})).toMatchObject({
    window: { minutes: 360, basis: 'sampled', withoutTreatment: false, source: 'edition' },
    best: { validUntil: new Date(NOW.getTime() + 300 * MINUTE) },
  });
  expect(judge({ item: chest }).window).toEqual({ minutes: 129_600, basis: 'examined', withoutTreatment: false, source: 'look-back' });
});

test('the windows of a region take the place of all those of the edition', () => {
  const windows = [{ items: ['ALT', 'AST'], minutes: 1_440, basis: 'reported', withoutTreatment: true }] as const;
  expect(judge({ item: alt, when: { rules: { windows } } }).window).toEqual({
    minutes: 1_440,
    basis: 'reported',
    withoutTreatment: true,
    source: 'region',
  });
  expect(judge({ item: { ...wbc, windowWithoutTreatment: true }, when: { rules: { windows } } }).window).toEqual({
    minutes: 43_200,
    basis: 'sampled',
    withoutTreatment: false,
    source: 'look-back',
  });
});
