import { Failure } from '../failure.js';
/** Alternatives of one parameter. */
const ALTERNATIVES_MAX = 100;
/** Parts a value at a sign that no backslash stands before (R4, 3.1.1.4.2); the parts keep their backslashes. */
export function partsOf(value, sign) {
    const parts = [];
    let part = '';
    for (let at = 0; at < value.length; at++) {
        const character = value[at];
        if (character === '\\' && at + 1 < value.length)
            part += character + value[++at];
        else if (character === sign) {
            parts.push(part);
            part = '';
        }
        else
            part += character;
    }
    return [...parts, part];
}
/** What a part means: `\,` `\|` `\$` and `\\` are the sign itself; any other backslash is one. */
export function plain(part) {
    return part.replace(/\\([,|$\\])/g, '$1');
}
/** The alternatives of a value, none of them empty. Throws `parameter-invalid`, also for more than a hundred. */
export function alternativesOf(name, value) {
    const alternatives = partsOf(value, ',');
    if (alternatives.includes(''))
        throw invalid(name, 'has no value, or an alternative without one', '缺少取值，或其中一个备选值为空');
    if (alternatives.length > ALTERNATIVES_MAX) {
        throw invalid(name, `takes at most ${ALTERNATIVES_MAX} alternatives`, `最多允许 ${ALTERNATIVES_MAX} 个备选值`);
    }
    return alternatives;
}
/** A value of the wrong form. */
export function invalid(name, en, zh) {
    return new Failure('parameter-invalid', { path: name, en: `${name} ${en}`, zh: `${name} ${zh}` });
}
/** What is well said and not offered: a modifier, a prefix, a chain. Never passed over, since more would be found than was asked for. */
export function unsupported(name, en, zh) {
    return new Failure('not-supported', { path: name, en: `${name} ${en}`, zh: `${name} ${zh}` });
}
/** A parameter that the type does not have. */
export function unknownParameter(type, name) {
    return new Failure('not-supported', { path: name, ...unknownWords(type, name) });
}
/** The same in words. */
export function unknownWords(type, name) {
    return {
        en: `"${name}" is not a search parameter of ${type} here; GET /fhir/metadata lists them`,
        zh: `${type} 不支持检索参数“${name}”；可用参数见 /fhir/metadata`,
    };
}
