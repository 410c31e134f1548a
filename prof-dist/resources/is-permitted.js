import { CONFIDENTIALITIES } from './label.rules.js';
import { permittedSql } from './permission-sql.js';
import { KEPT_TYPES } from './shared-types.js';
/**
 * Whether a permission covers what stands at a key, published by another institution; no for nothing, after the same statements: none for a
 * permission of whole categories, one for a narrower one. A Patient's own record comes with any permission.
 */
export async function isPermitted(reader, permission, key, row) {
    const isCovered = permission.rows ? await isAmongPermitted(reader, permission, key) : row !== undefined && covers(permission, row);
    if (!row || permission.basis === 'none' || KEPT_TYPES.includes(row.type))
        return false;
    return row.type === 'Patient' || isCovered;
}
/** Says of one row, and of whole categories, what `permittedSql` says of many. */
function covers({ basis, categories, uncategorised, sensitivities }, { category, labels }) {
    const isOfKind = category === null ? uncategorised : categories.some((it) => it === category);
    const named = [...sensitivities, ...CONFIDENTIALITIES];
    return isOfKind && (basis === 'emergency' || (labels ?? []).every((it) => named.includes(it)));
}
async function isAmongPermitted(reader, permission, key) {
    const values = [];
    const bind = (value) => `$${values.push(value)}`;
    const place = `r.person = ${bind(key.person)} and r.id = ${bind(key.id)}`;
    const { rows } = await reader.$client.query({
        text: `select from resources r where ${place} and ${permittedSql({ alias: 'r' }, permission, bind)}`,
        values,
    });
    return rows.length > 0;
}
