import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { commensurable } from './commensurable.rules.js';
import { factorOf } from './decimal.rules.js';
const require = createRequire(import.meta.url);
let library;
/** Loaded with its table of units (30 ms, 13 MB) when the first two units that differ are compared. */
function ucum() {
    library ??= require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();
    return library;
}
/** Units are what hospitals write; a result may carry any text. */
const KEPT_MAX = 2_000;
const valid = new LRUCache({ max: KEPT_MAX });
const factors = new LRUCache({ max: KEPT_MAX });
/** Longer than any unit; the library would try to understand the words of a whole sentence. */
const UNIT_MAX = 60;
/** Whether a text is a unit in UCUM's case-sensitive writing, exactly as it stands. */
export function isUcum(text) {
    return unitOf(text) !== null;
}
function unitOf(text) {
    const known = valid.get(text);
    if (known)
        return known.unit;
    const { unit, status } = isWritten(text) ? ucum().getSpecifiedUnit(text, 'validate', false) : { unit: null, status: 'invalid' };
    // The library also answers with what it believes was meant, by names among them.
    const found = status === 'valid' ? unit : null;
    valid.set(text, { unit: found });
    return found;
}
/** UCUM is written in ASCII without spaces (The Unified Code for Units of Measure, §2). */
function isWritten(text) {
    return text.length <= UNIT_MAX && /^[\x21-\x7e]+$/.test(text);
}
/** By what a value in one unit is to be multiplied to be one in the other; `null` where they do not measure the same, or not in proportion. */
export function conversionFactor(from, to) {
    const key = `${from} ${to}`;
    const known = factors.get(key);
    if (known)
        return known.factor;
    const factor = calculate(from, to);
    factors.set(key, { factor });
    return factor;
}
function calculate(from, to) {
    const pair = commensurable(from, to);
    if (!pair || !isProportional(pair.from) || !isProportional(pair.to))
        return null;
    const { status, toVal } = ucum().convertUnitTo(pair.from, 1, pair.to);
    return status === 'succeeded' && toVal !== null && toVal > 0 ? factorOf(toVal) : null;
}
function isProportional(text) {
    return unitOf(text)?.cnv_ === null;
}
