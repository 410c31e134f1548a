import { Failure } from '../failure.js';
import { checkType } from '../fhir/bundle.js';
import { readPatchResource } from '../fhir/patch/read-patch.js';
import { SERVER_MADE } from '../fhir/resource-types.js';
import { isSubsetted } from '../fhir/subset.js';
import { criteriaOf } from './criteria.js';
import { noSuchResource } from './own-resource.js';
import { readPreconditions } from './precondition.rules.js';
import { requireType } from './require-type.js';
import { decodeId } from './resource-id.js';
/**
 * An entry that changes something (POST, PUT, PATCH, DELETE) as a demand. `document` holds its resource; one of its own, or the whole
 * Bundle's. Throws `malformed` where url and resource disagree, `not-supported` for what an entry cannot ask for here.
 */
export function demandOfEntry(document, entry, resource = entry.resource) {
    const { method, path, target, fullUrl } = entry;
    const [type = '', id, ...rest] = target.steps;
    if (type.startsWith('$') || id?.startsWith('$') || rest[0]?.startsWith('$'))
        throw noOperation(entry);
    const isConditional = target.query !== undefined;
    const allowed = method === 'POST' ? id === undefined && !isConditional : isConditional ? id === undefined : id !== undefined;
    const ofType = method === 'DELETE' || method === 'PATCH' || type === resource?.['resourceType'];
    if (!allowed || !ofType || rest.length > 0)
        throw wrongUrl(entry, resource);
    refuseServerMade(type);
    const preconditions = readPreconditions(entry.ifMatch, entry.ifNoneMatch, `${path}.request`);
    if (method === 'DELETE') {
        requireType(type);
        const aim = aimAt(type, id, target.query, `${path}.request.url`, 'DELETE');
        return { path: `${path}.request.url`, type, wish: { kind: 'delete', aim, ...preconditions } };
    }
    if (method === 'PATCH') {
        requireType(type);
        const aim = aimAt(type, id, target.query, `${path}.request.url`, 'PATCH');
        const patch = readPatchResource(document, resource, `${path}.resource`);
        return { path: `${path}.resource`, fullUrl, type, wish: { kind: 'patch', aim, patch, ...preconditions } };
    }
    const content = resource;
    const wish = method === 'POST'
        ? createWish(type, entry.ifNoneExist, `${path}.request.ifNoneExist`)
        : updateWish(content, type, id, target.query, preconditions, `${path}.resource`);
    return { path: `${path}.resource`, fullUrl, document, content, type, wish };
}
/** A single resource, which stands at `path`, as create and update take it. Throws `malformed` where it is not of the type the address names. */
export function draftOfDocument(document, type, wish, path = type) {
    const content = document.value;
    refuseServerMade(type);
    const issues = [];
    checkType(content, path, issues);
    if (issues.length === 0 && content['resourceType'] !== type) {
        issues.push({
            path: `${path}.resourceType`,
            en: `is ${String(content['resourceType'])} while the address says ${type}`,
            zh: `为 ${String(content['resourceType'])}，与地址中的 ${type} 不符`,
        });
    }
    if (issues.length > 0)
        throw new Failure('malformed', issues);
    return { path, fullUrl: undefined, document, content, type, wish };
}
/** `criteria` is an If-None-Exist: a query, with or without what stands before its question mark. */
export function createWish(type, criteria, path) {
    return criteria === undefined ? { kind: 'create' } : { kind: 'create', ifNoneExist: criteriaOf(type, criteria, path) };
}
/**
 * Wish to update `Type/id` or, with a query in the place of the id, what it meets. The body must name the same id (R4, 3.1.0.4); where there
 * is a query it may leave the id out. A resource of which parts were left out (SUBSETTED) is refused, since storing it would lose them.
 */
export function updateWish(content, type, id, query, preconditions, path) {
    const bodyId = content['id'];
    if (id !== undefined && bodyId !== id) {
        throw new Failure('malformed', { path: `${path}.id`, en: `must be "${id}", as in the address`, zh: `必须与地址一致，为“${id}”` });
    }
    if (bodyId !== undefined && typeof bodyId !== 'string') {
        throw new Failure('malformed', { path: `${path}.id`, en: 'must be a text', zh: '必须为字符串' });
    }
    if (isSubsetted(content)) {
        throw new Failure('malformed', {
            path: `${path}.meta.tag`,
            en: 'says SUBSETTED: parts were left out of this resource; read all of it before changing it',
            zh: '带有 SUBSETTED 标签，内容不完整；请先读取完整资源再修改',
        });
    }
    const aim = aimAt(type, id, query, path, 'PUT');
    return { kind: 'update', aim, bodyId, ...preconditions };
}
/** What `Type/id` or `Type?query` names. Throws as the method has it for an id that this server cannot have given. */
export function aimAt(type, id, query, path, method) {
    if (id === undefined)
        return { criteria: criteriaOf(type, query ?? '', path) };
    const key = decodeId(id);
    if (!key)
        throw noSuchResource(method, type, path);
    return { key };
}
/** Throws `method-not-allowed` for a type that nobody but this server writes. */
export function refuseServerMade(type) {
    if (!SERVER_MADE.has(type))
        return;
    throw new Failure('method-not-allowed', { path: type, en: `${type} is made by the server alone`, zh: `${type} 仅由系统生成` });
}
function wrongUrl({ method, url, path }, resource) {
    const type = method === 'DELETE' || method === 'PATCH' ? 'Type' : String(resource?.['resourceType']);
    const form = method === 'POST' ? type : `${type}/<id> or ${type}?<criteria>`;
    return new Failure('malformed', {
        path: `${path}.request.url`,
        en: `is "${url}"; for this ${method} it must be ${form}`,
        zh: `为“${url}”；此处的 ${method} 应为 ${form}`,
    });
}
function noOperation({ url, path }) {
    return new Failure('not-supported', {
        path: `${path}.request.url`,
        en: `${url}: operations are not taken inside a Bundle; call them by themselves`,
        zh: `${url}：Bundle 内不支持操作，请单独调用`,
    });
}
