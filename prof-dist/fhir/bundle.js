import { Failure } from '../failure.js';
import { isObject, textOf } from './element.js';
import { readRequestUrl } from './request-url.js';
import { RESOURCE_TYPES, SERVER_MADE } from './resource-types.js';
/** What an entry may ask for (R4, 3.1.0.11). */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Entries of one Bundle: more than any patient history that fits into the size of a body. */
const ENTRIES_MAX = 5_000;
/**
 * Reads a Bundle that asks for something (R4, 3.1.0.11); throws `malformed` or `not-supported` with the path of each fault, `too-large` for
 * more entries than `ENTRIES_MAX`. `base` is this server's FHIR address. Of what type the resources of a batch are is asked entry by entry, by
 * `refuseType`, so that one of them does not keep the others out.
 */
export function readRequestBundle(document, base) {
    const bundle = document.value;
    if (bundle['resourceType'] !== 'Bundle') {
        throw new Failure('malformed', { path: 'resourceType', en: 'a Bundle was expected here', zh: '此处应为 Bundle' });
    }
    const type = bundle['type'];
    if (type !== 'transaction' && type !== 'batch') {
        throw new Failure('not-supported', {
            path: 'Bundle.type',
            en: 'only transaction and batch are taken here',
            zh: '此处仅接受 transaction 和 batch',
        });
    }
    const list = bundle['entry'] ?? [];
    if (!Array.isArray(list))
        throw new Failure('malformed', { path: 'Bundle.entry', en: 'must be a list', zh: '必须为数组' });
    if (list.length > ENTRIES_MAX) {
        throw new Failure('too-large', {
            path: 'Bundle.entry',
            en: `has ${list.length} entries; one Bundle may have ${ENTRIES_MAX}`,
            zh: `共 ${list.length} 个条目，单个 Bundle 最多 ${ENTRIES_MAX} 个`,
        });
    }
    const issues = [];
    const entries = list.map((it, index) => readEntry(it, `Bundle.entry[${index}]`, base, issues));
    if (type === 'transaction')
        for (const { resource, path } of entries)
            if (resource)
                checkType(resource, `${path}.resource`, issues);
    refuseSameFullUrls(entries, issues);
    if (issues.length > 0)
        throw new Failure('malformed', issues);
    return { type, entries };
}
/** Invariant bdl-7: a reference to a fullUrl that stands twice could mean either entry. */
function refuseSameFullUrls(entries, issues) {
    const places = new Map();
    for (const { fullUrl, path } of entries) {
        if (fullUrl === undefined)
            continue;
        const other = places.get(fullUrl);
        if (other)
            issues.push({ path: `${path}.fullUrl`, en: `is the one of ${other} as well`, zh: `与 ${other} 的 fullUrl 重复` });
        else
            places.set(fullUrl, path);
    }
}
function readEntry(entry, path, base, issues) {
    const request = isObject(entry) && isObject(entry['request']) ? entry['request'] : undefined;
    const method = textOf(request?.['method']);
    const url = textOf(request?.['url']);
    if (!method)
        issues.push({ path: `${path}.request.method`, en: 'is missing', zh: '缺失' });
    else if (!METHODS.includes(method)) {
        const all = METHODS.join(', ');
        issues.push({ path: `${path}.request.method`, en: `is "${method}"; it must be one of ${all}`, zh: `为“${method}”，应为 ${all} 之一` });
    }
    if (!url)
        issues.push({ path: `${path}.request.url`, en: 'is missing', zh: '缺失' });
    const resource = isObject(entry) && isObject(entry['resource']) ? entry['resource'] : undefined;
    if ((method === 'POST' || method === 'PUT' || method === 'PATCH') && !resource) {
        issues.push({ path: `${path}.resource`, en: `is missing; ${method} needs one`, zh: `缺失；${method} 必须携带资源` });
    }
    return {
        path,
        fullUrl: isObject(entry) ? textOf(entry['fullUrl']) : undefined,
        method: (method ?? 'GET'),
        url: url ?? '',
        target: readRequestUrl(url ?? '', base),
        resource,
        ifNoneExist: textOf(request?.['ifNoneExist']),
        ifMatch: textOf(request?.['ifMatch']),
        ifNoneMatch: textOf(request?.['ifNoneMatch']),
        ifModifiedSince: textOf(request?.['ifModifiedSince']),
    };
}
/** Throws `malformed` for an entry whose resource is of no type that R4 has, `method-not-allowed` for one that this server alone writes. */
export function refuseType({ resource, path }) {
    const issues = [];
    if (resource)
        checkType(resource, `${path}.resource`, issues);
    if (issues.length > 0)
        throw new Failure('malformed', issues);
}
/**
 * Adds an issue unless the resource is of a type that R4 has, with a `meta` that the version can be written into. Throws `method-not-allowed` for
 * a type that nobody but this server writes.
 */
export function checkType(resource, path, issues) {
    const type = resource['resourceType'];
    if (typeof type !== 'string' || !RESOURCE_TYPES.has(type)) {
        issues.push({ path: `${path}.resourceType`, en: 'is not a resource type of FHIR R4', zh: '不是 FHIR R4 的资源类型' });
    }
    else if (SERVER_MADE.has(type)) {
        const name = `${path}.resourceType`;
        throw new Failure('method-not-allowed', { path: name, en: `${type} cannot be stored by callers`, zh: `调用方不能写入 ${type}` });
    }
    if (resource['meta'] !== undefined && !isObject(resource['meta'])) {
        issues.push({ path: `${path}.meta`, en: 'must be an object', zh: '必须为对象' });
    }
}
