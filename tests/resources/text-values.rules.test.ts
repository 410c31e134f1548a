import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeTexts } from '../../src/resources/text-values.rules.ts';

const ROOM = 32 * 1024;

const place = (writings: readonly { person?: bigint; type?: string; content: string | null }[]) => {
  const whole = writings.map((it) => ({ person: 7n, type: 'Observation', ...it }));
  let number = 0n;
  return { writings: whole, ...placeTexts(whole, () => ++number) };
};
/** What PostgreSQL takes out of a value by the place: bytes from the first on. */
const slice = ({ writings, places, values }: ReturnType<typeof place>, index: number) => {
  const at = places.get(writings[index] as (typeof writings)[number]);
  const value = values.find((it) => it.id === at?.value);
  return (
    at &&
    value && {
      person: value.person,
      text: Buffer.from(value.text)
        .subarray(at.from - 1, at.from - 1 + at.bytes)
        .toString(),
    }
  );
};

/** JSON of any script, some of it long; `null` now and then. */
const content = fc.option(
  fc.oneof(
    { weight: 5, arbitrary: fc.json({ stringUnit: 'grapheme' }) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('汉', '𠮷', 'é', 'a'), fc.integer({ min: 1, max: ROOM })).map(([it, n]) => `"${it.repeat(n)}"`),
    },
  ),
  { freq: 8 },
);
const writing = fc.record({ person: fc.bigInt(1n, 3n), type: fc.constantFrom('Observation', 'DiagnosticReport', 'Patient'), content });

test('every text comes out of its value byte for byte, and a value holds the texts of one person', () => {
  fc.assert(
    fc.property(fc.array(writing, { maxLength: 30 }), (list) => {
      const placed = place(list);
      for (const [index, it] of placed.writings.entries()) {
        const found = slice(placed, index);
        if (it.content === null) expect(found).toBeUndefined();
        else if (found) expect(found).toEqual({ person: it.person, text: it.content });
      }
      const bytes = placed.values.map((it) => Buffer.byteLength(it.text));
      expect(Math.max(0, ...bytes)).toBeLessThanOrEqual(ROOM);
      expect([...placed.places.values()].reduce((sum, it) => sum + it.bytes, 0)).toBe(bytes.reduce((sum, it) => sum + it, 0));
      expect(new Set(placed.values.map((it) => it.id)).size).toBe(placed.values.length);
    }),
  );
});

test('a text that would lie alone stays in its own row: the only one of a person, beside deletions too', () => {
  const { places, values } = place([{ content: '{"a":1}' }, { content: null }, { person: 8n, content: '{"b":2}' }]);

  expect({ places: places.size, values }).toEqual({ places: 0, values: [] });
});

test('reports come first, the others in their order', () => {
  const { values } = place([{ content: '{"o":1}' }, { content: '{"o":2}' }, { type: 'DiagnosticReport', content: '{"r":1}' }]);

  expect(values).toEqual([{ person: 7n, id: 1n, text: '{"r":1}{"o":1}{"o":2}' }]);
});

test.for([
  [ROOM - 2, 1],
  [ROOM - 1, 0],
  [ROOM, 0],
  [ROOM + 1, 0],
] as const)('beside a text of %i bytes, one of two has its place in %i values', ([bytes, expected]) => {
  expect(place([{ content: 'x'.repeat(bytes) }, { content: '{}' }]).values).toHaveLength(expected);
});

test('a text that fills a value closes none for those that come after it', () => {
  const { values } = place([{ content: '{"a":1}' }, { content: 'x'.repeat(ROOM) }, { content: '{"b":2}' }]);

  expect(values.map((it) => it.text)).toEqual(['{"a":1}{"b":2}']);
});
