import type { Reader } from '../database/client.ts';
import type { Condition } from '../fhir/search-condition.ts';
import type { Caller } from '../security/caller.ts';
import { wantedSql } from './find-matches.ts';
import { RESOURCE_COLUMNS, type ResourceRow, withKeys } from './resource.queries.ts';
import { reachOf } from './visible-sql.ts';

/**
 * What a conditional request or reference meets among the institution's own resources, or these and the shared directory: at most `limit`,
 * in the order of their ids, none that was deleted. Consent opens nothing to it.
 */
export async function findByCondition(
  reader: Reader,
  caller: Caller,
  type: string,
  condition: Condition,
  reach: 'own' | 'own-and-shared',
  limit: number,
): Promise<readonly ResourceRow[]> {
  const values: unknown[] = [];
  const wanted = { types: [{ type, condition }], reach: reachOf(caller, reach), named: [], persons: undefined };
  const where = wantedSql(wanted, (it) => `$${values.push(it)}`);
  const { rows } = await reader.$client.query({
    text: `select ${RESOURCE_COLUMNS} from resources r where ${where} order by r.person, r.id limit ${limit}`,
    values,
  });
  return rows.map((it) => withKeys(it));
}
