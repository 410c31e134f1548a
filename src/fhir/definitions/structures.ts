import { readFileSync } from 'node:fs';

/** A rule of the standard that an element or a whole type must keep, written in FHIRPath. */
export interface Invariant {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** What it demands, in the words of the standard. */
  readonly human: string;
  readonly expression: string;
}

/** The codes a coded element must be from (a required binding), by system. */
export interface RequiredBinding {
  readonly valueSet: string;
  /** Absent where the codes cannot be listed: mime types, currencies, units. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

/** One member of a resource or data type, as R4 (4.0.1) defines it. */
export interface Element {
  readonly min: number;
  readonly max: number | '*';
  /** Data types; a nested part by its path (`Observation.component`); any resource as `Resource`. `SimpleQuantity` is a Quantity without comparator. */
  readonly types: readonly string[];
  /** Types that a Reference may lead to; absent: any. */
  readonly targets?: readonly string[];
  readonly binding?: RequiredBinding;
  readonly isSummary: boolean;
  readonly isModifier: boolean;
  /** The element this is one form of, such as `value[x]`: only one of them may be there. */
  readonly choice?: string;
  /** A plain value that cannot have `id` and extensions of its own: ids, the url of an extension. */
  readonly isBare: boolean;
  readonly constraints: readonly Invariant[];
}

/** `part` is what is nested in another type and has no name of its own. */
export type StructureKind = 'resource' | 'complex-type' | 'primitive-type' | 'part';

/** A type of R4. */
export interface Structure {
  readonly kind: StructureKind;
  /** Every member by its name in JSON, inherited ones and each form of a choice (`valueQuantity`) among them. */
  readonly elements: ReadonlyMap<string, Element>;
  /** Invariants of the whole, inherited ones included. */
  readonly constraints: readonly Invariant[];
}

/** An element as `structures.json` keeps it; what is not usual alone is written down. */
export interface ElementRow<Constraint = Invariant> {
  readonly min?: number;
  readonly max?: string;
  readonly types: readonly string[];
  readonly targets?: readonly string[];
  readonly required?: string;
  readonly summary?: true;
  readonly modifier?: true;
  readonly bare?: true;
  readonly constraints?: readonly Constraint[];
}

interface Table {
  readonly types: {
    readonly [name: string]: {
      readonly kind: StructureKind;
      readonly base?: string;
      readonly constraints?: readonly Invariant[];
      readonly elements: { readonly [name: string]: ElementRow };
    };
  };
  readonly valueSets: { readonly [url: string]: { readonly [system: string]: readonly string[] } };
}

let table: Table | undefined;
const structures = new Map<string, Structure | undefined>();
const valueSets = new Map<string, ReadonlyMap<string, ReadonlySet<string>> | undefined>();

/** The members of a type or of a nested part (`Observation.component`), by their names in JSON; none for a type that R4 does not have. */
export function elementsOf(type: string): ReadonlyMap<string, Element> {
  return structureOf(type)?.elements ?? NO_ELEMENTS;
}

/** A type of R4 or a nested part of one; `undefined` when there is none of the name. Made of the generated table at the first call for it. */
export function structureOf(type: string): Structure | undefined {
  const known = structures.get(type);
  if (known || structures.has(type)) return known;
  const structure = build(type);
  structures.set(type, structure);
  return structure;
}

/** The codes, by system, of a value set that R4 requires somewhere; `undefined` for any other, and where they cannot be listed. */
export function requiredCodes(valueSet: string): ReadonlyMap<string, ReadonlySet<string>> | undefined {
  if (valueSets.has(valueSet)) return valueSets.get(valueSet);
  const row = readTable().valueSets[valueSet];
  const codes = row && new Map(Object.entries(row).map(([system, its]) => [system, new Set(its)]));
  valueSets.set(valueSet, codes);
  return codes;
}

/** Names of all types of R4 of the kind; abstract ones are not among the resources. */
export function namesOf(kind: StructureKind): readonly string[] {
  return Object.entries(readTable().types).flatMap(([name, it]) => (it.kind === kind && !ABSTRACT.has(name) ? [name] : []));
}

let baseInvariants: ReadonlySet<string> | undefined;

/** Whether base R4 has an invariant of the key. */
export function isBaseInvariant(key: string): boolean {
  baseInvariants ??= new Set(
    Object.values(readTable().types).flatMap((type) =>
      [...(type.constraints ?? []), ...Object.values(type.elements).flatMap((it) => it.constraints ?? [])].map((it) => it.key),
    ),
  );
  return baseInvariants.has(key);
}

const NO_ELEMENTS: ReadonlyMap<string, Element> = new Map();
const NO_CONSTRAINTS: readonly Invariant[] = [];
const ABSTRACT = new Set(['Resource', 'DomainResource']);

function readTable(): Table {
  table ??= JSON.parse(readFileSync(new URL('structures.json', import.meta.url), 'utf8')) as Table;
  return table;
}

function build(type: string): Structure | undefined {
  const types = readTable().types;
  const row = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!row) return undefined;
  const base = row.base ? structureOf(row.base) : undefined;
  const elements = new Map(base?.elements);
  for (const [name, it] of Object.entries(row.elements)) {
    if (!name.endsWith('[x]')) elements.set(name, elementOf(it, it.types, undefined));
    else for (const form of it.types) elements.set(`${name.slice(0, -3)}${suffixOf(form)}`, elementOf(it, [form], name));
  }
  return { kind: row.kind, elements, constraints: [...(base?.constraints ?? []), ...(row.constraints ?? [])] };
}

function suffixOf(type: string): string {
  return type === 'SimpleQuantity' ? 'Quantity' : `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}

function elementOf(row: ElementRow, types: readonly string[], choice: string | undefined): Element {
  const { min = 0, max = '1', targets, required } = row;
  return {
    min,
    max: max === '*' ? '*' : Number(max),
    types,
    ...(targets && types.includes('Reference') && { targets }),
    ...(required && { binding: { valueSet: required, codes: requiredCodes(required) } }),
    isSummary: row.summary ?? false,
    isModifier: row.modifier ?? false,
    ...(choice && { choice }),
    isBare: row.bare ?? false,
    constraints: row.constraints ?? NO_CONSTRAINTS,
  };
}
