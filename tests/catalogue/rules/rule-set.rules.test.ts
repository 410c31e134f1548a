import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ITEMS_CSV } from '../../../src/catalogue/items/items.seed.ts';
import { REASONS_CSV } from '../../../src/catalogue/reasons/reasons.seed.ts';
import { PRESETS } from '../../../src/catalogue/rules/presets.seed.ts';
import { faultsOfRules, type RuleDraft, type RuleFacts } from '../../../src/catalogue/rules/rule-set.rules.ts';

const columnOf = (csv: string, column: string) =>
  new Set(parse<Record<string, string>>(csv, { columns: true }).map((it) => it[column] ?? ''));
const [items, lists] = [columnOf(ITEMS_CSV, 'code'), columnOf(REASONS_CSV, 'list')];
const facts: RuleFacts = { isItem: (it) => items.has(it), isReasonList: (it) => lists.has(it) };

describe('the presets', () => {
  test.for(Object.entries(PRESETS))('%s keeps the rules of rules', ([, preset]) => {
    expect(faultsOfRules(preset, facts)).toEqual([]);
  });

  test.for(Object.entries(PRESETS))('%s says for every field that decides where it comes from', ([, { sources = {}, ...preset }]) => {
    const { titleZh: _, titleEn: __, source: ___, ...deciding } = preset;
    expect(Object.keys(sources).sort()).toEqual(Object.keys(deciding).sort());
  });

  test.for<[preset: string, item: string, minutes: number | undefined, withoutTreatment: boolean | undefined]>([
    ['hubei', 'K', 7 * 1440, false],
    ['hubei', 'GLU', 30 * 1440, false],
    ['hubei', 'HBA1C', 60 * 1440, false],
    ['hubei', 'WBC', undefined, undefined],
    ['xpcc', 'U-PRO', 720, true],
    ['xpcc', 'WBC', 360, true],
    ['xpcc', 'CULTURE-BACT', 3 * 1440, true],
    ['xpcc', 'HBSAG', 7 * 1440, true],
    ['xpcc', 'SARS-COV-2-RNA', 7 * 1440, true],
    ['xpcc', 'K', undefined, undefined],
    ['sichuan-chongqing', 'WBC', undefined, undefined],
  ])('%s: %s for %s minutes', ([preset, item, minutes, withoutTreatment]) => {
    const window = PRESETS[preset]?.windows?.find((it) => it.items.includes(item));
    expect([window?.minutes, window?.withoutTreatment]).toEqual([minutes, withoutTreatment]);
  });

  test('are the five', () => {
    expect(Object.keys(PRESETS)).toEqual(['national-2022', 'chongqing', 'sichuan-chongqing', 'hubei', 'xpcc']);
    expect(Object.values(PRESETS).map((it) => it.reasonList)).toEqual([
      'national-2022',
      'chongqing-2018',
      'national-2022',
      'national-2022',
      'national-2022',
    ]);
  });
});

const { xpcc } = PRESETS;
const window = { items: ['K'], minutes: 60, basis: 'sampled', withoutTreatment: false };
const draft = (but: Partial<RuleDraft> = {}): RuleDraft => ({ ...(xpcc as RuleDraft), windows: [window], ...but });

