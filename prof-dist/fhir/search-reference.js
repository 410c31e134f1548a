import { localReferenceAt, pathNumber, tokenAt } from './search-hash.js';
import { invalid, plain } from './search-words.js';
/**
 * The resource that a reference value names: `id`, `Type/id`, or the address here (R4, 3.1.1.4.12); `undefined` for other addresses and for
 * versions. Throws `parameter-invalid` for an id alone where several types can be meant.
 */
export function namedResource({ name, base, targets, paths }, value) {
    const text = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
    const [, type, id] = /^(?:([A-Z][A-Za-z]+)\/)?([A-Za-z0-9.-]{1,64})$/.exec(text) ?? [];
    if (id === undefined || paths.every((it) => it.type !== 'Reference'))
        return undefined;
    if (type !== undefined)
        return { type, id };
    const [only] = targets;
    if (only !== undefined && targets.length === 1)
        return { type: only, id };
    throw invalid(name, `"${text}" needs its type, as in ${only ?? 'Patient'}/${text}`, `“${text}”须带资源类型，例如 ${only ?? 'Patient'}/${text}`);
}
/** The tokens by which the index has what a reference value names, with and without a version. Throws `parameter-invalid`. */
export function referenceTokens(subject, text) {
    const value = plain(text);
    const named = namedResource(subject, value);
    const local = value.startsWith(`${subject.base}/`) ? value.slice(subject.base.length + 1) : value;
    return subject.paths.flatMap(({ path, type, target }) => {
        const number = pathNumber(path);
        if (type !== 'Reference')
            return [tokenAt(number, value)];
        if (!named)
            return target === undefined || typeIn(local) === target ? [tokenAt(number, local)] : [];
        if (target !== undefined && target !== named.type)
            return [];
        return [localReferenceAt(number, named.type, named.id) ?? tokenAt(number, `${named.type}/${named.id}`)];
    });
}
/** The type that an address names before its id. */
function typeIn(address) {
    return /([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(address)?.[1];
}
