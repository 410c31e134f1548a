import { pathNumber } from '../fhir/search-hash.js';
/** What the high bits of a token of `code` are as PostgreSQL shifts them: with their sign. */
const CODE = BigInt.asIntN(16, BigInt(pathNumber('code')));
/** SQL for those of the tokens that say by what code a resource can be found, `null` where there are none: a twelfth of what there is to search. */
export function codesSql(tokens) {
    return `(select array_agg(token) from unnest(${tokens}) as token where token >> 48 = ${CODE})`;
}
