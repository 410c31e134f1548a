import { readDate } from '../date.js';
import { either, exactlyOne, has, hasChoice, implied, listOf } from './predicate.js';
const UCUM = 'http://unitsofmeasure.org';
/** A day without a zone may be that of any zone; none is further than this from UTC. */
const ZONES_MS = 14 * 3_600_000;
const AT_MEALS = ['C', 'CM', 'CD', 'CV'];
/** The invariants of data types that are checked by hand, each under its key in R4. */
export const DATA_TYPE_INVARIANTS = {
    'ext-1': (it) => has(it, 'extension') !== hasChoice(it, 'value'),
    'qty-3': implied('code', 'system'),
    'sqty-1': (it) => !has(it, 'comparator'),
    'att-1': implied('data', 'contentType'),
    'cpt-2': implied('value', 'system'),
    'exp-1': either('expression', 'reference'),
    'rat-1': (it) => has(it, 'numerator') === has(it, 'denominator') && (has(it, 'numerator') || has(it, 'extension')),
    'rng-2'({ low, high }) {
        const [from, to] = [quantityOf(low), quantityOf(high)];
        return !from || !to || from.unit !== to.unit || from.value <= to.value;
    },
    'per-1': ({ start, end }) => typeof start !== 'string' || typeof end !== 'string' || !isAfter(start, end),
    'age-1': (it) => (has(it, 'code') || !has(it, 'value')) && isUcum(it['system']) && (typeof it['value'] !== 'number' || it['value'] > 0),
    'dis-1': (it) => (has(it, 'code') || !has(it, 'value')) && isUcum(it['system']),
    'cnt-3': (it) => (has(it, 'code') || !has(it, 'value')) &&
        isUcum(it['system']) &&
        (!has(it, 'code') || it['code'] === '1') &&
        (typeof it['value'] !== 'number' || Number.isInteger(it['value'])),
    'drt-1': (it) => !has(it, 'code') || (it['system'] === UCUM && has(it, 'value')),
    'tim-1': implied('duration', 'durationUnit'),
    'tim-2': implied('period', 'periodUnit'),
    'tim-4': ({ duration }) => typeof duration !== 'number' || duration >= 0,
    'tim-5': ({ period }) => typeof period !== 'number' || period >= 0,
    'tim-6': implied('periodMax', 'period'),
    'tim-7': implied('durationMax', 'duration'),
    'tim-8': implied('countMax', 'count'),
    'tim-9': (it) => !has(it, 'offset') || (has(it, 'when') && !listOf(it['when']).some((when) => AT_MEALS.includes(when))),
    'tim-10': (it) => !has(it, 'timeOfDay') || !has(it, 'when'),
    'drq-1': exactlyOne('path', 'searchParam'),
    'drq-2': exactlyOne('path', 'searchParam'),
    'trd-1': (it) => !has(it, 'data') || !hasChoice(it, 'timing'),
    'trd-2': implied('condition', 'data'),
    'trd-3': (it) => (it['type'] !== 'named-event' || has(it, 'name')) &&
        (it['type'] !== 'periodic' || hasChoice(it, 'timing')) &&
        (typeof it['type'] !== 'string' || !it['type'].startsWith('data-') || has(it, 'data')),
};
function isUcum(system) {
    return system === undefined || system === UCUM;
}
/** Quantities can be compared when they are in the same unit; what cannot be compared breaks no rule. */
function quantityOf(value) {
    const [it] = listOf(value);
    if (typeof it !== 'object' || it === null || Array.isArray(it))
        return undefined;
    const { value: number, system, code, unit } = it;
    if (typeof number !== 'number')
        return undefined;
    return { value: number, unit: code === undefined ? String(unit ?? '') : `${String(system)}|${String(code)}` };
}
/** Whether the whole of the first time lies after the whole of the second, be they written as exactly as they may. */
function isAfter(start, end) {
    const [from, to] = [readDate(start), readDate(end)];
    if (!from || !to)
        return false;
    const slack = start.includes('T') === end.includes('T') ? 0 : ZONES_MS;
    return from.from.getTime() - slack >= to.until.getTime();
}
