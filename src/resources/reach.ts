import type { Reader } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import { type Custody, NO_PERMISSION, type Permission } from './custody.ts';
import { CONFIDENTIALITIES } from './label.rules.ts';
import { permittedSql } from './permission-sql.ts';
import type { ResourceRow } from './resource.queries.ts';
import { isPerson, type ResourceKey } from './resource-id.ts';
import type { RowAccess } from './row-access.ts';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.ts';

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
  const permission = await permissionFor(reader, custody, caller, key.person, now);
  const isCovered = permission.rows
    ? await isAmong(reader, key, { ...permission, rows: permission.rows })
    : row !== undefined && covers(permission, row);
  if (!row || permission.basis === 'none' || KEPT_TYPES.includes(row.type)) return false;
  return row.type === 'Patient' || isCovered;
}

/** What the caller may see of a person from other institutions; nothing without a named clinician. The same statements in every case. */
async function permissionFor(reader: Reader, custody: Custody, caller: Caller, person: bigint, now: Date): Promise<Permission> {
  const persons = await custody.keysOfPerson(reader, person);
  const permission = await custody.permission(reader, persons, caller, now);
  return caller.practitioner ? permission : NO_PERMISSION;
}

/** Whether a permission of whole categories covers a resource of another institution. */
function covers({ basis, categories, uncategorised, sensitivities }: Permission, { category, labels }: ResourceRow): boolean {
  const isOfKind = category === null ? uncategorised : categories.some((it) => it === category);
  const named: readonly string[] = [...sensitivities, ...CONFIDENTIALITIES];
  return isOfKind && (basis === 'emergency' || (labels ?? []).every((it) => named.includes(it)));
}

/** Whether a row is among those that a narrower permission covers; one statement, also where there is no such row. */
async function isAmong(reader: Reader, key: ResourceKey, permission: Permission & { readonly rows: RowAccess }): Promise<boolean> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { rows } = await reader.$client.query({
    text: `select from resources r where r.person = ${bind(key.person)} and r.id = ${bind(key.id)} and ${permittedSql({ alias: 'r' }, permission, bind)}`,
    values,
  });
  return rows.length > 0;
}
