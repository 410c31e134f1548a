import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contains,
  isWithin,
  markOf,
  type Place,
  readScope,
  type Scope,
  scopeText,
  type Territory,
} from '../../../src/catalogue/certificates/scope.rules.ts';

const scope = (text: string): Scope => readScope(text) ?? ({ kind: 'region', code: `unreadable ${text}` } as const);

const yubei: Place = { district: '500112', alliances: ['yubei-1', 'west'], regions: ['cy', 'yangtze'] };
const wuhan: Place = { district: '420106', alliances: [], regions: ['yangtze'] };
const chengdu: Place = { district: '510104', alliances: ['west'], regions: ['cy', 'yangtze'] };

describe('a scope contains an institution', () => {
  test.for<[scope: string, place: string, contained: boolean]>([
    ['nation', 'yubei', true],
    ['nation', 'wuhan', true],
    ['province:50', 'yubei', true],
    ['province:42', 'yubei', false],
    ['province:42', 'wuhan', true],
    ['city:4201', 'wuhan', true],
    ['city:4202', 'wuhan', false],
    ['city:5101', 'chengdu', true],
    ['district:500112', 'yubei', true],
    ['district:500113', 'yubei', false],
    ['region:cy', 'yubei', true],
    ['region:cy', 'chengdu', true],
    ['region:cy', 'wuhan', false],
    ['region:yangtze', 'wuhan', true],
    ['region:nowhere', 'yubei', false],
    ['alliance:yubei-1', 'yubei', true],
    ['alliance:yubei-1', 'chengdu', false],
    ['alliance:west', 'chengdu', true],
    // The codes of regions and alliances are names apart.
    ['region:west', 'yubei', false],
    ['alliance:cy', 'yubei', false],
  ])('%s, %s: %s', ([text, place, contained]) => {
    expect(contains(scope(text), { yubei, wuhan, chengdu }[place] as Place)).toBe(contained);
  });

  test.for<[string, Scope]>([
    ['a province of one figure', { kind: 'province', code: '5' }],
    ['a province of no figures', { kind: 'province', code: '' }],
    ['a province of four', { kind: 'province', code: '5001' }],
    ['a city of two', { kind: 'city', code: '50' }],
    ['a district of four', { kind: 'district', code: '5001' }],
  ])('but not %s, whatever it begins with', ([, malformed]) => {
    expect(contains(malformed, yubei)).toBe(false);
  });
});

const territory: Territory = {
  regions: new Map([
    ['cy', ['50', '51']],
    ['yangtze', ['31', '42', '50', '51']],
    ['just-50', ['50']],
    ['two-districts', ['500112', '500113']],
    ['empty', []],
  ]),
  members: new Map([
    ['yubei-1', [yubei]],
    ['west', [yubei, chengdu]],
    ['nobody', []],
  ]),
};

describe('a scope is within another', () => {
  test.for<[inner: string, outer: string, within: boolean]>([
    ['nation', 'nation', true],
    ['nation', 'region:yangtze', false],
    ['nation', 'province:50', false],
    ['province:50', 'nation', true],
    ['province:50', 'province:50', true],
    ['province:50', 'province:51', false],
    ['province:50', 'city:5001', false],
    ['city:5101', 'province:51', true],
    ['city:5101', 'province:50', false],
    ['city:5101', 'city:5101', true],
    ['district:510104', 'city:5101', true],
    ['district:510104', 'city:5102', false],
    ['district:510104', 'province:51', true],
    ['city:5101', 'district:510104', false],
    ['province:50', 'region:cy', true],
    ['province:42', 'region:cy', false],
    ['district:510104', 'region:cy', true],
    ['city:5001', 'region:two-districts', false],
    ['district:500112', 'region:two-districts', true],
    ['region:cy', 'region:yangtze', true],
    ['region:yangtze', 'region:cy', false],
    ['region:cy', 'nation', true],
    ['region:cy', 'province:50', false],
    ['region:two-districts', 'province:50', true],
    ['region:two-districts', 'district:500112', false],
    ['region:just-50', 'province:50', true],
    ['province:50', 'region:just-50', true],
    ['region:empty', 'region:empty', true],
    ['region:empty', 'nation', true],
    ['region:empty', 'province:50', false],
    ['region:unknown', 'region:cy', false],
    ['province:50', 'region:empty', false],
    ['alliance:yubei-1', 'district:500112', true],
    ['alliance:yubei-1', 'district:500113', false],
    ['alliance:yubei-1', 'region:cy', true],
    ['alliance:west', 'region:cy', true],
    ['alliance:west', 'province:50', false],
    ['alliance:yubei-1', 'alliance:west', true],
    ['alliance:west', 'alliance:yubei-1', false],
    ['alliance:west', 'nation', true],
    ['alliance:nobody', 'province:50', false],
    ['alliance:nobody', 'alliance:nobody', true],
    ['district:500112', 'alliance:yubei-1', false],
    ['region:cy', 'alliance:west', false],
    ['nation', 'alliance:west', false],
  ])('%s in %s: %s', ([inner, outer, within]) => {
    expect(isWithin(scope(inner), scope(outer), territory)).toBe(within);
  });
});

