import type { Reader } from '../database/client.ts';
import { referenceOf } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import { findResources } from '../resources/resource.queries.ts';
import { decodeId, encodeId } from '../resources/resource-id.ts';
import { clinicianByReference, clinicianByResource, cliniciansOf, type NamedClinician } from './examination.rules.ts';

const NOBODY: NamedClinician = { system: null, value: null, name: null };

/**
 * The clinician whom an order, or else the report itself, names as the one behind an examination. By what a reference says, or by the Practitioner it
 * leads to, also over a PractitionerRole; nobody where none of them is known here. At most two statements.
 */
export async function findDoctor(reader: Reader, report: Json, orders: readonly Json[]): Promise<NamedClinician> {
  const named = cliniciansOf(report, orders);
  const first = await findNamed(
    reader,
    named.flatMap((it) => referenceOf(it) ?? []),
  );
  const roles = [...first.values()].filter((it) => it['resourceType'] === 'PractitionerRole');
  const second = await findNamed(
    reader,
    roles.flatMap((it) => referenceOf(it['practitioner']) ?? []),
  );
  for (const reference of named) {
    const target = first.get(referenceOf(reference) ?? '');
    const practitioner = target?.['resourceType'] === 'PractitionerRole' ? second.get(referenceOf(target['practitioner']) ?? '') : target;
    const isPractitioner = practitioner?.['resourceType'] === 'Practitioner';
    const doctor = (isPractitioner ? clinicianByResource(practitioner) : undefined) ?? clinicianByReference(reference);
    if (doctor) return doctor;
  }
  return NOBODY;
}

/** Resources by their references (`Type/id`); those that are not here are missing. One statement, none for no reference. */
export async function findNamed(reader: Reader, references: readonly string[]): Promise<ReadonlyMap<string, Json>> {
  const keys = references.flatMap((it) => decodeId(it.split('/')[1] ?? '') ?? []);
  if (keys.length === 0) return new Map();
  const found = await findResources(reader, keys);
  return new Map(
    found.flatMap((it) => (it.content === null ? [] : [[`${it.type}/${encodeId(it)}`, JSON.parse(it.content) as Json] as const])),
  );
}
