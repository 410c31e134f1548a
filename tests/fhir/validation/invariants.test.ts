import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { elementsOf, type Invariant, namesOf, type StructureKind, structureOf } from '../../../src/fhir/definitions/structures.ts';
import type { Json, JsonValue } from '../../../src/fhir/exact-json.ts';
import { holdsInvariant, isCheap } from '../../../src/fhir/validation/invariants.ts';
import { taughtLibrary } from '../../support/published-definitions.ts';

/** What the library cannot be asked, and who answers instead. */
const NOT_ASKED = new Map([
  ['ref-1', 'the walk: reference-target.ts'],
  ['txt-1', 'the walk: narrative.ts'],
  ['txt-2', 'the walk: narrative.ts'],
  ['csd-1', 'the library has no descendants()'],
  ['que-2', 'the library has no descendants()'],
  ['sdf-8', 'a view by itself has no resource around it'],
  ['sdf-8a', 'a view by itself has no resource around it'],
  ['ctm-1', 'nobody: it asks what a reference leads to'],
]);
/** Where the library answers "cannot be told" (times of different exactness, different units) nothing is broken. */
const UNDECIDED = new Set(['per-1', 'rng-2']);

const KINDS: readonly StructureKind[] = ['resource', 'complex-type', 'part'];

interface Rule {
  readonly type: string;
  readonly invariant: Invariant;
}

const rules: readonly Rule[] = KINDS.flatMap(namesOf).flatMap((holder) => {
  const structure = structureOf(holder);
  const own = (structure?.constraints ?? []).map((invariant) => ({ type: holder, invariant }));
  const ofElements = [...(structure?.elements.values() ?? [])].flatMap(({ types, constraints }) =>
    constraints.map((invariant) => ({ type: types[0] as string, invariant })),
  );
  return [...own, ...ofElements];
});
const unique = [...new Map(rules.map((it) => [`${it.invariant.key} ${it.invariant.expression} ${it.type}`, it])).values()];
/** Those of all elements and resources (`ele-1`, `dom-2` and so on) are kept by the walk. */
const asked = unique.filter(({ invariant }) => !NOT_ASKED.has(invariant.key) && !/^(ele|dom)-/.test(invariant.key));
const shown = ({ type, invariant }: Rule): [string, Rule] => [`${invariant.key} of ${type}`, { type, invariant }];

/** Values for the elements that an expression names, from words that it compares with. */
function valuesFor(type: string, expression: string, depth: number): fc.Arbitrary<Json> {
  const names = new Set(expression.match(/[A-Za-z]+/g));
  const words = [...expression.matchAll(/'([^']*)'/g)].map((it) => it[1] as string).filter((it) => /^\S+$/.test(it));
  const members = [...elementsOf(type)].filter(([name, { choice, isBare }]) => {
    return !isBare && (names.has(name) || (choice !== undefined && names.has(choice.slice(0, -3))));
  });
  const model: Record<string, fc.Arbitrary<JsonValue>> = {};
  const taken = new Set<string>();
  const required: string[] = [];
  for (const [name, element] of members) {
    if (element.choice && taken.has(element.choice)) continue;
    if (element.choice) taken.add(element.choice);
    const one = valueFor(element.types[0] as string, expression, words, depth);
    if (element.min > 0) required.push(name);
    model[name] = element.max === '*' ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
  }
  return fc
    .record(model, { requiredKeys: required })
    .map((it) => (namesOf('resource').includes(type) ? { resourceType: type, ...it } : { ...it, id: 'one' }) as Json);
}

function valueFor(type: string, expression: string, words: readonly string[], depth: number): fc.Arbitrary<JsonValue> {
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'decimal':
    case 'integer':
    case 'positiveInt':
    case 'unsignedInt':
      return fc.constantFrom(-1, 0, 1, 2.5, 7);
    case 'date':
    case 'dateTime':
    case 'instant':
      return fc.constantFrom('2026-03-01', '2026-03-02', '2026-04-01T08:00:00Z', '2026-04-01T09:00:00Z');
    case 'Resource':
      return fc.constantFrom(
        { resourceType: 'Composition' },
        { resourceType: 'MessageHeader', meta: { versionId: '2' } },
        { resourceType: 'Patient' },
      );
    default:
  }
  if (structureOf(type)?.kind === 'primitive-type') return fc.constantFrom('http://unitsofmeasure.org', 'x', '1', ...words, ...words);
  return depth === 0 ? fc.constant({ id: 'deep' }) : valuesFor(type, expression, depth - 1);
}

function library({ expression }: Invariant, type: string, value: Json): boolean | undefined {
  const typed = { type, value };
  const [first] = taughtLibrary().evalFhirPathTyped(expression, [typed], {
    '%resource': typed,
    '%rootResource': typed,
    '%context': typed,
    '%ucum': { type: 'string', value: 'http://unitsofmeasure.org' },
  });
  return first && first.value === true;
}

beforeAll(() => void taughtLibrary(), 60_000);

/** The program says of many objects what the library says that knows all definitions. */
function agree({ type, invariant }: Rule): void {
  fc.assert(
    fc.property(valuesFor(type, invariant.expression, 2), (value) => {
      const opinion = library(invariant, type, value);
      if (opinion === undefined && UNDECIDED.has(invariant.key)) return;
      const own = holdsInvariant(invariant, value, type, { resource: value, root: value });

      expect({ value, holds: own }).toEqual({ value, holds: opinion === true });
    }),
    { numRuns: 100 },
  );
}

describe('what is checked by hand says the same as the FHIRPath of the standard', () => {
  test.each(asked.filter(({ invariant }) => isCheap(invariant.key)).map(shown))('%s', (_, rule) => agree(rule));
});

describe('what is evaluated without definitions says the same as with them', () => {
  test.each(asked.filter(({ invariant }) => !isCheap(invariant.key)).map(shown))('%s', (_, rule) => agree(rule));
});
