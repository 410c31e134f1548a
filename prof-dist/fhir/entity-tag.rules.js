/** One entity tag, weak or strong, of a list of them. Versions are numbers, and a client that forgets the quotes still means one. */
const TAG = /^(?:W\/)?(?:"([\w.-]*)"|(\d+))$/;
/** The entity tag of a version: weak, since the same version may be shown in several forms (R4, 3.1.0.5). */
export const entityTag = (version) => `W/"${version}"`;
/**
 * Whether the value of If-Match or If-None-Match means this version: `*` means every one, and of a list one tag is enough. Weak and strong
 * tags of the same version are the same (RFC 9110, 8.8.3.2: weak comparison), since the versions of a resource are never rewritten.
 * `undefined` for a value that is no list of entity tags.
 */
export function meansVersion(tags, version) {
    const list = tags.split(',').map((it) => it.trim());
    if (list.length === 1 && list[0] === '*')
        return true;
    const matches = list.map((it) => TAG.exec(it));
    if (matches.includes(null))
        return undefined;
    return matches.some((it) => (it?.[1] ?? it?.[2]) === String(version));
}
/**
 * Whether the caller of a conditional read has this version already (R4, 3.1.0.1.4; RFC 9110, 13.2.2): by If-None-Match where it is given,
 * else by If-Modified-Since. A value that cannot be understood is as if it were not there: the resource is sent.
 */
export function isHeld({ version, recordedAt }, { ifNoneMatch, ifModifiedSince }) {
    if (ifNoneMatch !== undefined)
        return meansVersion(ifNoneMatch, version) === true;
    const since = ifModifiedSince === undefined ? undefined : momentOf(ifModifiedSince);
    if (since === undefined)
        return false;
    // Last-Modified knows whole seconds only: who was given one holds everything of that second.
    const modified = since % 1000 === 0 ? Math.floor(recordedAt.getTime() / 1000) * 1000 : recordedAt.getTime();
    return modified <= since;
}
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
function momentOf(text) {
    const ms = HTTP_DATE.test(text) || INSTANT.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms) ? undefined : ms;
}
