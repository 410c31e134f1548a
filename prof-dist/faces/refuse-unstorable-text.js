import { Failure } from '../failure.js';
import { isPercentEncoded } from '../fhir/request-url.js';
/** The database takes neither NUL nor half of a character. */
const UNSTORABLE = /[\0\p{Cs}]/u;
/**
 * Text that cannot be stored gets no further than the face, in whatever member or parameter it stands: `malformed` or `parameter-invalid`
 * instead of a statement that fails. Nor do parameters that are no UTF-8: a search for something else would say that there is nothing.
 */
export function refuseUnstorableText(scope) {
    scope.addHook('preValidation', async ({ url, body, headers }) => {
        const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') && typeof body === 'string';
        const query = url.slice(url.indexOf('?') + 1);
        if (!isPercentEncoded(query) || (isForm && !isPercentEncoded(body)))
            throw unreadable(isForm ? 'body' : 'url');
        if (url.includes('%00') || (isForm && body.includes('%00')))
            throw unstorable('parameter-invalid', isForm ? 'body' : 'url');
        // Text bodies are read by the FHIR parser, which knows the place of each fault.
        const path = typeof body === 'string' ? undefined : placeIn(body, '');
        if (path !== undefined)
            throw unstorable('malformed', path);
    });
}
function placeIn(value, path) {
    if (typeof value === 'string')
        return UNSTORABLE.test(value) ? path : undefined;
    if (typeof value !== 'object' || value === null)
        return undefined;
    for (const [name, member] of Object.entries(value)) {
        if (UNSTORABLE.test(name))
            return path || 'body';
        const place = placeIn(member, Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name);
        if (place !== undefined)
            return place;
    }
    return undefined;
}
function unstorable(code, path) {
    return new Failure(code, { path, en: 'holds NUL or half of a character', zh: '含有空字符（NUL）或不完整字符' });
}
function unreadable(path) {
    return new Failure('parameter-invalid', {
        path,
        en: 'the parameters cannot be read; write them percent-encoded UTF-8',
        zh: '无法解析参数，请使用 UTF-8 百分号编码',
    });
}
