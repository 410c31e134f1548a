import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conceptIn, filterCodes, reachedFrom, readCodeSystem } from '../../src/conformance/code-system.rules.ts';
import type { Json } from '../../src/fhir/exact-json.ts';

const system = (concept: readonly Json[], more: Json = {}) =>
  readCodeSystem({ resourceType: 'CodeSystem', url: 'urn:s', content: 'complete', concept, ...more });

/** Codes c0 … cn, each below one that stands before it: by being nested, or by naming it. */
const hierarchies = fc
  .array(fc.record({ above: fc.nat(), nested: fc.boolean() }), { minLength: 1, maxLength: 30 })
  .map((list) => list.map(({ above, nested }, index) => ({ above: index === 0 ? undefined : above % index, nested })));

function codeSystemOf(list: readonly { above: number | undefined; nested: boolean }[]) {
  const conceptOf = (index: number): Json => {
    const { above, nested } = list[index] as (typeof list)[number];
    const below = list.flatMap((it, at) => (it.above === index && it.nested ? [conceptOf(at)] : []));
    return {
      code: `c${index}`,
      ...(above !== undefined && !nested ? { property: [{ code: 'subsumedBy', valueCode: `c${above}` }] } : {}),
      ...(below.length > 0 ? { concept: below } : {}),
    };
  };
  return system(list.flatMap((it, index) => (it.above === undefined || !it.nested ? [conceptOf(index)] : [])));
}

describe('a hierarchy', () => {
  test('is the same however it is written, and looks the same from above and from below', () => {
    fc.assert(
      fc.property(hierarchies, (list) => {
        const codes = codeSystemOf(list);
        // The slow, obvious answer: go up from each code, step by step.
        const above = (index: number): readonly string[] => {
          const parent = list[index]?.above;
          return parent === undefined ? [] : [`c${parent}`, ...above(parent)];
        };
        for (const index of list.keys()) {
          expect([...reachedFrom(codes, `c${index}`, 'above')].toSorted()).toEqual([...above(index)].toSorted());
          const below = [...list.keys()].filter((it) => above(it).includes(`c${index}`)).map((it) => `c${it}`);
          expect([...reachedFrom(codes, `c${index}`, 'below')].toSorted()).toEqual(below.toSorted());
        }
      }),
    );
  });

  test('that goes in a circle ends where it began', () => {
    const circle = system([
      { code: 'a', property: [{ code: 'parent', valueCode: 'b' }] },
      { code: 'b', property: [{ code: 'parent', valueCode: 'a' }] },
    ]);

    expect([...reachedFrom(circle, 'a', 'above')]).toEqual(['b']);
  });

  test('splits all codes into those that are something, and those that are not', () => {
    fc.assert(
      fc.property(hierarchies, fc.nat(), (list, pick) => {
        const codes = codeSystemOf(list);
        const filter = { property: 'concept', value: `c${pick % list.length}` };
        const [is, isNot] = ['is-a', 'is-not-a'].map((op) => filterCodes(codes, { ...filter, op }) as ReadonlySet<string>);

        expect([...(is ?? []), ...(isNot ?? [])].toSorted()).toEqual([...codes.concepts.keys()].toSorted());
      }),
    );
  });
});

test.for<[string, Json, string, boolean]>([
  ['told apart by case', {}, 'A', false],
  ['told apart by case, as written', {}, 'a', true],
  ['not told apart by case', { caseSensitive: false }, 'A', true],
])('a code is found: %s', ([, more, code, found]) => {
  expect(conceptIn(system([{ code: 'a' }], more), code) !== undefined).toBe(found);
});

test('many codes are looked for in a system that does not tell cases apart, without going through it for each', () => {
  const many = system(
    Array.from({ length: 50_000 }, (_, at) => ({ code: `c${at}` })),
    { caseSensitive: false },
  );

  for (let at = 0; at < 50_000; at++) expect(conceptIn(many, `x${at}`)).toBeUndefined();
  expect(conceptIn(many, 'C7')?.code).toBe('c7');
});

test.for<[string, string, boolean]>([
  ['a.*', 'ab', true],
  ['[a-z]{2}', 'ab', true],
  ['a', 'ab', false],
  ['(a|b)b?', 'b', true],
])('the regex %s meets the whole of %s: %s', ([value, code, met]) => {
  const picked = filterCodes(system([{ code }]), { property: 'code', op: 'regex', value });

  expect(picked).toEqual(new Set(met ? [code] : []));
});

test.for([
  ['(a+)+'],
  ['(a*)*b'],
  ['a**'],
  ['(.*)\\1'],
  ['(?<=a)b'],
  ['('],
  ['a+b+c+d+e+'],
  ['a'.repeat(300)],
  ['(a|aa)'.repeat(33)],
  ['a?'.repeat(50)],
])('the regex %s is not run: it may take for ever, or is none', ([value]) => {
  expect(filterCodes(system([{ code: 'a' }]), { property: 'code', op: 'regex', value: value as string })).toHaveProperty('unusable');
});

test('an operator that R4 does not have is named', () => {
  expect(filterCodes(system([]), { property: 'code', op: 'sounds-like', value: 'x' })).toEqual({ unusable: 'the operator "sounds-like"' });
});
