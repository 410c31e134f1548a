import type { Reader } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody, Permission } from './custody.ts';
import type { ResourceRow } from './resource.queries.ts';
import { isPerson } from './resource-id.ts';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.ts';

/**
 * Whether the caller may see a resource: their own institution's, the shared directory, and what the person's consent covers for a named
 * clinician. `visible-sql.ts` says the same of many.
 */
export async function maySee(reader: Reader, custody: Custody, caller: Caller, row: ResourceRow, now: Date): Promise<boolean> {
  if (row.institution === caller.institution) return true;
  if (!isPerson(row.person)) return SHARED_TYPES.includes(row.type);
  return covers(await permissionFor(reader, custody, caller, row.person, now), row);
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
