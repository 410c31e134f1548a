import { Failure } from '../failure.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { readCriteria } from '../fhir/search-query.js';
import { requireScope } from '../security/require-scope.js';
import { typesAskedBy } from './condition-sql.js';
import { nameOf } from './criteria.js';
/**
 * What criteria say. Throws `parameter-invalid` and `not-supported`, with the place where they stand, for what is no search, and
 * `scope-insufficient` for a chain through a type that the token does not cover.
 */
export async function readConditionOf(expand, caller, criteria, base, now) {
    const condition = await read(criteria, { base, handling: 'strict', isKnownType: (type) => RESOURCE_TYPES.has(type), expand, now });
    for (const type of typesAskedBy(condition))
        requireScope(caller, `system/${type}.s`);
    return condition;
}
async function read(criteria, context) {
    try {
        return await readCriteria(criteria.type, criteria.text, context);
    }
    catch (error) {
        if (!(error instanceof Failure))
            throw error;
        const said = error.issues.map((it) => ({
            ...it,
            path: criteria.path,
            en: `${nameOf(criteria)}: ${it.en}`,
            zh: `${nameOf(criteria)}：${it.zh}`,
        }));
        throw new Failure(error.code, said);
    }
}
