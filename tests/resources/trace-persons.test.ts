import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Passage } from '../../src/resources/draft.ts';
import type { Followed } from '../../src/resources/follow-links.ts';
import { FIRST_PERSON } from '../../src/resources/resource-id.ts';
import { humansOf, tracePersons } from '../../src/resources/trace-persons.ts';

/** Resources without a key, each with the others it refers to, the persons, and whether it refers to something of the institution. */
const graph = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.array(
    fc.record({
      others: fc.array(fc.nat(size - 1), { maxLength: 3 }),
      persons: fc.array(fc.nat(3), { maxLength: 2 }),
      ofInstitution: fc.boolean(),
    }),
    { minLength: size, maxLength: size },
  ),
);
/** Keys 0 and 1 are one human being, 2 and 3 two others. */
const keyOf = (person: number): bigint => FIRST_PERSON + BigInt(person);
const humanOf = humansOf([
  [keyOf(0), keyOf(1)],
  [keyOf(1), keyOf(0)],
]);

it('finds none, one or several human beings, whatever the order and the circles', () => {
  fc.assert(
    fc.property(graph, fc.boolean(), (nodes, isReversed) => {
      const open = nodes.map((): Passage => ({ links: [], key: undefined }) as unknown as Passage);
      const followed = new Map(
        nodes.map(({ others, persons, ofInstitution }, index) => [
          open[index],
          [
            ...others.map((it) => ({ target: { passage: open[it] } })),
            ...persons.map((it) => ({ target: { row: { person: keyOf(it), id: 1n } } })),
            ...(ofInstitution ? [{ target: { row: { person: 7n, id: 1n } } }] : []),
          ],
        ]),
      ) as unknown as Followed;

      const traced = tracePersons(isReversed ? open.toReversed() : open, followed, humanOf);

      for (const index of nodes.keys()) {
        const reached = new Set([index]);
        for (const it of reached) for (const other of nodes[it]?.others ?? []) reached.add(other);
        const humans = new Set([...reached].flatMap((it) => nodes[it]?.persons ?? []).map((it) => humanOf(keyOf(it))));
        const found = traced.get(open[index] as Passage) ?? new Map<bigint, bigint>();
        expect(found.size).toBe(Math.min(humans.size, 2));
        for (const [human, key] of found) expect([humans.has(human), humanOf(key)]).toEqual([true, human]);
      }
    }),
  );
});
