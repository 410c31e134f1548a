/**
 * What a search asks of a resource, after the words of the query have been understood and before anybody knows where resources are kept.
 *
 * `search-holds.ts` answers it for one resource in memory, `resources/condition-sql.ts` for all that are stored; both mean the same.
 */
export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** Has one of the tokens (see `tokenAt`, `referenceAt`); none of them: nothing has. */
  | { readonly kind: 'token'; readonly tokens: readonly string[] }
  /** Has any value at one of the paths (see `pathNumber`), be it a token, a range or a text. */
  | { readonly kind: 'present'; readonly paths: readonly number[] }
  /** Has a range of this key whose ends fulfil all bounds and, where units are given, one of whose units is one of them. */
  | { readonly kind: 'range'; readonly key: string; readonly bounds: readonly Bound[]; readonly units?: readonly string[] }
  /** The clinical time of the resource (`IndexEntry.time`) or the time of its version (`meta.lastUpdated`); without bounds: there is one. */
  | { readonly kind: 'time'; readonly of: 'clinical' | 'updated'; readonly bounds: readonly TimeBound[] }
  /** Has a text of this path (normalised by `normaliseText`; a uri as it is) that starts with or contains the one given. */
  | { readonly kind: 'text'; readonly path: number; readonly match: 'starts' | 'contains'; readonly text: string }
  /**
   * The words shown for a coded value start with the text, in any case: token `:text`. Looked for in the content itself: `text`, `display`,
   * `coding.display`, `type.text` and `type.coding.display` of the element.
   */
  | { readonly kind: 'display'; readonly path: readonly string[]; readonly text: string }
  /** Logical ids. */
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  /** A reference at one of the paths leads to a resource of the type that fulfils the condition, and that the caller may see. */
  | { readonly kind: 'chain'; readonly paths: readonly number[]; readonly type: string; readonly condition: Condition }
  /** A resource of the type that fulfils the condition, and that the caller may see, refers to this one at one of the paths. */
  | { readonly kind: 'has'; readonly type: string; readonly paths: readonly number[]; readonly condition: Condition };

/** How one end of a range compares with a number, written in decimal digits (or `Infinity`, `-Infinity`). */
export interface Bound {
  readonly end: 'low' | 'high';
  readonly is: '<' | '<=' | '>' | '>=';
  readonly value: string;
}

/** The same for a time; an end that is not there lies infinitely far away, a resource without any time fulfils none. */
export interface TimeBound {
  readonly end: 'low' | 'high';
  readonly is: '<' | '<=' | '>' | '>=';
  readonly value: Date;
}

/**
 * A numeric, quantity or (but for the clinical time) date value: `[key, low, high, unit, unit, unit]`, all in decimal digits. Dates are in
 * milliseconds. `key` is the number of the path, or for a composite a number made of the path and the coded half. The units are numbers made
 * of `system|code`, `|code` and `|unit`; 0 where there is none.
 */
export type IndexedRange = readonly [key: string, low: string, high: string, unit: string, code: string, text: string];

/** Everything a resource is found by. */
export interface IndexEntry {
  /** See `tokenAt` and `referenceAt`. */
  readonly tokens: readonly string[];
  /** The clinical time is not among them. */
  readonly ranges: readonly IndexedRange[];
  /** `<path number>:<normalised text>`, of a uri the text itself; each once. */
  readonly texts: readonly string[];
  /** The one time by which resources of the type are ordered: `[from, until)`; an open end is missing, without a time both are. */
  readonly time: { readonly from?: Date; readonly until?: Date };
  readonly status: string | null;
}

/** One key of `_sort`; the last of them is always followed by the id, so that no two resources share a place. */
export interface SortKey {
  readonly descending: boolean;
  readonly by:
    | { readonly kind: 'clinical' | 'updated' | 'id' }
    /** By the lowest (ascending) or highest (descending) value of the paths; resources without any come last. */
    | { readonly kind: 'range' | 'text'; readonly paths: readonly number[] }
    /** By the first code, reference or uri at the path of element names, read from the content. */
    | { readonly kind: 'content'; readonly path: readonly string[] };
}

/** `_include=Source:parameter:Target` and `_revinclude`. */
export interface Inclusion {
  readonly kind: 'include' | 'revinclude';
  readonly iterate: boolean;
  /** The type whose references are followed (include) or that refers to the matches (revinclude). */
  readonly source: string;
  /** Element paths of the reference (`['subject']`); every reference of the source where absent (`*`). */
  readonly paths: readonly (readonly string[])[] | undefined;
  /** Path numbers of the same. */
  readonly numbers: readonly number[] | undefined;
  /** Only targets of this type. */
  readonly target: string | undefined;
}

/** A search on one type, understood. */
export interface Search {
  readonly type: string;
  readonly condition: Condition;
  /** Values of `patient`, `subject` and their like that name persons; they are also part of `condition`. */
  readonly subjects: Subjects | undefined;
  /** Empty: the newest clinical time first. */
  readonly sort: readonly SortKey[];
  readonly inclusions: readonly Inclusion[];
  /** Matches of a page; 0 asks for the total alone. */
  readonly count: number;
  readonly total: 'none' | 'estimate' | 'accurate' | undefined;
  readonly summary: 'true' | 'text' | 'data' | 'count' | 'false' | undefined;
  /** Names of `_elements`. */
  readonly elements: readonly string[] | undefined;
  /** What `_page` brought back. */
  readonly page: string | undefined;
  /** The parameters that were used, in the order given, for the `self` link. */
  readonly used: readonly (readonly [name: string, value: string])[];
  /** What a lenient search left out, as warnings. */
  readonly ignored: readonly { readonly path: string; readonly en: string; readonly zh: string }[];
}

/** Whom a search names: ids of Patients, and identifiers of Patients (`patient.identifier`, `patient:identifier`). */
export interface Subjects {
  readonly ids: readonly string[];
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
}
