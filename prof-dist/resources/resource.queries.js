import { FIRST_PERSON } from './resource-id.js';
import { SHARED_TYPES } from './shared-types.js';
/** pg answers bigint as text; keys are bigint here. `More` is what the statement selects beside the columns of a FoundText. */
export function foundText(row) {
    return { ...row, person: BigInt(row.person), id: BigInt(row.id) };
}
/** The columns of a ResourceRow, of `resources` as `r`. */
export const RESOURCE_COLUMNS = 'r.person, r.id, r.type, r.version, r.institution, r.category, r.labels, r.status, r.report, r.deleted, r.recorded_at as "recordedAt"';
/** The same for a ResourceRow. */
export function withKeys(row) {
    const { person, id, report } = row;
    return { ...row, person: BigInt(person), id: BigInt(id), report: report === null ? null : BigInt(report) };
}
/** One resource with its text, by primary key. */
export async function findResource(reader, key) {
    const { rows } = await reader.$client.query({
        name: 'find-resource',
        text: `select ${RESOURCE_COLUMNS}, v.content
             from resources r join version_texts v on v.person = r.person and v.id = r.id and v.version = r.version
            where r.person = $1 and r.id = $2`,
        values: [key.person, key.id],
    });
    return rows.map((it) => withKeys(it))[0];
}
/** One version of a resource, by primary key; the row's other columns are those of today. */
export async function findVersion(reader, key, version) {
    const { rows } = await reader.$client.query({
        name: 'find-version',
        text: `select ${RESOURCE_COLUMNS.replace('r.version', 'v.version').replace('r.recorded_at', 'v.recorded_at')}, v.content
             from resources r join version_texts v on v.person = r.person and v.id = r.id
            where r.person = $1 and r.id = $2 and v.version = $3`,
        values: [key.person, key.id, version],
    });
    return rows.map((it) => withKeys(it))[0];
}
/**
 * Several resources with their texts, in any order; those that do not exist are missing. By primary keys: the planner is not left to join in
 * another way, as it would on tables never analyzed.
 */
export async function findResources(reader, keys) {
    const { rows } = await reader.$client.query({
        name: 'find-resources',
        text: `select ${RESOURCE_COLUMNS}, v.content
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
            cross join lateral (select * from resources where person = k.person and id = k.id offset 0) r
            cross join lateral (
              select content from version_texts where person = r.person and id = r.id and version = r.version offset 0) v`,
        values: [keys.map((it) => it.person), keys.map((it) => it.id)],
    });
    return rows.map((it) => withKeys(it));
}
/**
 * Hits of hashed identifiers among what the institution may refer to: its own resources, and the shared directory, the longest known first.
 * What is about a person (a patient's Device) is no part of the directory, whatever its type. By primary key, whatever the planner knows of
 * the tables: a join it may choose itself becomes a scan of all resources on a database that was never analyzed.
 */
export async function findByIdentifiers(reader, institution, hashes) {
    const { rows } = await reader.$client.query({
        name: 'find-by-identifiers',
        text: `select replace(k.key::text, '-', '') as key, r.*
             from resource_keys k
            cross join lateral (
              select ${RESOURCE_COLUMNS}, (select f.recorded_at from resource_versions f where f.person = k.person and f.id = k.id and f.version = 1) as since
                from resources r where r.person = k.person and r.id = k.id and not r.deleted offset 0) r
            where k.key = any($1::uuid[]) and (k.institution = $2 or (r.type = any($3) and k.person < $4))
            order by r.since, r.person, r.id`,
        values: [hashes, institution, SHARED_TYPES, FIRST_PERSON],
    });
    return rows.map((it) => withKeys(it));
}
/**
 * Waits while another request is making what one of these conditions names, and keeps others waiting until this transaction ends: two at
 * once would each find nothing and make it twice, since no unique key can hold what is spread over persons.
 *
 * The locks of an institution are few (256), so that a large request cannot use up the server's room for them, and are taken in one
 * order, so that two requests do not wait for each other.
 */
export async function lockIdentifiers(tx, institution, hashes) {
    await tx.$client.query({
        name: 'lock-identifiers',
        text: `select pg_advisory_xact_lock($2, place)
             from (select distinct hashtext(hash) & 255 as place from unnest($1::text[]) as hash order by 1) as places`,
        values: [hashes, institution],
    });
}
/** Everything that belongs to one of the reports, with its text. Served by `resources_by_report`. */
export async function findOfReports(reader, reports) {
    const { rows } = await reader.$client.query({
        name: 'find-of-reports',
        text: `select ${RESOURCE_COLUMNS}, r.tokens, v.content
             from unnest($1::bigint[], $2::bigint[]) as k(person, report)
            cross join lateral (select * from resources where person = k.person and report = k.report and not deleted offset 0) r
            cross join lateral (
              select content from version_texts where person = r.person and id = r.id and version = r.version offset 0) v`,
        values: [reports.map((it) => it.person), reports.map((it) => it.id)],
    });
    return rows.map((it) => withKeys(it));
}
