import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { groupsOf, leadsBack, pairsBeyond, readReplacement, type Survivor } from '../../src/persons/merge.rules.ts';

const replacedBy = (other: object) => ({ type: 'replaced-by', other });
const NEW = { reference: 'Patient/1' };

describe('which Patient replaces another', () => {
  test.for<[string, object, Survivor | undefined]>([
    ['named by reference', { active: false, link: [replacedBy(NEW)] }, NEW],
    [
      'named by identifier',
      { active: false, link: [replacedBy({ identifier: { system: 'urn:a', value: '1' } })] },
      { identifier: { system: 'urn:a', value: '1' } },
    ],
    [
      'the reference counts where both are there',
      { active: false, link: [replacedBy({ ...NEW, identifier: { system: 'urn:a', value: '2' } })] },
      NEW,
    ],
    ['the same said twice', { active: false, link: [replacedBy(NEW), replacedBy(NEW)] }, NEW],
    ['beside other links', { active: false, link: [{ type: 'seealso', other: { reference: 'Patient/2' } }, replacedBy(NEW)] }, NEW],
    ['not of one that is active', { active: true, link: [replacedBy(NEW)] }, undefined],
    ['not of one that does not say', { link: [replacedBy(NEW)] }, undefined],
    ['not by a link of another type', { active: false, link: [{ type: 'replaces', other: NEW }] }, undefined],
    ['not without a link', { active: false }, undefined],
  ])('%s', ([, patient, survivor]) => {
    expect(readReplacement(patient as Json)).toEqual({ survivor, issues: [] });
  });

  test.for<[string, readonly object[], string]>([
    ['by nothing', [{ type: 'replaced-by' }], 'link[0].other'],
    ['by a name', [{ type: 'seealso', other: NEW }, replacedBy({ display: '周晓岚' })], 'link[1].other'],
    ['by a number without a system', [replacedBy({ identifier: { value: '1' } })], 'link[0].other'],
    ['by two', [replacedBy(NEW), replacedBy({ reference: 'Patient/2' })], 'link'],
  ])('%s: said with its place', ([, link, path]) => {
    const { survivor, issues } = readReplacement({ active: false, link } as unknown as Json);

    expect(survivor).toBeUndefined();
    expect(issues.map((it) => it.path)).toEqual([path]);
  });
});

const anyEdges = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 15 });
const NODES = Array.from({ length: 8 }, (_, it) => it);

/** Whether a way leads from one to the other, step by step. */
function isReached(from: number, to: number, edges: readonly (readonly [number, number])[]): boolean {
  let reached = [from];
  for (let step = 0; step < NODES.length; step++) {
    const next = edges.flatMap(([a, b]) => (reached.includes(a) ? [b] : reached.includes(b) ? [a] : []));
    reached = [...new Set([...reached, ...next])].filter((it) => NODES.includes(it));
  }
  return reached.includes(to);
}

describe('groups', () => {
  test('two are in one group when a way leads from the one to the other, and in no other case', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const groups = groupsOf(NODES, edges);
        expect(groups.flat().toSorted()).toEqual(NODES);
        for (const one of NODES) {
          for (const other of NODES) {
            const together = groups.some((it) => it.includes(one) && it.includes(other));
            expect(together).toBe(isReached(one, other, edges));
          }
        }
      }),
    );
  });

  test('their pairs, in both directions, but those that are known', () => {
    expect(pairsBeyond([[1n, 2n, 3n], [4n]], [[1n, 2n]])).toEqual([
      [1n, 3n],
      [2n, 1n],
      [2n, 3n],
      [3n, 1n],
      [3n, 2n],
    ]);
  });
});

test.for<[string, string, readonly [string, string][], boolean]>([
  ['nobody', 'a', [], false],
  [
    'a chain',
    'a',
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
    false,
  ],
  [
    'a circle of two',
    'a',
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    true,
  ],
  [
    'a circle of three',
    'b',
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ],
    true,
  ],
  [
    'a way into a circle of others',
    'a',
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
    ],
    false,
  ],
])('following those who replace each other comes back: %s', ([, start, links, expected]) => {
  expect(leadsBack(start, new Map(links))).toBe(expected);
});
