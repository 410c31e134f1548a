import { readDate } from './date.ts';
import { isObject, objectsOf, textOf } from './element.ts';
import type { Json, JsonValue } from './exact-json.ts';
import { KEPT_CHARACTERS_MAX, KeptTexts, ownText } from './own-text.ts';
import { codedText, unitNumber } from './search-hash.ts';

/** A span of time; an open end is missing. */
export interface OpenRange {
  readonly from?: Date;
  readonly until?: Date;
}

/** `[low, high, unit, code, text]` of an indexed range. */
export type NumberRange = readonly [low: string, high: string, unit: string, code: string, text: string];

/** The texts by which a token parameter finds a value of a data type (R4, 3.1.1.4.10). */
export function tokenForms(type: string, value: JsonValue): readonly string[] {
  switch (type) {
    case 'CodeableConcept':
      return isObject(value) ? codesIn(value) : [];
    case 'Coding':
      return isObject(value) ? formsOfCode(value['system'], value['code']) : [];
    case 'Identifier':
      return isObject(value) ? formsOf(value['system'], value['value']) : [];
    case 'ContactPoint':
      // What a system is to a code, the use is to a number (table in R4, 3.1.1.4.10).
      return isObject(value) ? formsOf(value['use'], value['value']) : [];
    case 'existence':
      return value === false ? [] : ['true'];
    default:
      return typeof value === 'string' || typeof value === 'boolean' ? [String(value)] : [];
  }
}

function codesIn(concept: Json): readonly string[] {
  const codings = objectsOf(concept['coding']);
  const [only] = codings;
  if (only && codings.length === 1) return formsOfCode(only['system'], only['code']);
  return codings.flatMap((it) => formsOfCode(it['system'], it['code']));
}

/** The forms of codes that nearly every resource repeats, by system and code. */
const codes = new Map<string, Map<string, readonly string[]>>();
const CODES_MAX = 4_000;
let codesKept = 0;

function formsOfCode(system: JsonValue | undefined, code: JsonValue | undefined): readonly string[] {
  if (typeof system !== 'string' || typeof code !== 'string') return formsOf(system, code);
  const known = codes.get(system)?.get(code);
  if (known) return known;
  if (system.length + code.length > KEPT_CHARACTERS_MAX) return formsOf(system, code);
  if (codesKept >= CODES_MAX) {
    codes.clear();
    codesKept = 0;
  }
  const [ownSystem, ownCode] = [ownText(system), ownText(code)];
  const forms = formsOf(ownSystem, ownCode);
  const ofSystem = codes.get(ownSystem) ?? new Map<string, readonly string[]>();
  codes.set(ownSystem, ofSystem.set(ownCode, forms));
  codesKept++;
  return forms;
}

function formsOf(system: JsonValue | undefined, code: JsonValue | undefined): readonly string[] {
  const where = typeof system === 'string' ? system : '';
  const what = textOf(code);
  if (what === undefined) return where === '' ? [] : [codedText(where, '')];
  return [codedText(what), codedText(where, what), ...(where === '' ? [] : [codedText(where, '')])];
}

/** `typeSystem|typeCode|value` of an identifier, once for every coding of its type. */
export function ofTypeForms(identifier: JsonValue): readonly string[] {
  if (!isObject(identifier) || !isObject(identifier['type'])) return [];
  const value = textOf(identifier['value']);
  if (value === undefined) return [];
  return objectsOf(identifier['type']['coding']).map((it) => codedText(textOf(it['system']) ?? '', textOf(it['code']) ?? '', value));
}

/** The texts of a data type that a string parameter looks at. */
export function textsOf(type: string, value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  return (TEXT_PARTS[type] ?? []).flatMap((name) => stringsOf(value[name]));
}

const TEXT_PARTS: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['family', 'given', 'prefix', 'suffix', 'text'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
};

function stringsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter((it) => typeof it === 'string') : [];
}

