/** All of it, in one statement. */
export async function countEverything(reader) {
    const { rows } = await reader.$client.query(`
    with levels as (select level, count(*) as number from institutions where level is not null group by level),
         reports as (select category, count(*) as number, sum(version) as versions from resources where type = 'DiagnosticReport' group by category),
         consented as (select decision, active, count(*) as number from consents group by decision, active),
         queries as (
           select outcome, purpose, count(*) as number from access_log where interaction = 'priorResults' group by outcome, purpose),
         verdicts as (
           select item ->> 'verdict' as verdict, count(*) as number
             from recognition_checks, jsonb_array_elements(answer -> 'items') as item group by 1),
         found as (
           select distinct on (person, report, item) outcome from repeat_findings order by person, report, item, round desc),
         decided as (select decision, count(*) as number from recognition_decisions group by decision)
    select (select sum(number) from levels) as institutions,
           (select number from levels where level = 1) as level1,
           (select number from levels where level = 2) as level2,
           (select number from levels where level = 3) as level3,
           (select count(distinct person) from resources where type = 'Patient') as persons,
           (select number from reports where category = 'laboratory') as "laboratoryReports",
           (select number from reports where category = 'imaging') as "imagingReports",
           (select sum(versions) from reports) as "reportVersions",
           (select sum(number) from consented where decision = 'permit') as permits,
           (select sum(number) from consented where decision = 'deny') as denials,
           (select sum(number) from consented where not active) as "consentsWithdrawn",
           (select sum(number) from queries) as "lookUps",
           (select sum(number) from queries where outcome <> 0) as "lookUpsRefused",
           (select sum(number) from queries where purpose <> 'TREAT') as "lookUpsInEmergency",
           (select count(*) from recognition_checks) as checks,
           (select number from verdicts where verdict = 'recognisable') as "itemsRecognisable",
           (select number from verdicts where verdict = 'reference-only') as "itemsForReference",
           (select number from verdicts where verdict = 'consent-required') as "itemsWithoutConsent",
           (select number from decided where decision = 'recognised') as recognised,
           (select count(*) from decision_revocations) as revoked,
           (select count(*) from decision_citations) as cited,
           (select number from decided where decision = 'not-recognised') as refused,
           (select count(*) from found where outcome = 'repeated') as repeats,
           (select count(*) from leads) as leads,
           (select count(*) from recalls) as recalls,
           (select count(*) from access_log) as accesses`);
    const [row] = rows;
    return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value ?? 0)]));
}
/** Reasons for not recognising, the most frequent first. */
export async function countReasons(reader) {
    const { rows } = await reader.$client.query(`select reason, count(*)::integer as number from recognition_decisions where reason is not null
      group by reason order by number desc, reason`);
    return rows;
}
/** Of one district up to a moment: imaging reports of its institutions, and originals of other institutions that its doctors opened. */
export async function countDistrict(reader, district, until) {
    const { rows } = await reader.$client.query(`select (select count(*)::integer from resources r join institutions i on i.institution = r.institution
              where i.district = $1 and r.type = 'DiagnosticReport' and r.category = 'imaging' and r.effective_from < $2) as imaging,
            (select count(*)::integer from access_log a join institutions i on i.institution = a.institution
              where i.district = $1 and a.interaction = 'readResource' and a.outcome = 0 and a.recorded_at < $2) as "lookUps"`, [district, until]);
    return rows[0] ?? { imaging: 0, lookUps: 0 };
}
/** Bytes on disk: of the whole database, of what reports take, and of what the log of accesses takes; with their indexes. */
export async function measureBytes(reader) {
    const { rows } = await reader.$client.query(`
    with sized as (
      select relname, pg_total_relation_size(oid) as bytes
        from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'm'))
    select pg_database_size(current_database()) as whole,
           (select coalesce(sum(bytes), 0) from sized where relname like 'resource%' or relname like 'publication%') as reports,
           (select coalesce(sum(bytes), 0) from sized where relname like 'access\\_log%' or relname like 'audit\\_log%') as log`);
    const [row] = rows;
    return { whole: Number(row?.whole ?? 0), reports: Number(row?.reports ?? 0), log: Number(row?.log ?? 0) };
}
