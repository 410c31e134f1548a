import { provinceOf } from './province.rules.js';
/**
 * How far a quality certificate reaches (国卫医发〔2022〕6号: the scope of the quality-control body whose assessment was passed): the nation,
 * a province, city or district (GB/T 2260), a named region of several provinces, a medical alliance.
 */
export const SCOPE_KINDS = ['nation', 'region', 'province', 'city', 'district', 'alliance'];
/** Figures of the division code of each kind that is a division. */
const FIGURES = { province: 2, city: 4, district: 6 };
/** Whether an institution that lies there is in the scope. A division is in the divisions whose code its own begins with. */
export function contains({ kind, code }, place) {
    switch (kind) {
        case 'nation':
            return true;
        case 'region':
            return place.regions.includes(code);
        case 'alliance':
            return place.alliances.includes(code);
        case 'province':
        case 'city':
        case 'district':
            return code.length === FIGURES[kind] && place.district.startsWith(code);
    }
}
/**
 * Whether a scope lies within another one, wherever an institution may come to lie: the partial order of scopes.
 *
 * Every scope is within itself and within the nation. A division is within one whose code its own begins with, and within a region that
 * has such a division. A region is within what all its divisions are within. An alliance is within what contains all its members; nothing
 * but an alliance is within an alliance, as an institution may come that is no member. What is not known to have divisions or members is
 * within itself and the nation alone. Two scopes that are within each other contain the same places.
 */
export function isWithin(inner, outer, territory) {
    if (outer.kind === 'nation' || isSame(inner, outer))
        return true;
    if (inner.kind === 'nation')
        return false;
    if (inner.kind === 'alliance') {
        const members = territory.members.get(inner.code) ?? [];
        return members.length > 0 && members.every((it) => contains(outer, it));
    }
    const outside = divisionsOf(outer, territory);
    const inside = divisionsOf(inner, territory);
    return inside.length > 0 && inside.every((it) => outside.some((division) => it.startsWith(division)));
}
function isSame(one, other) {
    return one.kind === other.kind && one.code === other.code;
}
/** First figures of the divisions a scope is made of; none for an alliance and for a region that is not known. */
function divisionsOf({ kind, code }, territory) {
    if (kind === 'region')
        return territory.regions.get(code) ?? [];
    return kind === 'alliance' || kind === 'nation' || code.length !== FIGURES[kind] ? [] : [code];
}
/** A scope as lists write it, `nation`, `province:50`, `city:4201`, `district:500112`, `region:cy`, `alliance:yubei-1`; `undefined` for any other text. */
export function readScope(text) {
    if (text === 'nation')
        return { kind: 'nation', code: '' };
    const [, kind, code = ''] = /^(region|province|city|district|alliance):([A-Za-z0-9][A-Za-z0-9-]{0,63})$/.exec(text) ?? [];
    if (kind === undefined)
        return undefined;
    const scope = { kind: kind, code };
    return scope.kind === 'region' || scope.kind === 'alliance' || isDivision(scope.kind, code) ? scope : undefined;
}
/** The inverse of `readScope`. */
export function scopeText({ kind, code }) {
    return kind === 'nation' ? kind : `${kind}:${code}`;
}
/** Whether a code can be one of a division of the kind: it begins with a province, and does not end in 00, which stands for a whole above it. */
function isDivision(kind, code) {
    const figures = kind === 'province' || kind === 'city' || kind === 'district' ? FIGURES[kind] : 0;
    return code.length === figures && /^\d+$/.test(code) && provinceOf(code) !== undefined && (figures === 2 || !code.endsWith('00'));
}
/**
 * The mark as it is printed: 全国HR for the nation, the short name of a province (渝HR), the name of any other scope as it is given (武汉HR,
 * 川渝HR); `undefined` where the scope has no name.
 */
export function markOf(scope, name) {
    const printed = scope.kind === 'nation' ? '全国' : scope.kind === 'province' ? provinceOf(scope.code)?.short : name;
    return printed === undefined ? undefined : `${printed}HR`;
}