/** The span a date of any type covers; of a Timing its outer limits. `undefined` where it says no time. */
export function timeOf(type: string, value: JsonValue): OpenRange | undefined {
  if (typeof value === 'string') return readDate(value);
  if (!isObject(value)) return undefined;
  if (type !== 'Timing') return periodOf(value);
  const events = stringsOf(value['event']).flatMap((it) => readDate(it) ?? []);
  const repeat = value['repeat'];
  const bounds = isObject(repeat) && isObject(repeat['boundsPeriod']) ? periodOf(repeat['boundsPeriod']) : undefined;
  const all: readonly OpenRange[] = bounds ? [...events, bounds] : events;
  if (all.length === 0) return undefined;
  const from = all.every((it) => it.from) ? new Date(Math.min(...all.map((it) => Number(it.from)))) : undefined;
  const until = all.every((it) => it.until) ? new Date(Math.max(...all.map((it) => Number(it.until)))) : undefined;
  return { ...(from && { from }), ...(until && { until }) };
}

function periodOf(period: Json): OpenRange | undefined {
  const start = textOf(period['start']);
  const end = textOf(period['end']);
  const from = start === undefined ? undefined : readDate(start)?.from;
  const until = end === undefined ? undefined : readDate(end)?.until;
  return from || until ? { ...(from && { from }), ...(until && { until }) } : undefined;
}

const NO_UNIT = '0';

/** The range of a date as it is indexed, in milliseconds. */
export function rangeOfTime({ from, until }: OpenRange): NumberRange {
  return [from ? String(from.getTime()) : '-Infinity', until ? String(until.getTime()) : 'Infinity', NO_UNIT, NO_UNIT, NO_UNIT];
}

/** The range that a number or quantity covers; a comparator leaves one end open. `undefined` where it says none. */
export function numberRange(type: string, value: JsonValue): NumberRange | undefined {
  if (typeof value === 'number') return point(decimalText(value), value);
  if (!isObject(value)) return undefined;
  if (type === 'Range') {
    const [low, high] = [value['low'], value['high']];
    const [least, most] = [amountOf(low), amountOf(high)];
    if (least === undefined && most === undefined) return undefined;
    return [least ?? '-Infinity', most ?? 'Infinity', ...unitsOf(isObject(low) ? low : (high as Json))];
  }
  const amount = amountOf(value);
  if (amount === undefined) return undefined;
  const units = type === 'Money' ? moneyUnits(value) : unitsOf(value);
  switch (value['comparator']) {
    case '<':
    case '<=':
      return ['-Infinity', amount, ...units];
    case '>':
    case '>=':
      return [amount, 'Infinity', ...units];
    default:
      return [amount, amount, ...units];
  }
}

function point(text: string, value: number): NumberRange | undefined {
  return Number.isFinite(value) ? [text, text, NO_UNIT, NO_UNIT, NO_UNIT] : undefined;
}

function amountOf(quantity: JsonValue | undefined): string | undefined {
  const value = isObject(quantity) ? quantity['value'] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? decimalText(value) : undefined;
}

type Units = readonly [unit: string, code: string, text: string];

function unitsOf(quantity: Json): Units {
  const code = textOf(quantity['code']);
  const system = textOf(quantity['system']);
  const unit = textOf(quantity['unit']);
  return [
    code && system ? remembered(`${system}|${code}`) : NO_UNIT,
    code ? remembered(`|${code}`) : NO_UNIT,
    unit ? remembered(`|${unit}`) : NO_UNIT,
  ];
}

function moneyUnits(money: Json): Units {
  const currency = textOf(money['currency']);
  return currency ? [remembered(`urn:iso:std:iso:4217|${currency}`), remembered(`|${currency}`), NO_UNIT] : [NO_UNIT, NO_UNIT, NO_UNIT];
}

const units = new KeptTexts<string>(2_000);

function remembered(unit: string): string {
  return units.of(unit, unitNumber);
}

/** A number in decimal digits without an exponent. */
function decimalText(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', first = '', rest = '', power = '0'] = match;
  const digits = first + rest;
  const point = 1 + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
