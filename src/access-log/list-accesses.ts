import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { Failure } from '../failure.ts';
import { findPersons, keysOfPerson, type PatientName } from '../persons/find-persons.ts';
import { decodeId, isPerson } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import type { AccessEntry } from './access-entry.schema.ts';
import type { AccessKey } from './access-entry-id.ts';
import { type AccessFilter, actionOfList } from './access-filter.rules.ts';
import type { AccessRecorder } from './access-recorder.ts';
import { findAccesses } from './access-search.queries.ts';
import type { LogReach } from './audit-reach.ts';
import { personAlone } from './entity-query.rules.ts';
import { accessEntry, InstitutionNames } from './show-accesses.ts';

/** What somebody wants to see of the log. */
export interface AccessQuestion {
  readonly patient: PatientName | undefined;
  readonly filter: AccessFilter;
  /** What the reader is bound to. */
  readonly reach: LogReach;
  /** The question as it was asked, for the log. */
  readonly asked: string;
  /** operationId of the door, or the name of an export. */
  readonly interaction: string;
}

/**
 * Writes down that the log is being looked at, and answers the filter with the patient's keys in it: nothing of the log leaves before this
 * has resolved. A patient who is not known has no entries. Throws `parameter-invalid` where the reader is bound to one patient and asks for
 * another.
 */
export async function openAccessLog(
  db: Reader,
  accessLog: AccessRecorder,
  caller: Caller,
  question: AccessQuestion,
  now: Date,
): Promise<AccessFilter> {
  const { patient, filter, reach, interaction, asked } = question;
  const named = reach.patient === undefined ? patient : { id: reach.patient };
  const persons = named ? await findPersons(db, caller, named) : await personsAround(db, filter);
  if (reach.patient !== undefined && patient && !(await means(db, caller, patient, reach.patient, persons))) throw patientNamedTwice();
  const access = { person: persons?.[0] ?? 0n, action: actionOfList(interaction), interaction, entities: [], query: asked };
  await accessLog.record(caller, [access], now);
  return { ...filter, persons, discreet: reach.institution !== undefined, ownLog: reach.patient !== undefined };
}

/** Whether a parameter names the patient of the token: by the same id, or by anything that stands for one of the patient's keys. */
async function means(
  db: Reader,
  caller: Caller,
  name: PatientName,
  patient: string,
  persons: readonly bigint[] | undefined,
): Promise<boolean> {
  const [person] = await findPersons(db, caller, name);
  return ('id' in name && name.id === patient) || (person !== undefined && persons?.includes(person) === true);
}

/** One refusal for another patient and for one whom nobody knows. */
function patientNamedTwice(): Failure {
  return new Failure('parameter-invalid', {
    path: 'patient',
    en: 'the access token names the patient whose log this is; leave the parameter out, or name the same patient',
    zh: '访问令牌已指明患者，请去掉该参数，或指明同一患者',
  });
}

/** Under whose keys the accesses to a resource, or those with a person, were logged; `undefined` for what is about nobody. */
async function personsAround(db: Reader, { entity, traits = [] }: AccessFilter): Promise<readonly bigint[] | undefined> {
  const key = entity === undefined ? undefined : decodeId(entity.replace(/^.*\//, ''));
  if (key && isPerson(key.person)) return await keysOfPerson(db, key.person);
  const person = traits.map(personAlone).find((it) => it !== undefined);
  return person === undefined ? undefined : await keysOfPerson(db, person);
}

/** A page of entries, the latest first, and where the next one begins. */
export async function pageOfAccesses(
  db: Reader,
  filter: AccessFilter,
  page: { readonly after: Place | undefined; readonly limit: number; readonly leaves: boolean },
): Promise<{ readonly entries: readonly AccessEntry[]; readonly next: Place | undefined }> {
  const rows = await findAccesses(db, filter, { ...page, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const names = await new InstitutionNames(db).of(shown);
  const entries = shown.map((it) => accessEntry(it, names));
  return { entries, next: rows.length > shown.length ? placeOf(shown.at(-1)) : undefined };
}

/** Where the rows after this one begin. */
export function placeOf(row: AccessKey | undefined): Place | undefined {
  return row && { at: row.recordedAt, id: row.id };
}
