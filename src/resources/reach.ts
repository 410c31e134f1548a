import type { Reader } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import { type Custody, NO_PERMISSION, type Permission } from './custody.ts';
import { isPermitted } from './is-permitted.ts';
import { requireTokenPatient } from './require-token-patient.ts';
import type { ResourceRow } from './resource.queries.ts';
import { isPerson, type ResourceKey } from './resource-id.ts';
import { SHARED_TYPES } from './shared-types.ts';

/** Whether a resource may be seen, and the permission that was asked for it, where one was. */
export interface Sight {
  readonly isSeen: boolean;
  readonly permission?: Permission;
}

/**
 * Whether the caller may see what stands at a key: their own institution's, the shared directory, and what the person's consent covers for a
 * named clinician. `visible-sql.ts` says the same of many. What is not there, or is of another type, is not seen, after the same statements and
 * with the same to log as where the person does not consent. Throws `scope-insufficient` where the caller's token is for another patient.
 */
export async function seekAt(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  { key, type }: { readonly key: ResourceKey; readonly type: string },
  row: ResourceRow | undefined,
  now: Date,
): Promise<Sight> {
  const found = row?.type === type ? row : undefined;
  if (found?.institution === caller.institution) {
    if (caller.patient !== undefined && isPerson(key.person)) requireTokenPatient(caller, await custody.keysOfPerson(reader, key.person));
    return { isSeen: true };
  }
  if (!isPerson(key.person)) return { isSeen: found !== undefined && SHARED_TYPES.includes(found.type) };
  const permission = await permissionFor(reader, custody, caller, key.person, now);
  return { isSeen: await isPermitted(reader, permission, key, found), permission };
}

/** What the caller may see of a person from other institutions; nothing without a named clinician. The same statements in every case. */
async function permissionFor(reader: Reader, custody: Custody, caller: Caller, person: bigint, now: Date): Promise<Permission> {
  const persons = await custody.keysOfPerson(reader, person);
  const permission = await custody.permission(reader, persons, caller, now);
  return caller.practitioner ? permission : NO_PERMISSION;
}
