import { dateBounds, numberBounds } from './search-bounds.js';
import { tokenAt } from './search-hash.js';
import { groupNumber, partsInside } from './search-paths.js';
import { namedResource } from './search-reference.js';
import { formOf, joined, quantityCondition, rangesAt, valueCondition } from './search-terms.js';
import { readToken } from './search-token.js';
import { invalid, partsOf, plain } from './search-words.js';
/** The condition of one alternative of a composite (R4, 3.1.1.4.15): in one of its groups all parts hold, of one element. */
export function compositeCondition(subject, groups, text) {
    const values = partsOf(text, '$');
    const count = groups[0]?.components.length ?? 0;
    if (values.length !== count || values.includes('')) {
        throw invalid(subject.name, `"${text}" is not ${count} values parted by $`, `“${text}”应为以 $ 分隔的 ${count} 个值`);
    }
    return joined('any', groups.map((group) => groupCondition(subject, group, values)));
}
function groupCondition(subject, group, values) {
    const inside = group.path === '' ? [] : partsInside(group);
    const outside = group.components.filter((it) => !inside.includes(it));
    const valueOf = (it) => values[group.components.indexOf(it)] ?? '';
    const apart = outside.map((it) => valueCondition(it.type, { ...subject, paths: it.paths }, valueOf(it)));
    const [first, second] = inside;
    if (!first || !second)
        return joined('all', apart);
    return joined('all', [...apart, pairCondition(subject, groupNumber(group), [first, valueOf(first)], [second, valueOf(second)])]);
}
function pairCondition(subject, number, [first, one], [second, other]) {
    const { name, now } = subject;
    if (first.type === 'number') {
        const lows = numberBounds(name, plain(one)).map((all) => all.map((it) => ({ ...it, end: 'low' })));
        const highs = numberBounds(name, plain(other)).map((all) => all.map((it) => ({ ...it, end: 'high' })));
        return joined('any', rangesAt(String(number), lows.flatMap((low) => highs.map((high) => [...low, ...high]))));
    }
    const asked = readToken(name, one);
    const codes = [...new Set(first.paths.flatMap((it) => formOf(it, asked) ?? []))];
    if (second.type === 'token' || second.type === 'reference') {
        const forms = second.type === 'token' ? formsOf(name, second.paths, other) : [addressOf({ ...subject, paths: second.paths }, plain(other))];
        return { kind: 'token', tokens: codes.flatMap((code) => forms.map((form) => tokenAt(number, `${code}$${form}`))) };
    }
    // What holds at an element of its own holds at the element of the code, under another key.
    const keys = codes.map((it) => tokenAt(number, it));
    const meant = second.type === 'date'
        ? rangesAt('0', dateBounds(name, plain(other), now))
        : rangesOf(quantityCondition({ ...subject, paths: second.paths.slice(0, 1) }, other));
    return joined('any', keys.flatMap((key) => meant.map((it) => (it.kind === 'range' ? { ...it, key } : it))));
}
function formsOf(name, paths, text) {
    const asked = readToken(name, text);
    return [...new Set(paths.flatMap((it) => formOf(it, asked) ?? []))];
}
function addressOf(subject, value) {
    const named = namedResource(subject, value);
    return named ? `${named.type}/${named.id}` : value;
}
function rangesOf(condition) {
    return condition.kind === 'any' ? condition.of : [condition];
}
