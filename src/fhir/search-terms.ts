import type { SearchPath } from './definitions/search-expression.ts';
import type { SearchComponent } from './definitions/search-parameters.ts';
import { type Bounds, dateBounds, numberBounds } from './search-bounds.ts';
import type { Bound, Condition } from './search-condition.ts';
import { codedText, pathNumber, tokenAt, unitNumber } from './search-hash.ts';
import { exactOf, pathsOfClinicalTime } from './search-paths.ts';
import { referenceTokens } from './search-reference.ts';
import { normaliseText } from './search-text.ts';
import { type Asked, readToken } from './search-token.ts';
import { invalid, partsOf, plain, type Subject } from './search-words.ts';

export const NOTHING: Condition = { kind: 'any', of: [] };
export const EVERYTHING: Condition = { kind: 'all', of: [] };

/** Joins conditions; one alone stands for itself. */
export function joined(kind: 'all' | 'any', of: readonly Condition[]): Condition {
  const [first] = of;
  return first && of.length === 1 ? first : { kind, of };
}

/** Any of the conditions, tokens of all of them at once. */
export function anyOf(of: readonly Condition[]): Condition {
  const tokens = of.flatMap((it) => (it.kind === 'token' ? it.tokens : []));
  const rest = of.filter((it) => it.kind !== 'token');
  return joined('any', tokens.length > 0 ? [{ kind: 'token', tokens: [...new Set(tokens)] }, ...rest] : rest);
}

/** The condition of one alternative of a plain value, without a modifier. */
export function valueCondition(kind: SearchComponent['type'], subject: Subject, text: string): Condition {
  switch (kind) {
    case 'token':
      return tokenCondition(subject, text);
    case 'reference':
      return { kind: 'token', tokens: referenceTokens(subject, text) };
    case 'string':
      return stringCondition(subject, text);
    case 'uri':
      return { kind: 'token', tokens: subject.paths.map((it) => tokenAt(pathNumber(it.path), plain(text))) };
    case 'number':
      return rangeCondition(subject, numberBounds(subject.name, plain(text)), undefined);
    case 'quantity':
      return quantityCondition(subject, text);
    case 'date':
      return dateCondition(subject, dateBounds(subject.name, plain(text), subject.now));
    case 'composite':
    case 'special':
      throw new Error(`a ${kind} parameter has no plain value`);
  }
}

/** The form under which the index of an element has what was asked for; `undefined` where it can have none. */
export function formOf({ type, systems }: SearchPath, { system, code }: Asked): string | undefined {
  if (IMPLIED.has(type)) return code !== undefined && isOfSystem(type, systems, system) ? code : undefined;
  return system === undefined ? codedText(code ?? '') : codedText(system, code ?? '');
}

/** Values that do not name their system. */
const IMPLIED = new Set(['code', 'boolean', 'string', 'id', 'uri', 'existence']);

function isOfSystem(type: string, systems: readonly string[] | undefined, system: string | undefined): boolean {
  if (system === undefined || system === '') return true;
  if (type === 'boolean' || type === 'existence') return system === 'http://terminology.hl7.org/CodeSystem/special-values';
  return type === 'code' && (systems === undefined || systems.includes(system));
}

function tokenCondition({ name, paths }: Subject, text: string): Condition {
  const asked = readToken(name, text);
  if (paths.every((it) => it.type === 'boolean' || it.type === 'existence') && asked.code !== 'true' && asked.code !== 'false') {
    throw invalid(name, `takes true or false, not "${text}"`, `应为 true 或 false，而不是“${text}”`);
  }
  const existing = paths.filter((it) => it.type === 'existence');
  if (existing.length > 0) {
    const exists: Condition = { kind: 'token', tokens: existing.map((it) => tokenAt(pathNumber(it.path), 'true')) };
    return asked.code === 'true' ? exists : { kind: 'not', of: exists };
  }
  const tokens = paths.flatMap((it) => {
    const form = formOf(it, asked);
    return form === undefined ? [] : [tokenAt(pathNumber(it.path), form)];
  });
  // Every value of an element whose system goes without saying is of that system.
  const whole = asked.code === undefined ? paths.filter((it) => it.type === 'code' && isOfSystem('code', it.systems, asked.system)) : [];
  const present: readonly Condition[] = whole.length > 0 ? [{ kind: 'present', paths: whole.map((it) => pathNumber(it.path)) }] : [];
  return joined('any', [{ kind: 'token', tokens }, ...present]);
}

/** Any word of the text begins the value: the first, or one behind a space. */
function stringCondition({ name, paths }: Subject, value: string): Condition {
  const text = searchText(name, value);
  return joined(
    'any',
    paths.flatMap((it): readonly Condition[] => {
      const path = pathNumber(it.path);
      return [
        { kind: 'text', path, match: 'starts', text },
        { kind: 'text', path, match: 'contains', text: ` ${text}` },
      ];
    }),
  );
}

/** The text to look for. Throws `parameter-invalid` where nothing is left of it. */
export function searchText(name: string, value: string): string {
  const text = normaliseText(plain(value));
  if (text === '') throw invalid(name, 'has no letter or digit to look for', '没有可检索的文字');
  return text;
}

/** `:exact` of a string: the tokens of the text as it stands. */
export function exactTokens({ paths }: Subject, value: string): readonly string[] {
  return paths.map((it) => tokenAt(exactOf(it.path), plain(value)));
}

/** `number`, `number|system|code` or `number||code` (R4, 3.1.1.4.11). Throws `parameter-invalid`. */
export function quantityCondition(subject: Subject, text: string): Condition {
  const [number = '', system, code, more] = partsOf(text, '|').map(plain);
  const hasUnit = system !== undefined;
  if (more !== undefined || (hasUnit && !code)) {
    throw invalid(
      subject.name,
      `"${text}" is not number, number|system|code or number||code`,
      `“${text}”的格式应为 数值、数值|系统|代码 或 数值||代码`,
    );
  }
  return rangeCondition(subject, numberBounds(subject.name, number), hasUnit ? [unitNumber(`${system}|${code}`)] : undefined);
}

function rangeCondition({ paths }: Subject, alternatives: Bounds, units: readonly string[] | undefined): Condition {
  return joined(
    'any',
    paths.flatMap((it) => rangesAt(String(pathNumber(it.path)), alternatives, units)),
  );
}

/** A condition for each of the alternatives, on the ranges of one key. */
export function rangesAt(key: string, alternatives: Bounds, units?: readonly string[]): readonly Condition[] {
  return alternatives.map((bounds) => ({ kind: 'range', key, bounds, ...(units && { units }) }));
}

function dateCondition({ type, name, paths }: Subject, alternatives: Bounds): Condition {
  if (name === '_lastUpdated')
    return joined(
      'any',
      alternatives.map((bounds) => timeCondition('updated', bounds)),
    );
  const clinical = pathsOfClinicalTime(type);
  const numbers = paths.map((it) => pathNumber(it.path));
  const ofTime = numbers.some((it) => clinical.includes(it)) ? alternatives.map((bounds) => timeCondition('clinical', bounds)) : [];
  return joined('any', [...ofTime, ...numbers.filter((it) => !clinical.includes(it)).flatMap((it) => rangesAt(String(it), alternatives))]);
}

function timeCondition(of: 'clinical' | 'updated', bounds: readonly Bound[]): Condition {
  return { kind: 'time', of, bounds: bounds.map(({ end, is, value }) => ({ end, is, value: new Date(Number(value)) })) };
}
