import { readDate } from './date.js';
import { isObject, objectsOf, textOf } from './element.js';
import { KEPT_CHARACTERS_MAX, ownText } from './own-text.js';
import { codedText, unitNumber } from './search-hash.js';
/** The texts by which a token parameter finds a value of a data type (R4, 3.1.1.4.10). */
export function tokenForms(type, value) {
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
function codesIn(concept) {
    const codings = objectsOf(concept['coding']);
    const [only] = codings;
    if (only && codings.length === 1)
        return formsOfCode(only['system'], only['code']);
    return codings.flatMap((it) => formsOfCode(it['system'], it['code']));
}
/** The forms of codes that nearly every resource repeats, by system and code. */
const codes = new Map();
const CODES_MAX = 4_000;
let codesKept = 0;
function formsOfCode(system, code) {
    if (typeof system !== 'string' || typeof code !== 'string')
        return formsOf(system, code);
    const known = codes.get(system)?.get(code);
    if (known)
        return known;
    if (system.length + code.length > KEPT_CHARACTERS_MAX)
        return formsOf(system, code);
    if (codesKept >= CODES_MAX) {
        codes.clear();
        codesKept = 0;
    }
    const [ownSystem, ownCode] = [ownText(system), ownText(code)];
    const forms = formsOf(ownSystem, ownCode);
    const ofSystem = codes.get(ownSystem) ?? new Map();
    codes.set(ownSystem, ofSystem.set(ownCode, forms));
    codesKept++;
    return forms;
}
function formsOf(system, code) {
    const where = typeof system === 'string' ? system : '';
    const what = textOf(code);
    if (what === undefined)
        return where === '' ? [] : [codedText(where, '')];
    return [codedText(what), codedText(where, what), ...(where === '' ? [] : [codedText(where, '')])];
}
/** `typeSystem|typeCode|value` of an identifier, once for every coding of its type. */
export function ofTypeForms(identifier) {
    if (!isObject(identifier) || !isObject(identifier['type']))
        return [];
    const value = textOf(identifier['value']);
    if (value === undefined)
        return [];
    return objectsOf(identifier['type']['coding']).map((it) => codedText(textOf(it['system']) ?? '', textOf(it['code']) ?? '', value));
}
/** The texts of a data type that a string parameter looks at. */
export function textsOf(type, value) {
    if (typeof value === 'string')
        return [value];
    if (!isObject(value))
        return [];
    return (TEXT_PARTS[type] ?? []).flatMap((name) => stringsOf(value[name]));
}
const TEXT_PARTS = {
    HumanName: ['family', 'given', 'prefix', 'suffix', 'text'],
    Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
};
function stringsOf(value) {
    if (typeof value === 'string')
        return [value];
    return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}
/** The span a date of any type covers; of a Timing its outer limits. `undefined` where it says no time. */
export function timeOf(type, value) {
    if (typeof value === 'string')
        return readDate(value);
    if (!isObject(value))
        return undefined;
    if (type !== 'Timing')
        return periodOf(value);
    const events = stringsOf(value['event']).flatMap((it) => readDate(it) ?? []);
    const repeat = value['repeat'];
    const bounds = isObject(repeat) && isObject(repeat['boundsPeriod']) ? periodOf(repeat['boundsPeriod']) : undefined;
    const all = bounds ? [...events, bounds] : events;
    if (all.length === 0)
        return undefined;
    const from = all.every((it) => it.from) ? new Date(Math.min(...all.map((it) => Number(it.from)))) : undefined;
    const until = all.every((it) => it.until) ? new Date(Math.max(...all.map((it) => Number(it.until)))) : undefined;
    return { ...(from && { from }), ...(until && { until }) };
}
function periodOf(period) {
    const start = textOf(period['start']);
    const end = textOf(period['end']);
    const from = start === undefined ? undefined : readDate(start)?.from;
    const until = end === undefined ? undefined : readDate(end)?.until;
    return from || until ? { ...(from && { from }), ...(until && { until }) } : undefined;
}
const NO_UNIT = '0';
/** The range of a date as it is indexed, in milliseconds. */
export function rangeOfTime({ from, until }) {
    return [from ? String(from.getTime()) : '-Infinity', until ? String(until.getTime()) : 'Infinity', NO_UNIT, NO_UNIT, NO_UNIT];
}
/** The range that a number or quantity covers; a comparator leaves one end open. `undefined` where it says none. */
export function numberRange(type, value) {
    if (typeof value === 'number')
        return point(decimalText(value), value);
    if (!isObject(value))
        return undefined;
    if (type === 'Range') {
        const [low, high] = [value['low'], value['high']];
        const [least, most] = [amountOf(low), amountOf(high)];
        if (least === undefined && most === undefined)
            return undefined;
        return [least ?? '-Infinity', most ?? 'Infinity', ...unitsOf(isObject(low) ? low : high)];
    }
    const amount = amountOf(value);
    if (amount === undefined)
        return undefined;
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
function point(text, value) {
    return Number.isFinite(value) ? [text, text, NO_UNIT, NO_UNIT, NO_UNIT] : undefined;
}
function amountOf(quantity) {
    const value = isObject(quantity) ? quantity['value'] : undefined;
    return typeof value === 'number' && Number.isFinite(value) ? decimalText(value) : undefined;
}
function unitsOf(quantity) {
    const code = textOf(quantity['code']);
    const system = textOf(quantity['system']);
    const unit = textOf(quantity['unit']);
    return [
        code && system ? remembered(`${system}|${code}`) : NO_UNIT,
        code ? remembered(`|${code}`) : NO_UNIT,
        unit ? remembered(`|${unit}`) : NO_UNIT,
    ];
}
function moneyUnits(money) {
    const currency = textOf(money['currency']);
    return currency ? [remembered(`urn:iso:std:iso:4217|${currency}`), remembered(`|${currency}`), NO_UNIT] : [NO_UNIT, NO_UNIT, NO_UNIT];
}
const units = new Map();
const UNITS_MAX = 2_000;
function remembered(unit) {
    const known = units.get(unit);
    if (known !== undefined)
        return known;
    if (units.size >= UNITS_MAX)
        units.clear();
    const number = unitNumber(unit);
    units.set(unit, number);
    return number;
}
/** A number in decimal digits without an exponent. */
function decimalText(value) {
    const text = String(value);
    if (!text.includes('e'))
        return text;
    const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
    if (!match)
        return text;
    const [, sign = '', first = '', rest = '', power = '0'] = match;
    const digits = first + rest;
    const point = 1 + Number(power);
    if (point <= 0)
        return `${sign}0.${'0'.repeat(-point)}${digits}`;
    return `${sign}${digits.padEnd(point, '0')}`;
}
