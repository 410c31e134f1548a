import { compareDecimals } from './compare-decimals.js';
import { isObject } from './element.js';
/** Whether one resource fulfils a condition. `resources/condition-sql.ts` says the same of all that are stored. */
export function holds(entry, condition, beyond = {}) {
    switch (condition.kind) {
        case 'all':
            return condition.of.every((it) => holds(entry, it, beyond));
        case 'any':
            return condition.of.some((it) => holds(entry, it, beyond));
        case 'not':
            return !holds(entry, condition.of, beyond);
        case 'token':
            return condition.tokens.some((it) => entry.tokens.includes(it));
        case 'present':
            return condition.paths.some((it) => isPresent(entry, it));
        case 'range':
            return entry.ranges.some(([key, low, high, ...units]) => compareDecimals(key, condition.key) === 0 &&
                condition.bounds.every((it) => isWithin(it, it.end === 'low' ? low : high)) &&
                (condition.units === undefined || condition.units.some((it) => units.includes(it))));
        case 'time':
            return condition.of === 'clinical' ? isWhen(entry.time, condition.bounds) : isUpdated(beyond.updated, condition.bounds);
        case 'text':
            return entry.texts.some((it) => {
                const prefix = `${condition.path}:`;
                if (!it.startsWith(prefix))
                    return false;
                const text = it.slice(prefix.length);
                return condition.match === 'starts' ? text.startsWith(condition.text) : text.includes(condition.text);
            });
        case 'display':
            return beyond.content !== undefined && showsText(beyond.content, condition.path, condition.text);
        case 'id':
            return beyond.id !== undefined && condition.ids.includes(beyond.id);
        case 'chain':
        case 'has':
            return beyond.follow?.(condition) ?? false;
    }
}
function isPresent({ tokens, ranges, texts }, path) {
    return (tokens.some((it) => Number(BigInt.asUintN(64, BigInt(it)) >> 48n) === path) ||
        ranges.some(([key]) => key === String(path)) ||
        texts.some((it) => it.startsWith(`${path}:`)));
}
function isWithin({ is, value }, end) {
    return fulfils(compareDecimals(end, value), is);
}
function isWhen({ from, until }, bounds) {
    if (!from && !until)
        return false;
    return bounds.every(({ end, is, value }) => {
        const at = end === 'low' ? (from?.getTime() ?? -Infinity) : (until?.getTime() ?? Infinity);
        return fulfils(at - value.getTime(), is);
    });
}
/** A version is written at one moment of a millisecond. */
function isUpdated(updated, bounds) {
    return updated !== undefined && isWhen({ from: updated, until: new Date(updated.getTime() + 1) }, bounds);
}
function fulfils(difference, is) {
    switch (is) {
        case '<':
            return difference < 0;
        case '<=':
            return difference <= 0;
        case '>':
            return difference > 0;
        case '>=':
            return difference >= 0;
    }
}
/** The words shown for a coded value, its codings or the type of an identifier. */
function showsText(content, path, text) {
    const begins = (it) => typeof it === 'string' && it.toLowerCase().startsWith(text.toLowerCase());
    const shown = [['text'], ['display'], ['coding', 'display'], ['type', 'text'], ['type', 'coding', 'display']];
    return valuesAt([content], path).some((value) => shown.some((it) => valuesAt([value], it).some(begins)));
}
function valuesAt(holders, path) {
    return path.reduce((values, name) => values.filter(isObject).flatMap((it) => {
        const value = it[name];
        if (value === undefined)
            return [];
        return Array.isArray(value) ? value : [value];
    }), holders);
}
