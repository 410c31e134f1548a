import { readFileSync } from 'node:fs';
import type { SearchPath } from './search-expression.ts';

export type SearchParameterType = 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri' | 'special';

/** One of the parameters whose values a composite joins. */
export interface SearchComponent {
  readonly type: SearchParameterType;
  readonly paths: readonly SearchPath[];
}

/** The elements within which the values of a composite belong together: the resource itself, or each element at a path. */
export interface SearchGroup {
  /** Empty for the resource itself. */
  readonly path: string;
  readonly components: readonly SearchComponent[];
}

/** A search parameter as this server offers it (R4, 3.1.1.4). */
export interface SearchParameter {
  readonly name: string;
  readonly type: SearchParameterType;
  /** Canonical address of its definition. */
  readonly url: string;
  /** The elements it looks at; none for a composite. */
  readonly paths: readonly SearchPath[];
  /** Types that a reference parameter may lead to. */
  readonly targets: readonly string[];
  /** Where the halves of a composite are; none for any other. */
  readonly groups: readonly SearchGroup[];
  /** Whether alternatives may be parted by commas. */
  readonly multipleOr: boolean;
  readonly multipleAnd: boolean;
}

/** Parameters by resource type; those of every type stand at `Resource`. */
export type SearchParameterTable = Readonly<Record<string, readonly SearchParameter[]>>;

let published: SearchParameterTable | undefined;
let loaded: SearchParameterTable = {};
const byType = new Map<string, ReadonlyMap<string, SearchParameter>>();
const afterLoading: (() => void)[] = [];

/** Every parameter a search on this type may name, by name: those of R4, and those of the packages that are loaded. */
export function searchParametersOf(type: string): readonly SearchParameter[] {
  return [...tableOf(type).values()];
}

/** The parameter of this name; `undefined` where the type has none. */
export function searchParameter(type: string, name: string): SearchParameter | undefined {
  return tableOf(type).get(name);
}

/** Replaces the parameters that packages bring along. */
export function replaceLoaded(table: SearchParameterTable): void {
  loaded = table;
  byType.clear();
  for (const it of afterLoading) it();
}

/** Runs whenever the parameters change, for what is made of them and kept. */
export function onLoading(forget: () => void): void {
  afterLoading.push(forget);
}

/** The parameters of R4 alone. */
export function publishedParameters(type: string): readonly SearchParameter[] {
  published ??= readTable();
  return [...(published['Resource'] ?? []), ...(Object.hasOwn(published, type) ? (published[type] ?? []) : [])];
}

function tableOf(type: string): ReadonlyMap<string, SearchParameter> {
  const known = byType.get(type);
  if (known) return known;
  const table = new Map([...publishedParameters(type), ...(loaded[type] ?? [])].map((it) => [it.name, it]));
  byType.set(type, table);
  return table;
}

type Row = Partial<SearchParameter> & Pick<SearchParameter, 'name' | 'type' | 'url'>;

function readTable(): SearchParameterTable {
  const rows = JSON.parse(readFileSync(new URL('search-parameters.json', import.meta.url), 'utf8')) as Record<string, readonly Row[]>;
  const parameterOf = (row: Row): SearchParameter => ({ paths: [], targets: [], groups: [], multipleOr: true, multipleAnd: true, ...row });
  return Object.fromEntries(Object.entries(rows).map(([type, list]) => [type, list.map(parameterOf)]));
}
