import { permittedSql } from './permission-sql.js';
import { FIRST_PERSON } from './resource-id.js';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.js';
/** The reach of a request that names nobody. */
export function reachOf(caller, reach) {
    return { institution: caller.institution, shared: reach === 'own-and-shared', persons: [] };
}
/**
 * Whether a row of `resources` may be seen, as a condition of the statement itself: what the caller's institution published, the shared
 * directory (about nobody), and of the persons named what their permissions cover. A Patient's own record comes with any permission; what
 * a person has permitted or denied stays where it was recorded.
 */
export function visibleSql(alias, { institution, shared, persons }, bind, { types, isPlaced = false } = {}) {
    const ways = [`${alias}.institution ${isPlaced ? '+ 0 ' : ''}= ${bind(institution)}`];
    if (shared && types?.some((it) => SHARED_TYPES.includes(it)) !== false)
        ways.push(`(${alias}.person < ${bind(FIRST_PERSON)} and ${alias}.type = any(${bind(SHARED_TYPES)}::text[]))`);
    if (persons.length > 0) {
        const ofPersons = persons.map(({ keys, permission }) => {
            const own = `${alias}.type = 'Patient' and ${bind(permission.basis !== 'none')}::boolean`;
            return `(${alias}.person = any(${bind(keys)}::bigint[]) and (${permittedSql({ alias }, permission, bind)} or (${own})))`;
        });
        ways.push(`(${alias}.type <> all(${bind(KEPT_TYPES)}::text[]) and (${ofPersons.join(' or ')}))`);
    }
    return `(${ways.join(' or ')})`;
}
