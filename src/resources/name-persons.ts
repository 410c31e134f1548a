import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Subjects } from '../fhir/search-condition.ts';
import type { Caller } from '../security/caller.ts';
import type { NamedPatient } from './condition-sql.ts';
import { type Custody, NO_PERMISSION } from './custody.ts';
import { requireTokenPatient } from './require-token-patient.ts';
import { decodeId, isPerson } from './resource-id.ts';
import { type NamedPerson, type Reach, reachOf } from './visible-sql.ts';

/** Whom a search names, and what it may therefore see. */
export interface Naming {
  readonly reach: Reach;
  readonly named: readonly NamedPatient[];
}

/** Each of them is looked up and asked for consent. */
const PERSONS_MAX = 20;

/**
 * The persons a search names, by the ids of Patients or by identifiers, each with what the caller may see of them. What they consented to
 * is shown to a named clinician alone. The statements are the same for nobody as for somebody.
 *
 * Throws `parameter-invalid` for more than twenty, `scope-insufficient` for another patient than the one that the token is for.
 */
export async function namePersons(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  subjects: Subjects | undefined,
  now: Date,
): Promise<Naming> {
  const ids = [...new Set(subjects?.ids)];
  const identifiers = subjects?.identifiers ?? [];
  if (ids.length + identifiers.length > PERSONS_MAX) throw tooMany(ids.length + identifiers.length);

  const persons: NamedPerson[] = [];
  const named: NamedPatient[] = [];
  const name = async (keys: readonly bigint[]): Promise<void> => {
    requireTokenPatient(caller, keys);
    const permission = caller.practitioner ? await custody.permission(reader, keys, caller, now) : NO_PERMISSION;
    // Nobody is one of them as well, so that the statements to come are the same.
    if (keys[0] === undefined || !persons.some((it) => it.keys.includes(keys[0] as bigint))) persons.push({ keys, permission });
  };
  for (const id of ids) {
    const patient = decodeId(id);
    // An institution's number has the form of a key too, but nobody consents for it.
    if (!patient || !isPerson(patient.person)) continue;
    const keys = await custody.keysOfPerson(reader, patient.person);
    named.push({ patient, keys });
    await name(keys);
  }
  for (const identifier of identifiers) {
    await name(await custody.personsBy(reader, caller, identifier));
  }
  return { reach: { ...reachOf(caller, 'own-and-shared'), persons }, named };
}

function tooMany(count: number): Failure {
  return new Failure('parameter-invalid', {
    en: `${count} patients are named; a search takes at most ${PERSONS_MAX}`,
    zh: `检索中指定了 ${count} 名患者，单次检索最多 ${PERSONS_MAX} 名`,
  });
}
