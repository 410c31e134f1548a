import { wantedSql } from './find-matches.js';
import { RESOURCE_COLUMNS, withKeys } from './resource.queries.js';
import { reachOf } from './visible-sql.js';
/**
 * What a conditional request or reference meets among the institution's own resources, or these and the shared directory: at most `limit`,
 * in the order of their ids, none that was deleted. Consent opens nothing to it.
 */
export async function findByCondition(reader, caller, type, condition, reach, limit) {
    const values = [];
    const wanted = { types: [{ type, condition }], reach: reachOf(caller, reach), named: [], persons: undefined };
    const where = wantedSql(wanted, (it) => `$${values.push(it)}`);
    const { rows } = await reader.$client.query({
        text: `select ${RESOURCE_COLUMNS} from resources r where ${where} order by r.person, r.id limit ${limit}`,
        values,
    });
    return rows.map((it) => withKeys(it));
}
