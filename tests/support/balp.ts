import { readFileSync } from 'node:fs';

const DEFINITIONS = new URL('../../../shared/testdata/balp/definitions/', import.meta.url);
const CANONICAL = 'https://profiles.ihe.net/ITI/BALP/';

interface Element {
  readonly id: string;
  readonly min?: number;
  readonly max?: string;
  readonly sliceName?: string;
  readonly binding?: { readonly strength: string; readonly valueSet: string };
  readonly [pattern: `pattern${string}`]: unknown;
}

/**
 * Where a resource departs from an IHE BALP profile, as far as the profile's own elements and those of its BALP ancestors go: cardinality,
 * patterns, required bindings to BALP's value sets, slices told apart by their patterns.
 */
export function departures(resource: unknown, profile: string): string[] {
  const found: string[] = [];
  for (const elements of lineage(profile)) {
    for (const element of elements) {
      // Slices are checked with their members below; a plain element stands for itself.
      if (!element.id.includes(':')) found.push(...check(valuesAt([resource], element.id.split('.').slice(1)), element));
    }
    for (const slice of elements.filter((it) => it.sliceName)) found.push(...checkSlice(resource, slice, elements));
  }
  return found;
}

/** The elements of a profile and of every ancestor that BALP defines. */
function lineage(profile: string): Element[][] {
  if (!profile.startsWith(CANONICAL)) return [];
  const file = new URL(`StructureDefinition-${profile.slice(profile.lastIndexOf('/') + 1)}.json`, DEFINITIONS);
  const definition = JSON.parse(readFileSync(file, 'utf8'));
  return [...lineage(definition.baseDefinition), definition.differential.element];
}

function checkSlice(resource: unknown, slice: Element, elements: readonly Element[]): string[] {
  const [path = '', ...rest] = slice.id.split(':');
  if (rest.join(':').includes('.')) return [];
  const members = elements.filter((it) => it.id.startsWith(`${slice.id}.`));
  const inSlice = valuesAt([resource], path.split('.').slice(1)).filter((value) => belongs(value, slice, members));
  const found = check(inSlice, slice);
  for (const value of inSlice) {
    for (const member of members) found.push(...check(valuesAt([value], member.id.slice(slice.id.length + 1).split('.')), member));
  }
  return found;
}

/** Discriminators here are the value itself, its type, or its role: whatever of them the slice fixes. */
function belongs(value: unknown, slice: Element, members: readonly Element[]): boolean {
  if (patternOf(slice) !== undefined || slice.binding) return fits(value, slice);
  const fixed = members.filter((it) => /\.(type|role)$/.test(it.id) && it.id.split('.').length === slice.id.split('.').length + 1);
  const discriminators = fixed.filter((it) => patternOf(it) !== undefined || it.binding?.strength === 'required');
  return discriminators.every((it) => valuesAt([value], [it.id.split('.').at(-1) as string]).some((member) => fits(member, it)));
}

function check(values: readonly unknown[], element: Element): string[] {
  const found: string[] = [];
  if (values.length < (element.min ?? 0)) found.push(`${element.id}: ${values.length} of at least ${element.min}`);
  if (element.max !== undefined && element.max !== '*' && values.length > Number(element.max)) {
    found.push(`${element.id}: ${values.length} of at most ${element.max}`);
  }
  if (values.some((it) => !fits(it, element))) found.push(`${element.id}: not as the pattern has it`);
  return found;
}

function fits(value: unknown, element: Element): boolean {
  const pattern = patternOf(element);
  if (pattern !== undefined && !contains(value, pattern)) return false;
  const codes = element.binding?.strength === 'required' ? codesOf(element.binding.valueSet) : undefined;
  return !codes || codingsIn(value).some((it) => codes.has(`${it.system}|${it.code}`));
}

function patternOf(element: Element): unknown {
  return Object.entries(element).find(([name]) => name.startsWith('pattern'))?.[1];
}

function contains(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return Array.isArray(value) && pattern.every((it) => value.some((member) => contains(member, it)));
  if (typeof pattern !== 'object' || pattern === null) return value === pattern;
  return typeof value === 'object' && value !== null && Object.entries(pattern).every(([name, it]) => contains((value as never)[name], it));
}

/** Codes of a value set that lists them; `undefined` for one that does not, which then binds nothing here. */
function codesOf(valueSet: string): ReadonlySet<string> | undefined {
  if (!valueSet.startsWith(CANONICAL)) return undefined;
  const definition = JSON.parse(
    readFileSync(new URL(`ValueSet-${valueSet.slice(valueSet.lastIndexOf('/') + 1)}.json`, DEFINITIONS), 'utf8'),
  );
  const included: { system: string; concept?: { code: string }[] }[] = definition.compose.include;
  if (included.some((it) => !it.concept)) return undefined;
  return new Set(included.flatMap((it) => (it.concept ?? []).map(({ code }) => `${it.system}|${code}`)));
}

function codingsIn(value: unknown): { system?: string; code?: string }[] {
  const { coding } = value as { coding?: { system?: string; code?: string }[] };
  return coding ?? [value as { system?: string; code?: string }];
}

function valuesAt(values: readonly unknown[], path: readonly string[]): unknown[] {
  return path.reduce<unknown[]>(
    (list, name) =>
      list.flatMap((it) => {
        const member: unknown = (it as Record<string, unknown>)[name];
        return member === undefined ? [] : member;
      }) as unknown[],
    [...values],
  );
}
