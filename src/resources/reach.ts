import type { Reader } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody, Permission } from './custody.ts';
import { requireTokenPatient } from './require-token-patient.ts';
import type { ResourceRow } from './resource.queries.ts';
import { isPerson, type ResourceKey } from './resource-id.ts';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.ts';

/** Whether a resource may be seen, and the permission that was asked for it, where one was. */
export interface Sight {
  readonly isSeen: boolean;
  readonly permission?: Permission;
}

/**
 * Whether the caller may see a resource: their own institution's, the shared directory, and what the person's consent covers for a named
 * clinician. `visible-sql.ts` says the same of many. Throws `scope-insufficient` where the caller's token is for another patient.
 */
export async function maySee(reader: Reader, custody: Custody, caller: Caller, row: ResourceRow, now: Date): Promise<Sight> {
  if (row.institution === caller.institution) {
    if (caller.patient !== undefined && isPerson(row.person)) {
      requireTokenPatient(caller, await custody.keysOfPerson(reader, row.person));
    }
    return { isSeen: true };
  }
  if (!isPerson(row.person)) return { isSeen: SHARED_TYPES.includes(row.type) };
  const permission = await permissionFor(reader, custody, caller, row.person, now);
  return { isSeen: covers(permission, row), permission };
}

/**
 * The same for what was found at a key, or was not, or is of another type: then it is not seen, after the same statements and with the same
 * to log as where the person does not consent.
 */
export async function seekAt(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  { key, type }: { readonly key: ResourceKey; readonly type: string },
  row: ResourceRow | undefined,
  now: Date,
): Promise<Sight> {
  if (row?.type === type) return maySee(reader, custody, caller, row, now);
  return isPerson(key.person)
    ? { isSeen: false, permission: await permissionFor(reader, custody, caller, key.person, now) }
    : { isSeen: false };
}

/** What the caller may see of a person from other institutions; nothing without a named clinician. The same statements in every case. */
export async function permissionFor(reader: Reader, custody: Custody, caller: Caller, person: bigint, now: Date): Promise<Permission> {
  const persons = await custody.keysOfPerson(reader, person);
  const permission = await custody.permission(reader, persons, caller, now);
  return caller.practitioner ? permission : { basis: 'none', categories: [], uncategorised: false, sensitivities: [], consents: [] };
}

/** Whether a permission covers a resource of another institution. A Patient's own record comes with any permission. */
function covers(permission: Permission, row: ResourceRow): boolean {
  if (permission.basis === 'none') return false;
  if (KEPT_TYPES.includes(row.type)) return false;
  if (row.type === 'Patient') return true;
  return row.category === null ? permission.uncategorised : permission.categories.some((it) => it === row.category);
}
