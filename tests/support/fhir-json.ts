import fc from 'fast-check';
import type { JsonValue } from '../../src/fhir/exact-json.ts';

/** FHIR strings hold no control characters but tab and line breaks (R4, 2.24.0.1), and no halves of characters. */
const isAllowed = (text: string): boolean => !/(?![\t\n\r\x7f-\x9f])[\p{Cc}\p{Cs}]/u.test(text);

const NAME = fc
  .oneof(
    fc.constantFrom('id', 'meta', 'extension', 'valueString', 'reference', '_birthDate', 'toString', '姓名'),
    fc.string({ minLength: 1, maxLength: 8 }),
  )
  .filter((it) => it !== '__proto__' && isAllowed(it));
const LEAF = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter(isAllowed),
  fc.string({ unit: 'binary' }).filter(isAllowed),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);

/** JSON values as FHIR allows them: no empty list or object, `null` only inside of a list. */
const fhirValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; object: JsonValue; list: JsonValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, LEAF, tie('object'), tie('list')),
  object: fc.dictionary(NAME, tie('value'), { minKeys: 1, maxKeys: 5 }).map((it) => ({ ...it })),
  list: fc.array(fc.oneof({ weight: 6, arbitrary: tie('value') }, { weight: 1, arbitrary: fc.constant(null) }), {
    minLength: 1,
    maxLength: 4,
  }),
})).value;

/** An object of such values. */
export const fhirObject = fc
  .dictionary(NAME, fhirValue, { minKeys: 1, maxKeys: 6 })
  .map((it): { [name: string]: JsonValue } => ({ ...it }));

/** A resource: an object of such values with its type, its id and its meta somewhere among them. */
export const fhirResource = fc
  .tuple(
    fhirObject,
    fc.boolean(),
    fc.option(fc.record({ profile: fc.constant(['http://a.example/p']), versionId: fc.constant('7') }, { requiredKeys: ['profile'] })),
    fc.nat(6),
  )
  .map(([members, withId, meta, place]) => {
    const { id: _id, meta: _meta, resourceType: _type, ...rest } = members;
    const entries: [string, JsonValue][] = Object.entries(rest) as [string, JsonValue][];
    entries.splice(
      Math.min(place, entries.length),
      0,
      ['resourceType', 'Basic'],
      ...(withId ? [['id', 'theirs'] as [string, JsonValue]] : []),
    );
    if (meta) entries.push(['meta', meta as JsonValue]);
    return Object.fromEntries(entries) as { [name: string]: JsonValue };
  });

/** The same value as text with white space, escapes and digits that `JSON.stringify` would not choose. */
export function writeLoosely(value: JsonValue, choose: () => number): string {
  const space = (): string => ['', '', ' ', '\n', '\t', '\r\n  '][choose() % 6] as string;
  const text = (it: string): string =>
    choose() % 5 === 0
      ? `"${it
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('')}"`
      : JSON.stringify(it);
  const write = (it: JsonValue | undefined): string => {
    if (typeof it === 'string') return text(it);
    if (typeof it === 'number' && Number.isInteger(it) && Math.abs(it) < 1e6 && choose() % 2 === 0)
      return `${Object.is(it, -0) ? '-0' : it}.00`;
    if (typeof it !== 'object' || it === null) return JSON.stringify(it);
    const members = Array.isArray(it)
      ? it.map((element: JsonValue) => write(element))
      : Object.entries(it).map(([name, member]) => `${text(name)}${space()}:${space()}${write(member)}`);
    const [open, close] = Array.isArray(it) ? '[]' : '{}';
    return `${open}${members.map((member) => space() + member + space()).join(',')}${close}`;
  };
  return space() + write(value) + space();
}
