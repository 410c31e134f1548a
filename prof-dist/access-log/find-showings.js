import { ACCESS_COLUMNS_SQL, withKeys } from './access-search.queries.js';
/**
 * Every entry of the log by which something of these resources (`DiagnosticReport/…`, without version) was shown to an institution, under any
 * of the keys of the persons. Entries that wait for their place in the tree are among them. One statement, by primary key.
 */
export async function findShowings(reader, persons, references) {
    if (persons.length === 0 || references.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-showings',
        text: `select ${ACCESS_COLUMNS_SQL}
             from access_log
            where person = any($1::bigint[]) and outcome = 0 and action in ('R', 'E') and institution is not null
              and exists (select from unnest(entities) as e where split_part(e, '/_history/', 1) = any($2::text[]))
            order by recorded_at, id`,
        values: [persons, references],
    });
    return rows.map(withKeys);
}
