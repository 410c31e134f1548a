import { and, asc, eq, sql } from 'drizzle-orm';
import { nameChange } from '../../database/reference-memory.js';
import { takeTurns } from '../../database/take-turns.js';
import { ruleAssignments } from './rule-set.tables.js';
/**
 * Adds assignments, each division once, in two statements. One that changes nothing (the same rules are assigned at its beginning already)
 * makes no new version; the version it repeats is answered. Who assigns at once takes turns, so that versions are counted without gaps.
 */
export async function addAssignments(tx, rows, now) {
    await takeTurns(tx, 'rule assignments');
    const { rows: set } = await tx.$client.query(`with wanted as (
       select division, "ruleSet" as rule_set, "validFrom" as valid_from
       from jsonb_to_recordset($1::jsonb) as it (division text, "ruleSet" text, "validFrom" timestamptz)
     ), compared as (
       select wanted.*, same.version as same_version, same.valid_from as same_from, (
         select coalesce(max(version), 0) + 1 from rule_assignments it where it.division = wanted.division
       ) as next_version
       from wanted left join lateral (
         select latest.* from (
           select rule_set, version, valid_from from rule_assignments it
           where it.division = wanted.division and it.valid_from <= wanted.valid_from
           order by it.valid_from desc, version desc limit 1
         ) latest where latest.rule_set is not distinct from wanted.rule_set
       ) same on true
     ), added as (
       insert into rule_assignments (division, version, rule_set, valid_from, recorded_at)
       select division, next_version, rule_set, valid_from, $2 from compared where same_version is null
     )
     select division, rule_set as "ruleSet", coalesce(same_version, next_version) as version, coalesce(same_from, valid_from) as "validFrom"
     from compared order by division collate "C"`, [JSON.stringify(rows), now]);
    await nameChange(tx);
    return set;
}
/** Every version of every assignment that fits, in the order of division and version. */
export async function listAssignments(reader, filter) {
    const { division, version, ruleSet, validFrom, recordedAt } = ruleAssignments;
    const place = sql `${division} collate "C"`;
    return await reader
        .select({ division, version, ruleSet, validFrom, recordedAt })
        .from(ruleAssignments)
        .where(and(filter.division === undefined ? undefined : eq(division, filter.division), filter.after && sql `(${place}, ${version}) > (${filter.after[0]}, ${filter.after[1]}::integer)`))
        .orderBy(asc(place), asc(version))
        .limit(filter.limit);
}
