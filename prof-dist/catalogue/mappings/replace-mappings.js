import { hash } from 'node:crypto';
import { Failure } from '../../failure.js';
import { codedText, pathNumber, tokenAt } from '../../fhir/search-hash.js';
import { findItems } from '../items/find-items.js';
import { findRevision, insertRevision, lockMappings } from './mapping.queries.js';
import { faultsOfItems, faultsOfMappings, mappingOf } from './mapping.rules.js';
/**
 * Replaces all mappings of an institution by these, as a new revision; the same mappings from the same source change nothing. `source` is the
 * ConceptMap they follow, if one was written over FHIR. All of them or none; four statements, whatever their number.
 *
 * Throws `rule-violated` with every faulty mapping.
 */
export async function replaceMappings(tx, institution, sent, source, now) {
    const { items } = await findItems(tx, null, now);
    const faults = [...faultsOfMappings(sent), ...faultsOfItems(sent, items)];
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const mappings = sent.map(mappingOf).sort(byPlace);
    const fingerprint = hash('sha256', JSON.stringify(mappings));
    await lockMappings(tx, institution);
    const former = await findRevision(tx, institution);
    if (former?.fingerprint === fingerprint && former.source === source)
        return { ...former, changed: false };
    const load = { revision: (former?.revision ?? 0) + 1, loadedAt: now, fingerprint, mappings: mappings.length, source };
    await insertRevision(tx, institution, load, mappings.map((it) => ({ ...it, token: tokenAt(pathNumber('code'), codedText(it.system, it.code)) })));
    return { ...load, changed: true };
}
/** Mappings with their members in one order, so that the same ones have one fingerprint however they came. */
function byPlace(a, b) {
    return compare(a.system, b.system) || compare(a.code, b.code) || compare(a.item ?? '', b.item ?? '');
}
function compare(a, b) {
    if (a === b)
        return 0;
    return a < b ? -1 : 1;
}
