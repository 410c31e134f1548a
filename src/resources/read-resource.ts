import type { Reader } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody, Permission } from './custody.ts';
import { findResource, findVersion, type ResourceRow, type ResourceText } from './resource.queries.ts';
import { decodeId, encodeId, isPerson, type ResourceKey } from './resource-id.ts';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.ts';

/**
 * FHIR read and vread: https://hl7.org/fhir/R4/http.html#read
 *
 * The text is the published one. What another institution published about a person is shown to a named clinician whom the person's
 * consent covers; in every other case the answer is `not-found`, as for an id that was never given. Committed to the access log before
 * it is returned.
 */
export async function readResource(
  db: Reader,
  custody: Custody,
  caller: Caller,
  type: string,
  id: string,
  version: number | undefined,
  now: Date,
): Promise<ResourceText> {
  const key = decodeId(id);
  const row = key && (await (version === undefined ? findResource(db, key) : findVersion(db, key, version)));
  if (!key || !row || row.type !== type || !(await maySee(db, custody, caller, row, now))) {
    // The same statements are run for what is not there as for what may not be seen.
    if (key && row?.type !== type) await permissionFor(db, custody, caller, key, now);
    throw notFound(type, id, key);
  }
  await custody.record(
    null,
    caller,
    [
      {
        person: isPerson(row.person) ? row.person : 0n,
        action: 'R',
        interaction: version === undefined ? 'readResource' : 'readVersion',
        entities: [`${type}/${encodeId(row)}/_history/${row.version}`],
      },
    ],
    now,
  );
  if (row.content === null) {
    throw new Failure('gone', { en: `${type}/${id} was deleted`, zh: `${type}/${id} 已被删除` }, { person: row.person });
  }
  return row;
}

async function maySee(db: Reader, custody: Custody, caller: Caller, row: ResourceRow, now: Date): Promise<boolean> {
  if (row.institution === caller.institution) return true;
  if (!isPerson(row.person)) return SHARED_TYPES.includes(row.type);
  return covers(await permissionFor(db, custody, caller, row, now), row);
}

async function permissionFor(db: Reader, custody: Custody, caller: Caller, key: ResourceKey, now: Date): Promise<Permission> {
  const persons = await custody.keysOfPerson(db, key.person);
  const permission = await custody.permission(db, persons, caller, now);
  return caller.practitioner ? permission : { basis: 'none', categories: [], uncategorised: false };
}

/** Whether a permission covers a resource of another institution. A Patient's own record comes with any permission. */
function covers(permission: Permission, row: ResourceRow): boolean {
  if (permission.basis === 'none') return false;
  if (KEPT_TYPES.includes(row.type)) return false;
  if (row.type === 'Patient') return true;
  return row.category === null ? permission.uncategorised : permission.categories.includes(row.category);
}

function notFound(type: string, id: string, key: ResourceKey | undefined): Failure {
  return new Failure(
    'not-found',
    { en: `${type}/${id} is not known here`, zh: `本系统中不存在 ${type}/${id}` },
    key && isPerson(key.person) ? { person: key.person } : {},
  );
}
