import { asc, sql } from 'drizzle-orm';
import { takeTurns } from '../database/take-turns.js';
import { consentPolicies } from './consent-policy.tables.js';
/** A page of all versions, by division and version. */
export async function listPolicies(reader, after, limit) {
    const { division, version } = consentPolicies;
    return reader
        .select()
        .from(consentPolicies)
        .where(after && sql `(${division} collate "C", ${version}) > (${after.division}, ${after.version})`)
        .orderBy(asc(sql `${division} collate "C"`), asc(version))
        .limit(limit);
}
/**
 * Adds a version to each division named, in two statements; one that repeats what will be in force at its beginning is not added. Two that set
 * policies at once take turns, so that versions are counted without gaps. Answers the versions in force at the beginnings given.
 */
export async function addPolicies(tx, rows, now) {
    await takeTurns(tx, 'consent policies');
    const result = await tx.$client.query(`with wanted as (
       select division, policy, valid_from from jsonb_to_recordset($1::jsonb) as it (division text, policy text, valid_from timestamptz)
     ), compared as (
       select wanted.*, same.version as same_version, same.valid_from as same_from, same.recorded_at as same_recorded,
              (select coalesce(max(version), 0) + 1 from consent_policies p where p.division = wanted.division) as next_version
         from wanted left join lateral (
           select * from (
             select * from consent_policies p where p.division = wanted.division and p.valid_from <= wanted.valid_from
              order by p.valid_from desc, p.version desc limit 1) latest where latest.policy = wanted.policy) same on true
     ), added as (
       insert into consent_policies (division, version, policy, valid_from, recorded_at)
       select division, next_version, policy, valid_from, $2 from compared where same_version is null)
     select division, coalesce(same_version, next_version) as version, policy, coalesce(same_from, valid_from) as "validFrom",
            coalesce(same_recorded, $2) as "recordedAt"
       from compared order by division collate "C"`, [JSON.stringify(rows.map((it) => ({ division: it.division, policy: it.policy, valid_from: it.validFrom }))), now]);
    return result.rows;
}
