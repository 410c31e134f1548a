import { Failure } from '../failure.ts';
import { readDate } from '../fhir/date.ts';
import { type SearchParameter, searchParametersOf } from '../fhir/search-index.ts';

/** A bound on the clinical time, as the SQL of `find-matches` takes it. */
export interface TimeBound {
  readonly kind: 'eq' | 'lt' | 'gt' | 'le' | 'ge';
  readonly from: Date;
  readonly until: Date;
}

/** A search, read and checked. Lists inside `tokens` are alternatives, the lists themselves must all be met. */
export interface SearchQuery {
  readonly tokens: readonly (readonly string[])[];
  /** Ids of Patients named by `subject` or `patient`. */
  readonly patients: readonly string[] | undefined;
  readonly ids: readonly string[] | undefined;
  readonly times: readonly TimeBound[];
  readonly descending: boolean;
  readonly count: number;
  readonly after: string | undefined;
  /** The parameters that were used, for the `self` link. */
  readonly used: readonly (readonly [string, string])[];
}

const COUNT_DEFAULT = 50;
const COUNT_MAX = 500;

/**
 * Reads the parameters of a search on a type (R4, 3.1.1). Every parameter is either used or refused: `not-supported` for names,
 * modifiers and prefixes that this server does not know, `parameter-invalid` for values of the wrong form.
 */
export function readSearchQuery(type: string, parameters: Iterable<readonly [string, string]>): SearchQuery {
  const known = new Map(searchParametersOf(type).map((it) => [it.name, it]));
  const dates = new Set(
    searchParametersOf(type)
      .filter((it) => it.type === 'date')
      .map((it) => it.name),
  );
  const tokens: (readonly string[])[] = [];
  const times: TimeBound[] = [];
  let patients: readonly string[] | undefined;
  let ids: readonly string[] | undefined;
  let descending = true;
  let count = COUNT_DEFAULT;
  let after: string | undefined;
  const used: (readonly [string, string])[] = [];

  for (const [name, value] of parameters) {
    if (name === '_format' || name === '_pretty') continue;
    if (value === '') throw invalid(name, 'has no value', '缺少取值');
    const parameter = known.get(name);
    if (name === '_count') count = readCount(value);
    else if (name === '_sort') descending = readSort(value, dates);
    else if (name === '_after') after = value;
    else if (name === '_id') ids = split(value);
    else if (parameter === undefined) throw unknown(type, name);
    else if (parameter.type === 'date') times.push(readBound(name, value));
    else {
      if (name === 'subject' || name === 'patient') patients = patientIds(value) ?? patients;
      tokens.push(split(value).map((it) => `${name}=${tokenText(parameter, it)}`));
    }
    if (name !== '_after') used.push([name, value]);
  }
  return { tokens, patients, ids, times, descending, count, after, used };
}

/** Alternatives are parted by commas; `\,` is a comma of the value. */
function split(value: string): readonly string[] {
  return value.split(/(?<!\\),/).map((it) => it.replace(/\\([,|$\\])/g, '$1'));
}

function tokenText(parameter: SearchParameter, value: string): string {
  if (parameter.type === 'token') {
    if (!value.endsWith('|')) return value;
    throw invalid(parameter.name, `"${value}" needs a code after its bar`, `“${value}”的竖线之后须有代码`);
  }
  const bare = value.replace(/^https?:\/\/.*\/(?=[A-Z][A-Za-z]+\/[^/]+$)/, '');
  if (bare.includes('/')) return bare;
  if (parameter.target) return `${parameter.target}/${bare}`;
  if (parameter.name === 'subject') return `Patient/${bare}`;
  throw invalid(parameter.name, `"${value}" needs its type, as in Patient/${value}`, `“${value}”须带资源类型，例如 Patient/${value}`);
}

function patientIds(value: string): readonly string[] | undefined {
  const list = split(value).map((it) => /^(?:.*\/)?(?:Patient\/)?([A-Za-z0-9.-]{1,64})$/.exec(it)?.[1]);
  return list.every((it) => it !== undefined) ? (list as readonly string[]) : undefined;
}

function readCount(value: string): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) < 1) throw invalid('_count', 'takes a whole number from 1 on', '应为大于等于 1 的整数');
  return Math.min(Number(value), COUNT_MAX);
}

function readSort(value: string, dates: ReadonlySet<string>): boolean {
  const name = value.replace(/^-/, '');
  if (!dates.has(name))
    throw new Failure('not-supported', { path: '_sort', en: `sorting by "${name}" is not offered here`, zh: `此处不支持按“${name}”排序` });
  return value.startsWith('-');
}

function readBound(name: string, value: string): TimeBound {
  const match = /^(eq|lt|gt|le|ge)?(\d.*)$/.exec(value);
  const range = match?.[2] ? readDate(match[2]) : undefined;
  if (!match || !range)
    throw invalid(
      name,
      `"${value}" is not a date with one of the prefixes eq, lt, gt, le, ge`,
      `“${value}”不是带 eq、lt、gt、le、ge 前缀的日期`,
    );
  return { kind: (match[1] ?? 'eq') as TimeBound['kind'], ...range };
}

function invalid(name: string, en: string, zh: string): Failure {
  return new Failure('parameter-invalid', { path: name, en: `${name} ${en}`, zh: `${name} ${zh}` });
}

function unknown(type: string, name: string): Failure {
  return new Failure('not-supported', {
    path: name,
    en: `"${name}" is not a search parameter of ${type} here; GET /fhir/metadata lists them`,
    zh: `${type} 不支持检索参数“${name}”；可用参数见 /fhir/metadata`,
  });
}
