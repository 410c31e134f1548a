import { dateBounds, numberBounds } from './search-bounds.js';
import { codedText, pathNumber, tokenAt, unitNumber } from './search-hash.js';
import { exactOf, pathsOfClinicalTime } from './search-paths.js';
import { referenceTokens } from './search-reference.js';
import { normaliseText } from './search-text.js';
import { readToken } from './search-token.js';
import { invalid, partsOf, plain } from './search-words.js';
export const NOTHING = { kind: 'any', of: [] };
export const EVERYTHING = { kind: 'all', of: [] };
/** Joins conditions; one alone stands for itself. */
export function joined(kind, of) {
    const [first] = of;
    return first && of.length === 1 ? first : { kind, of };
}
/** Any of the conditions, tokens of all of them at once. */
export function anyOf(of) {
    const tokens = of.flatMap((it) => (it.kind === 'token' ? it.tokens : []));
    const rest = of.filter((it) => it.kind !== 'token');
    return joined('any', tokens.length > 0 ? [{ kind: 'token', tokens: [...new Set(tokens)] }, ...rest] : rest);
}
/** The condition of one alternative of a plain value, without a modifier. */
export function valueCondition(kind, subject, text) {
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
export function formOf({ type, systems }, { system, code }) {
    if (IMPLIED.has(type))
        return code !== undefined && isOfSystem(type, systems, system) ? code : undefined;
    return system === undefined ? codedText(code ?? '') : codedText(system, code ?? '');
}
/** Values that do not name their system. */
const IMPLIED = new Set(['code', 'boolean', 'string', 'id', 'uri', 'existence']);
function isOfSystem(type, systems, system) {
    if (system === undefined || system === '')
        return true;
    if (type === 'boolean' || type === 'existence')
        return system === 'http://terminology.hl7.org/CodeSystem/special-values';
    return type === 'code' && (systems === undefined || systems.includes(system));
}
function tokenCondition({ name, paths }, text) {
    const asked = readToken(name, text);
    if (paths.every((it) => it.type === 'boolean' || it.type === 'existence') && asked.code !== 'true' && asked.code !== 'false') {
        throw invalid(name, `takes true or false, not "${text}"`, `应为 true 或 false，而不是“${text}”`);
    }
    const existing = paths.filter((it) => it.type === 'existence');
    if (existing.length > 0) {
        const exists = { kind: 'token', tokens: existing.map((it) => tokenAt(pathNumber(it.path), 'true')) };
        return asked.code === 'true' ? exists : { kind: 'not', of: exists };
    }
    const tokens = paths.flatMap((it) => {
        const form = formOf(it, asked);
        return form === undefined ? [] : [tokenAt(pathNumber(it.path), form)];
    });
    // Every value of an element whose system goes without saying is of that system.
    const whole = asked.code === undefined ? paths.filter((it) => it.type === 'code' && isOfSystem('code', it.systems, asked.system)) : [];
    const present = whole.length > 0 ? [{ kind: 'present', paths: whole.map((it) => pathNumber(it.path)) }] : [];
    return joined('any', [{ kind: 'token', tokens }, ...present]);
}
/** Any word of the text begins the value: the first, or one behind a space. */
function stringCondition({ name, paths }, value) {
    const text = searchText(name, value);
    return joined('any', paths.flatMap((it) => {
        const path = pathNumber(it.path);
        return [
            { kind: 'text', path, match: 'starts', text },
            { kind: 'text', path, match: 'contains', text: ` ${text}` },
        ];
    }));
}
/** The text to look for. Throws `parameter-invalid` where nothing is left of it. */
export function searchText(name, value) {
    const text = normaliseText(plain(value));
    if (text === '')
        throw invalid(name, 'has no letter or digit to look for', '没有可检索的文字');
    return text;
}
/** `:exact` of a string: the tokens of the text as it stands. */
export function exactTokens({ paths }, value) {
    return paths.map((it) => tokenAt(exactOf(it.path), plain(value)));
}
/** `number`, `number|system|code` or `number||code` (R4, 3.1.1.4.11). Throws `parameter-invalid`. */
export function quantityCondition(subject, text) {
    const [number = '', system, code, more] = partsOf(text, '|').map(plain);
    const hasUnit = system !== undefined;
    if (more !== undefined || (hasUnit && !code)) {
        throw invalid(subject.name, `"${text}" is not number, number|system|code or number||code`, `“${text}”的格式应为 数值、数值|系统|代码 或 数值||代码`);
    }
    return rangeCondition(subject, numberBounds(subject.name, number), hasUnit ? [unitNumber(`${system}|${code}`)] : undefined);
}
function rangeCondition({ paths }, alternatives, units) {
    return joined('any', paths.flatMap((it) => rangesAt(String(pathNumber(it.path)), alternatives, units)));
}
/** A condition for each of the alternatives, on the ranges of one key. */
export function rangesAt(key, alternatives, units) {
    return alternatives.map((bounds) => ({ kind: 'range', key, bounds, ...(units && { units }) }));
}
function dateCondition({ type, name, paths }, alternatives) {
    if (name === '_lastUpdated')
        return joined('any', alternatives.map((bounds) => timeCondition('updated', bounds)));
    const clinical = pathsOfClinicalTime(type);
    const numbers = paths.map((it) => pathNumber(it.path));
    const ofTime = numbers.some((it) => clinical.includes(it)) ? alternatives.map((bounds) => timeCondition('clinical', bounds)) : [];
    return joined('any', [...ofTime, ...numbers.filter((it) => !clinical.includes(it)).flatMap((it) => rangesAt(String(it), alternatives))]);
}
function timeCondition(of, bounds) {
    return { kind: 'time', of, bounds: bounds.map(({ end, is, value }) => ({ end, is, value: new Date(Number(value)) })) };
}
