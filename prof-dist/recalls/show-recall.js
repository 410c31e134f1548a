import { recordAccess } from '../access-log/record-access.js';
import { findPermission } from '../consents/find-permission.js';
import { Failure } from '../failure.js';
import { keysOfPerson } from '../persons/find-persons.js';
import { findPermitted } from '../reports/find-report-changes.js';
import { NO_PERMISSION } from '../resources/custody.js';
import { decodeId } from '../resources/resource-id.js';
import { disclose, withoutValues } from './disclosure.rules.js';
import { findRecalls } from './recall-list.queries.js';
import { roleIn } from './recall-reach.js';
import { showRecalls } from './show-recalls.js';
/**
 * One recall with its full difference, as far as the caller may see it: what the patient's consent covers now, and of the rest what the
 * institution had seen before; the publisher sees its own results, the region's auditor no values. Nine statements.
 *
 * Throws `not-found`, also for a recall of another institution.
 */
export async function showRecall(tx, caller, id, now) {
    const { recall, role } = await requireRecall(tx, caller, id, now);
    const [shown] = await showRecalls(tx, [{ recall, role }], now);
    if (!shown)
        throw new Error('A recall that was found is not shown.');
    const { shown: difference, withheld, permission } = await seeDifference(tx, caller, recall, role, shown.reliances, now);
    const versions = difference
        .filter((it) => it.change !== 'withdrawn' && it.elements.some((element) => element.new !== undefined))
        .map((it) => `${it.reference}/_history/${it.to}`);
    const entities = [`Recall/${id}`, ...versions];
    const access = { person: recall.person, action: 'R', interaction: 'showRecall', entities, ...(permission && { permission }) };
    await recordAccess(tx, caller, [access], now);
    return {
        ...shown.listed,
        difference: difference.map((it) => ({ ...it, name: { ...it.name }, elements: [...it.elements] })),
        withheld,
        ...(role === 'source' ? {} : { reliances: shown.reliances.map(showReliance) }),
    };
}
/** The recall of that id, and as whom the caller may see it. Throws `not-found`. */
export async function requireRecall(tx, caller, id, now) {
    const key = decodeId(id);
    const [recall] = key ? await findRecalls(tx, { key }, { after: undefined, limit: 1 }, now) : [];
    const role = recall && roleIn(caller, recall);
    if (recall && role)
        return { recall, role };
    throw new Failure('not-found', {
        path: 'id',
        en: `no recall "${id}" is within your reach`,
        zh: `您的权限范围内没有编号为“${id}”的召回通知`,
    });
}
async function seeDifference(tx, caller, { person, difference }, role, reliances, now) {
    const all = new Set(difference.map((it) => it.reference));
    if (role === 'source')
        return disclose(difference, { permitted: all, seen: all });
    if (role === 'region')
        return withoutValues(difference);
    const permission = await findPermission(tx, await keysOfPerson(tx, person), caller, now);
    const keys = [...all].flatMap((it) => decodeId(it.replace(/^.*\//, '')) ?? []);
    const permitted = await findPermitted(tx, keys, caller.practitioner ? permission : NO_PERMISSION);
    return { ...disclose(difference, { permitted, seen: new Set(reliances.flatMap((it) => it.results)) }), permission };
}
function showReliance(it) {
    return {
        basis: it.basis,
        ...(it.basis === 'recognised' ? { decision: it.source.replace(/^.*\//, '') } : {}),
        ...(it.item === null ? {} : { item: it.item }),
        concerned: it.isConcerned,
        ...(it.practitioner === null ? {} : { practitioner: it.practitioner }),
        ...(it.encounter === null ? {} : { encounter: it.encounter }),
        reliedAt: it.reliedAt.toISOString(),
        ...(it.citedAt ? { citedAt: it.citedAt.toISOString() } : {}),
        ...(it.revokedAt ? { revokedAt: it.revokedAt.toISOString() } : {}),
    };
}
