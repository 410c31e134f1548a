import { referenceOf } from '../fhir/element.js';
import { findResources } from '../resources/resource.queries.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { clinicianByReference, clinicianByResource, cliniciansOf } from './examination.rules.js';
const NOBODY = { system: null, value: null, name: null };
/**
 * The clinician whom an order, or else the report itself, names as the one behind an examination. By what a reference says, or by the Practitioner it
 * leads to, also over a PractitionerRole; nobody where none of them is known here. At most two statements.
 */
export async function findDoctor(reader, report, orders) {
    const named = cliniciansOf(report, orders);
    const first = await findNamed(reader, named.flatMap((it) => referenceOf(it) ?? []));
    const roles = [...first.values()].filter((it) => it['resourceType'] === 'PractitionerRole');
    const second = await findNamed(reader, roles.flatMap((it) => referenceOf(it['practitioner']) ?? []));
    for (const reference of named) {
        const target = first.get(referenceOf(reference) ?? '');
        const practitioner = target?.['resourceType'] === 'PractitionerRole' ? second.get(referenceOf(target['practitioner']) ?? '') : target;
        const isPractitioner = practitioner?.['resourceType'] === 'Practitioner';
        const doctor = (isPractitioner ? clinicianByResource(practitioner) : undefined) ?? clinicianByReference(reference);
        if (doctor)
            return doctor;
    }
    return NOBODY;
}
/** Resources by their references (`Type/id`); those that are not here are missing. One statement, none for no reference. */
export async function findNamed(reader, references) {
    const keys = references.flatMap((it) => decodeId(it.split('/')[1] ?? '') ?? []);
    if (keys.length === 0)
        return new Map();
    const found = await findResources(reader, keys);
    return new Map(found.flatMap((it) => (it.content === null ? [] : [[`${it.type}/${encodeId(it)}`, JSON.parse(it.content)]])));
}
