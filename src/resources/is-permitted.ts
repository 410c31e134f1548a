import type { Reader } from '../database/client.ts';
import type { Permission } from './custody.ts';
import { CONFIDENTIALITIES } from './label.rules.ts';
import { permittedSql } from './permission-sql.ts';
import type { ResourceRow } from './resource.queries.ts';
import type { ResourceKey } from './resource-id.ts';
import { KEPT_TYPES } from './shared-types.ts';

/**
 * Whether a permission covers what stands at a key, published by another institution; no for nothing, after the same statements: none for a
 * permission of whole categories, one for a narrower one. A Patient's own record comes with any permission.
 */
export async function isPermitted(
  reader: Reader,
  permission: Permission,
  key: ResourceKey,
  row: ResourceRow | undefined,
): Promise<boolean> {
  const isCovered = permission.rows ? await isAmongPermitted(reader, permission, key) : row !== undefined && covers(permission, row);
  if (!row || permission.basis === 'none' || KEPT_TYPES.includes(row.type)) return false;
  return row.type === 'Patient' || isCovered;
}

/** Says of one row, and of whole categories, what `permittedSql` says of many. */
function covers({ basis, categories, uncategorised, sensitivities }: Permission, { category, labels }: ResourceRow): boolean {
  const isOfKind = category === null ? uncategorised : categories.some((it) => it === category);
  const named: readonly string[] = [...sensitivities, ...CONFIDENTIALITIES];
  return isOfKind && (basis === 'emergency' || (labels ?? []).every((it) => named.includes(it)));
}

async function isAmongPermitted(reader: Reader, permission: Permission, key: ResourceKey): Promise<boolean> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const place = `r.person = ${bind(key.person)} and r.id = ${bind(key.id)}`;
  const { rows } = await reader.$client.query({
    text: `select from resources r where ${place} and ${permittedSql({ alias: 'r' }, permission, bind)}`,
    values,
  });
  return rows.length > 0;
}
