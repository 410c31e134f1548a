import { isLosslessNumber, parse, stringify } from 'lossless-json';
/** Throws a SyntaxError for what is not JSON. */
export function readTree(text) {
    return parse(text);
}
/** The tree as JSON text. What was left without content (an array whose last element was taken away) is left out, as FHIR has it. */
export function writeTree(tree) {
    return stringify(pruned(tree) ?? {}) ?? '';
}
/** Whether it has members; a number with its digits is an object to JavaScript alone. */
export function isTreeObject(tree) {
    return typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !isLosslessNumber(tree);
}
/** The same tree anew, so that a change of the one leaves the other as it is. */
export function copyOf(tree) {
    if (Array.isArray(tree))
        return tree.map(copyOf);
    if (!isTreeObject(tree))
        return tree;
    return Object.fromEntries(Object.entries(tree).map(([name, it]) => [name, copyOf(it)]));
}
/** How many values, lists and objects a tree is made of. */
export function sizeOf(tree) {
    if (Array.isArray(tree))
        return tree.reduce((size, it) => size + sizeOf(it), 1);
    return isTreeObject(tree) ? Object.values(tree).reduce((size, it) => size + sizeOf(it), 1) : 1;
}
/** About how many characters a tree has as text. */
export function lengthOf(tree) {
    if (Array.isArray(tree))
        return tree.reduce((length, it) => length + lengthOf(it) + 1, 2);
    if (isTreeObject(tree))
        return Object.entries(tree).reduce((length, [name, it]) => length + name.length + lengthOf(it) + 4, 2);
    return isLosslessNumber(tree) ? tree.value.length : typeof tree === 'string' ? tree.length + 2 : 5;
}
/** Whether two trees say the same (RFC 6902, 4.6): numbers by their value, objects in whatever order. */
export function areEqual(one, other) {
    if (isLosslessNumber(one) && isLosslessNumber(other))
        return digitsOf(one) === digitsOf(other);
    if (Array.isArray(one) && Array.isArray(other))
        return one.length === other.length && one.every((it, index) => areEqual(it, other[index]));
    if (isTreeObject(one) && isTreeObject(other)) {
        const names = Object.keys(one);
        return names.length === Object.keys(other).length && names.every((it) => Object.hasOwn(other, it) && areEqual(one[it], other[it]));
    }
    return one === other;
}
/** A number in one spelling: `1.50` and `15e-1` are both `15e-1`. */
function digitsOf(number) {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number.value) ?? [];
    const digits = (whole + fraction).replace(/^0+/, '');
    const significant = digits.replace(/0+$/, '');
    if (significant === '')
        return '0';
    return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
function pruned(tree) {
    if (Array.isArray(tree)) {
        const elements = tree.map(pruned).filter((it) => it !== undefined);
        return elements.length > 0 ? elements : undefined;
    }
    if (!isTreeObject(tree))
        return tree;
    const members = Object.entries(tree).flatMap(([name, it]) => {
        const member = pruned(it);
        return member === undefined ? [] : [[name, member]];
    });
    return members.length > 0 ? Object.fromEntries(members) : undefined;
}
