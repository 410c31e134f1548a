import { codedText, pathNumber, tokenAt } from './search-hash.js';
import { identifierOf, membersOf, ofTypeOf, pathsOfClinicalTime, typeOf } from './search-paths.js';
import { anyOf, EVERYTHING, exactTokens, joined, NOTHING, searchText } from './search-terms.js';
import { invalid, partsOf, plain, unsupported } from './search-words.js';
/** Elements in which the words shown for a code can be looked for. */
const SHOWN = new Set(['CodeableConcept', 'Coding', 'Identifier']);
/** `:missing` (R4, 3.1.1.4.3): whether the resource has any value for the parameter. Throws `parameter-invalid` for what is not true or false. */
export function missingCondition(parameter, subject, value) {
    if (value !== 'true' && value !== 'false')
        throw invalid(subject.name, 'takes true or false', '应为 true 或 false');
    if (parameter.type === 'composite')
        throw unsupported(subject.name, 'does not go with a composite', '不适用于组合参数');
    const present = presentCondition(parameter, subject.type);
    if (value === 'false')
        return present;
    return present === EVERYTHING ? NOTHING : { kind: 'not', of: present };
}
function presentCondition({ name, paths }, type) {
    // Every resource has these, and whoever asks whether something exists gets an answer.
    if (name === '_id' || name === '_lastUpdated' || paths.some((it) => it.type === 'existence'))
        return EVERYTHING;
    const clinical = pathsOfClinicalTime(type);
    const numbers = paths.flatMap((it) => (it.target === undefined ? [pathNumber(it.path)] : []));
    const plainOnes = numbers.filter((it) => !clinical.includes(it));
    return anyOf([
        ...paths.flatMap((it) => it.target === undefined ? [] : [{ kind: 'token', tokens: [tokenAt(typeOf(it.path), it.target)] }]),
        ...(plainOnes.length < numbers.length ? [{ kind: 'time', of: 'clinical', bounds: [] }] : []),
        ...(plainOnes.length > 0 ? [{ kind: 'present', paths: plainOnes }] : []),
    ]);
}
/** `:exact` and `:contains` of a string. */
export function textCondition(subject, modifier, value) {
    if (modifier === 'exact')
        return { kind: 'token', tokens: exactTokens(subject, value) };
    const text = searchText(subject.name, value);
    return joined('any', subject.paths.map((it) => ({ kind: 'text', path: pathNumber(it.path), match: 'contains', text })));
}
/** `:text` of a token: what is shown for the code begins with the words. */
export function displayCondition({ name, paths }, value) {
    const shown = paths.filter((it) => SHOWN.has(it.type));
    if (shown.length === 0)
        throw unsupported(name, 'has no words that :text could look at', '没有可供 :text 检索的文字');
    const text = plain(value);
    return joined('any', shown.map((it) => ({ kind: 'display', path: membersOf(it.path), text })));
}
/** `:of-type` of an identifier: `typeSystem|typeCode|value`, all three. */
export function ofTypeCondition({ name, paths }, value) {
    const identifiers = paths.filter((it) => it.type === 'Identifier');
    if (identifiers.length === 0)
        throw unsupported(name, 'is no identifier, to which :of-type belongs', '不是标识符，不能使用 :of-type');
    const parts = partsOf(value, '|').map(plain);
    if (parts.length !== 3 || !parts[1] || !parts[2]) {
        throw invalid(name, `"${value}" is not system|code|value, all three`, `“${value}”应为 系统|代码|值 三部分`);
    }
    return { kind: 'token', tokens: identifiers.map((it) => tokenAt(ofTypeOf(it.path), codedText(...parts))) };
}
/** `:identifier` of a reference: the business identifier that it names its target by, `system|value` as of any other. */
export function identifierCondition({ name, paths }, value) {
    const references = paths.filter((it) => it.type === 'Reference');
    if (references.length === 0)
        throw unsupported(name, 'is no Reference, to which :identifier belongs', '不是 Reference，不能使用 :identifier');
    const parts = partsOf(value, '|').map(plain);
    if (parts.length > 2 || parts.every((it) => it === '')) {
        throw invalid(name, `"${value}" is not value, system|value, |value or system|`, `“${value}”应为 值、系统|值、|值 或 系统|`);
    }
    return { kind: 'token', tokens: references.map((it) => tokenAt(identifierOf(it.path), codedText(...parts))) };
}
/** `:below` of a uri: itself and whatever begins with it. `:above`: itself and what it lies under, slash by slash. */
export function uriCondition({ paths }, modifier, value) {
    const uri = plain(value);
    const numbers = paths.map((it) => pathNumber(it.path));
    if (modifier === 'below')
        return joined('any', numbers.map((path) => ({ kind: 'text', path, match: 'starts', text: uri })));
    const ancestors = [...uri.matchAll(/(?<=[^/:])\//g)].flatMap(({ index }) => [uri.slice(0, index), uri.slice(0, index + 1)]);
    return { kind: 'token', tokens: numbers.flatMap((path) => [...new Set([...ancestors, uri])].map((it) => tokenAt(path, it))) };
}
/** The codes of a value set, or above or below a code, as tokens. */
export function codesCondition({ paths }, codes) {
    const tokens = paths.flatMap(({ path, type, systems }) => {
        const number = pathNumber(path);
        return codes.flatMap(({ system, code }) => {
            if (type === 'code')
                return systems === undefined || systems.includes(system) ? [tokenAt(number, code)] : [];
            return [tokenAt(number, codedText(system, code))];
        });
    });
    return { kind: 'token', tokens: [...new Set(tokens)] };
}