/** A change that makes rules wrong, with the places of its faults. */
const FAULTS: readonly [string, Partial<RuleDraft>, readonly string[]][] = [
  ['a blank title', { titleZh: ' ' }, ['titleZh']],
  ['no source', { source: '' }, ['source']],
  ['an unknown scope', { acceptedScopes: ['nation', 'county'] }, ['acceptedScopes[1]']],
  ['a scope twice', { acceptedScopes: ['nation', 'city', 'nation'] }, ['acceptedScopes[2]']],
  ['no scope at all', { acceptedScopes: [] }, ['acceptedScopes']],
  ['an unknown level rule', { levelRule: 'higher' }, ['levelRule']],
  ['negative exclusion hours', { ownHospital: { recognised: true, exclusionHours: -1 } }, ['ownHospital.exclusionHours']],
  ['half an hour', { ownHospital: { recognised: true, exclusionHours: 0.5 } }, ['ownHospital.exclusionHours']],
  [
    'a look-back of nothing',
    { lookBackMinutes: { laboratory: 0, imaging: 1, ecg: 1, pathology: -5 } },
    ['lookBackMinutes.laboratory', 'lookBackMinutes.pathology'],
  ],
  ['no hours for the citation', { citationHours: 0 }, ['citationHours']],
  ['more than a year for the citation', { citationHours: 8_785 }, ['citationHours']],
  ['no hours for a recall', { recallHours: 0 }, ['recallHours']],
  ['parts of an hour for a recall', { recallHours: 1.5 }, ['recallHours']],
  ['an unknown list of reasons', { reasonList: 'nowhere' }, ['reasonList']],
  ['a source of no field', { sources: { levels: 'x', sources: 'y' } }, ['sources.levels', 'sources.sources']],
  ['a window of nothing', { windows: [{ ...window, minutes: 0 }] }, ['windows[0].minutes']],
  ['a window below nothing', { windows: [window, { ...window, items: ['NA'], minutes: -60 }] }, ['windows[1].minutes']],
  ['a window of parts of a minute', { windows: [{ ...window, minutes: 1.5 }] }, ['windows[0].minutes']],
  ['a window without end', { windows: [{ ...window, minutes: 5_270_401 }] }, ['windows[0].minutes']],
  ['an unknown basis', { windows: [{ ...window, basis: 'received' }] }, ['windows[0].basis']],
  ['an unknown item', { windows: [{ ...window, items: ['K', 'NO-SUCH'] }] }, ['windows[0].items[1]']],
  ['an item twice in a window', { windows: [{ ...window, items: ['K', 'K'] }] }, ['windows[0].items[1]']],
  ['an item in two windows', { windows: [window, { ...window, items: ['NA', 'K'] }] }, ['windows[1].items[1]']],
];

describe('rules are refused', () => {
  test.for(FAULTS)('with %s', ([, but, paths]) => {
    const faults = faultsOfRules(draft(but), facts);
    expect(faults.map((it) => it.path)).toEqual(paths);
    expect(faults.every((it) => it.en !== '' && /\p{Script=Han}/u.test(it.zh))).toBe(true);
  });

  test.for<[string, Partial<RuleDraft>]>([
    ['no scope where no mark is needed', { acceptedScopes: [], hrMarkRequired: false }],
    ['no exclusion hours', { ownHospital: { recognised: true, exclusionHours: 0 } }],
    ['a minute', { windows: [{ ...window, minutes: 1 }] }],
    ['ten years', { windows: [{ ...window, minutes: 5_270_400 }] }],
    ['a year for the citation', { citationHours: 8_784 }],
    ['an hour for a recall', { recallHours: 1 }],
    ['no windows of its own', { windows: [] }],
    ['the windows of the edition', { windows: null }],
    ['no sources', { sources: {} }],
  ])('but not for %s', ([, but]) => {
    expect(faultsOfRules(draft(but), facts)).toEqual([]);
  });

  test('with all faults at once, whatever they are', () => {
    fc.assert(
      fc.property(fc.subarray([...FAULTS]), (chosen) => {
        // Of two faults of one field the last one stands.
        const but = Object.assign({}, ...chosen.map(([, change]) => change)) as Partial<RuleDraft>;
        const standing = chosen.filter(([, change]) =>
          Object.entries(change).every(([field, value]) => but[field as keyof RuleDraft] === value),
        );
        expect(
          faultsOfRules(draft(but), facts)
            .map((it) => it.path)
            .toSorted(),
        ).toEqual(standing.flatMap(([, , paths]) => paths).toSorted());
      }),
    );
  });
});
