import type { Reader } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import { type Custody, NO_PERMISSION, type Permission } from './custody.ts';
import { isPermitted } from './is-permitted.ts';
import type { ResourceRow } from './resource.queries.ts';
import { isPerson, type ResourceKey } from './resource-id.ts';
import { SHARED_TYPES } from './shared-types.ts';

/**
 * Whether the caller may see what stands at a key: their own institution's, the shared directory, and what the person's consent covers for a
 * named clinician. `visible-sql.ts` says the same of many. Without a row (nothing stands there, or something of another type) the answer is
 * no, after the same statements as for what may not be seen.
 */
export async function maySee(
  reader: Reader,
  custody: Custody,
  caller: Caller,
  key: ResourceKey,
  row: ResourceRow | undefined,
  now: Date,
): Promise<boolean> {
  if (row?.institution === caller.institution) return true;
  if (row && !isPerson(row.person)) return SHARED_TYPES.includes(row.type);
  return isPermitted(reader, await permissionFor(reader, custody, caller, key.person, now), key, row);
}

/** What the caller may see of a person from other institutions; nothing without a named clinician. The same statements in every case. */
async function permissionFor(reader: Reader, custody: Custody, caller: Caller, person: bigint, now: Date): Promise<Permission> {
  const persons = await custody.keysOfPerson(reader, person);
  const permission = await custody.permission(reader, persons, caller, now);
  return caller.practitioner ? permission : NO_PERMISSION;
}
