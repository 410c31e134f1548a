import { contentsOf } from '../database/client.js';
import { Failure } from '../failure.js';
import { isHeld } from '../fhir/entity-tag.rules.js';
import { seekAt } from './reach.js';
import { findResource, findVersion } from './resource.queries.js';
import { decodeId, encodeId, isPerson } from './resource-id.js';
/**
 * FHIR read, vread and conditional read: https://hl7.org/fhir/R4/http.html#read
 *
 * The text is the published one. What another institution published about a person is shown to a named clinician whom the person's
 * consent covers; in every other case the answer is `not-found`, as for an id that was never given. Who may see the version of now may
 * see the earlier ones. A deletion is `gone`, whether it is the version of now or the one asked for.
 *
 * An access is committed to the log before it is returned, also where the caller is told only that nothing has changed; within a
 * transaction (`tx`, which is then the reader too) it is committed with that.
 */
export async function answerRead(reader, custody, caller, request, now, tx = null) {
    const { type, id } = request;
    const key = decodeId(id);
    const version = request.version === undefined ? undefined : versionNumber(request.version);
    const contents = contentsOf(reader);
    const row = key && version !== 0 ? await (version === undefined ? findResource(contents, key) : findVersion(contents, key, version)) : undefined;
    const sight = key && (await seekAt(reader, custody, caller, { key, type }, row, now));
    if (!row || !sight?.isSeen)
        throw notFound(request, key, sight?.permission);
    const { content } = row;
    if (content === null) {
        const named = version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}`;
        throw new Failure('gone', { en: `${named} was deleted`, zh: `${named} 已被删除` }, { person: row.person });
    }
    await custody.record(tx, caller, [
        {
            person: isPerson(row.person) ? row.person : 0n,
            action: 'R',
            interaction: version === undefined ? 'readResource' : 'readVersion',
            entities: [`${type}/${encodeId(row)}/_history/${row.version}`],
            ...(sight.permission && { permission: sight.permission }),
        },
    ], now);
    return { ...row, content, isHeld: isHeld(row, request) };
}
/** 0 for what no version is called. */
function versionNumber(text) {
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}
function notFound({ type, id, version }, key, permission) {
    const named = version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}`;
    return new Failure('not-found', { en: `${named} is not known here`, zh: `本系统中不存在 ${named}` }, key && isPerson(key.person) ? { person: key.person, decision: permission } : {});
}
