import { Failure } from '../failure.js';
import { encodeId } from '../resources/resource-id.js';
import { allows } from '../security/scope.rules.js';
import { findRegistered, upsertInstitutions } from './institution.queries.js';
import { readOrganization } from './organization.rules.js';
/** Only the operator says who takes part; the same resource from a hospital is an entry of its directory. */
function registers(caller, type) {
    return type === 'Organization' && allows(caller.scopes, 'operator');
}
/** What is wrong with an Organization by which the operator registers an institution; nothing for any other resource or caller. */
export function acceptInstitution(content, path, caller) {
    if (!registers(caller, content['resourceType']))
        return [];
    const read = readOrganization(content);
    if (!read || 'registration' in read)
        return [];
    return read.issues.map((it) => ({ ...it, path: it.path ? `${path}.${it.path}` : path }));
}
/**
 * Lets the institutions follow the Organizations that the operator has just stored, in the same transaction: a new credit code becomes an
 * institution, a known one is updated. At most three statements.
 *
 * An institution keeps its credit code and its Organization: throws `conflict` where either is bound to another already, and where the
 * Organization of an institution is deleted, whoever deletes it.
 */
export async function keepInstitutions(tx, caller, stored, now) {
    const deleted = stored.filter((it) => it.type === 'Organization' && it.content === null).map((it) => encodeId(it));
    if (deleted.length > 0 && (await findRegistered(tx, [], deleted)).length > 0)
        throw registered();
    const organizations = stored.filter((it) => registers(caller, it.type));
    if (organizations.length === 0)
        return;
    const rows = organizations.flatMap((it) => {
        const read = it.content && readOrganization(it.content);
        return read && 'registration' in read ? [{ ...read.registration, organization: encodeId(it) }] : [];
    });
    if (rows.length === 0)
        return;
    const known = await findRegistered(tx, rows.map((it) => it.uscc), rows.map((it) => it.organization));
    const clash = rows.find((row) => [...known, ...rows].some((it) => isBoundElsewhere(row, it)));
    if (clash)
        throw taken(clash);
    const written = await upsertInstitutions(tx, rows, now);
    const lost = rows.find((it) => !written.has(it.uscc));
    if (lost)
        throw taken(lost);
}
function isBoundElsewhere(row, other) {
    return other.organization !== null && (row.uscc === other.uscc) !== (row.organization === other.organization);
}
function registered() {
    return new Failure('conflict', {
        path: 'Organization',
        en: 'is the one of an institution that takes part in the exchange; to end that, store it with active=false',
        zh: '为已接入机构的 Organization，不能删除；如需停用，请将 active 设为 false',
    });
}
function taken({ uscc }) {
    return new Failure('conflict', {
        path: 'Organization.identifier',
        en: `The 统一社会信用代码 ${uscc} cannot be given to this Organization: it belongs to another one, or this one has another code. Update the Organization of that institution instead.`,
        zh: `统一社会信用代码 ${uscc} 不能用于该 Organization：该代码已属于另一机构，或该机构已有其他代码。请更新原有机构的 Organization。`,
    });
}
