import { Failure } from '../failure.js';
import { seekAt } from './reach.js';
import { isPerson } from './resource-id.js';
/**
 * Throws unless what stands at the key is a resource of the type that the caller's institution has published: `not-owner` for one of another
 * institution that the caller may see, and for everything else the same as for an id that was never given.
 */
export async function requireOwn(reader, custody, caller, wanted, row, now) {
    const { key, type, path, method } = wanted;
    const found = row?.type === type ? row : undefined;
    if (found?.institution === caller.institution)
        return;
    const { isSeen } = await seekAt(reader, custody, caller, { key, type }, row, now);
    const about = isPerson(key.person) ? { person: key.person } : {};
    if (!isSeen)
        throw noSuchResource(method, type, path, about);
    throw new Failure('not-owner', {
        path,
        en: `only the institution that published this ${type} may change it`,
        zh: `只有发布机构可以修改该 ${type}`,
    }, about);
}
/** There is no such resource for the caller; an update of it would be a create, and ids are given by the server (R4, 3.1.0.4.3). */
export function noSuchResource(method, type, path, about = {}) {
    if (method === 'PUT') {
        return new Failure('method-not-allowed', {
            path,
            en: `there is no such ${type} to be updated; ids are given by the server, so POST it first`,
            zh: `没有可更新的该 ${type}；资源 id 由服务器分配，请先 POST`,
        }, about);
    }
    return new Failure('not-found', { path, en: `there is no such ${type} here`, zh: `本系统中不存在该 ${type}` }, about);
}