/** Small numbers of divisions, so that things meet. */
const districts = ['500112', '500113', '500240', '510104', '510107', '510302', '420106'];
const prefixes = [...new Set(districts.flatMap((it) => [it.slice(0, 2), it.slice(0, 4), it]))];

interface World {
  readonly territory: Territory;
  readonly places: readonly Place[];
  readonly scopes: readonly Scope[];
}

/** Regions, alliances and institutions whose facts agree with each other, and every scope that can be named in it. */
const worlds: fc.Arbitrary<World> = fc
  .record({
    regions: fc.array(fc.subarray(prefixes), { maxLength: 4 }),
    institutions: fc.array(fc.record({ district: fc.constantFrom(...districts), alliances: fc.subarray(['a', 'b', 'c']) }), {
      minLength: 1,
      maxLength: 8,
    }),
  })
  .map(({ regions, institutions }) => {
    const named = new Map(regions.map((divisions, index) => [`r${index}`, divisions]));
    const places = institutions.map(({ district, alliances }) => ({
      district,
      alliances,
      regions: [...named].filter(([, divisions]) => divisions.some((it) => district.startsWith(it))).map(([code]) => code),
    }));
    const scopes: Scope[] = [
      { kind: 'nation', code: '' },
      ...prefixes.map((code) => ({ kind: ({ 2: 'province', 4: 'city', 6: 'district' } as const)[code.length as 2], code })),
      ...[...named.keys(), 'unknown'].map((code) => ({ kind: 'region', code }) as const),
      ...['a', 'b', 'c', 'unknown'].map((code) => ({ kind: 'alliance', code }) as const),
    ];
    const members = new Map(['a', 'b', 'c'].map((code) => [code, places.filter((it) => it.alliances.includes(code))]));
    return { territory: { regions: named, members }, places, scopes };
  });

const scopesOf = (number: number) =>
  worlds.chain((world) =>
    fc.record({ world: fc.constant(world), chosen: fc.array(fc.constantFrom(...world.scopes), { minLength: number, maxLength: number }) }),
  );

describe('the order of scopes', () => {
  test('is reflexive', () => {
    fc.assert(
      fc.property(scopesOf(1), ({ world, chosen: [one] }) => {
        expect(isWithin(one as Scope, one as Scope, world.territory)).toBe(true);
      }),
    );
  });

  test('is transitive', () => {
    fc.assert(
      fc.property(worlds, ({ territory: facts, scopes }) => {
        for (const a of scopes)
          for (const b of scopes.filter((it) => isWithin(a, it, facts)))
            for (const c of scopes.filter((it) => isWithin(b, it, facts))) expect(isWithin(a, c, facts)).toBe(true);
      }),
    );
  });

  test('is antisymmetric: what is within each other contains the same', () => {
    fc.assert(
      fc.property(worlds, ({ territory: facts, places, scopes }) => {
        for (const a of scopes)
          for (const b of scopes.filter((it) => isWithin(a, it, facts) && isWithin(it, a, facts)))
            expect(places.filter((it) => contains(a, it))).toEqual(places.filter((it) => contains(b, it)));
      }),
    );
  });

  test('agrees with the places: what lies in the inner one lies in the outer one', () => {
    fc.assert(
      fc.property(worlds, ({ territory: facts, places, scopes }) => {
        for (const inner of scopes)
          for (const outer of scopes.filter((it) => isWithin(inner, it, facts)))
            for (const place of places.filter((it) => contains(inner, it))) expect(contains(outer, place)).toBe(true);
      }),
    );
  });
});

describe('the text of a scope', () => {
  test('reads back what it was made of', () => {
    fc.assert(
      fc.property(scopesOf(1), ({ chosen: [one] }) => {
        fc.pre(one !== undefined && !(one.kind === 'city' && one.code.endsWith('00')));
        expect(readScope(scopeText(one))).toEqual(one);
      }),
    );
  });

  test.for([
    '',
    'nation:',
    'nation:50',
    'province',
    'province:',
    'province:5',
    'province:500',
    'province:99',
    'province:10',
    'city:50',
    'city:5000',
    'city:500112',
    'district:5001',
    'district:500100',
    'district:50011x',
    'region:',
    'region:川渝',
    'region:-a',
    `region:${'a'.repeat(65)}`,
    'county:500112',
    ' province:50',
    'Province:50',
  ])('"%s" is none', (text) => {
    expect(readScope(text)).toBeUndefined();
  });
});

test.for<[text: string, name: string | undefined, mark: string | undefined]>([
  ['nation', undefined, '全国HR'],
  ['province:50', undefined, '渝HR'],
  ['province:42', '湖北', '鄂HR'],
  ['province:65', undefined, '新HR'],
  ['city:4201', '武汉', '武汉HR'],
  ['city:4201', undefined, undefined],
  ['district:500112', '渝北', '渝北HR'],
  ['region:cy', '川渝', '川渝HR'],
  ['region:jjj', '京津冀', '京津冀HR'],
  ['alliance:yubei-1', '渝北医共体', '渝北医共体HR'],
])('the mark of %s named %s is %s', ([text, name, mark]) => {
  expect(markOf(scope(text), name)).toBe(mark);
});
