/** One number out of one statement. */
async function numberOf(reader, text, values = []) {
    const { rows } = await reader.$client.query(text, values);
    return Number(rows[0]?.number ?? 0);
}
/** Items, those within panels among them, of which more than one saving stands within a visit. */
export function countSavedTwice(reader) {
    return numberOf(reader, `select count(*) as number from (
       select 1 from savings_entries, unnest(case when cardinality(members) = 0 then array[item] else members end) as covered
        group by person, institution, visit, covered having sum(case kind when 'saving' then 1 else -1 end) > 1) as twice`);
}
/** Savings of single items that are not the price their check showed, or rest on no recognition of the same item and report version. */
export function countUnfoundedSavings(reader) {
    return numberOf(reader, `select count(*) as number from savings_entries s
      where s.kind = 'saving' and cardinality(s.members) = 0 and not exists (
        select from recognition_decisions d
          join recognition_checks c on c.person = d.person and c.id = d."check"
          cross join jsonb_array_elements(c.answer -> 'items') as shown(answered)
         where d.person = s.person and d.id = s.decision and d.decision = 'recognised' and d.item = s.item
           and d.report = s.report and d.report_version = s.report_version
           and answered ->> 'item' = s.item and (answered -> 'price' ->> 'amountFen')::bigint = s.amount_fen)`);
}
/** Reversals that are not the opposite of a saving. */
export function countOddReversals(reader) {
    return numberOf(reader, `select count(*) as number from savings_entries r
      where r.kind = 'reversal' and not exists (
        select from savings_entries s
         where s.person = r.person and s.decision = r.decision and s.kind = 'saving' and s.amount_fen = -r.amount_fen)`);
}
/** Decisions on a report version that there is not. */
export function countUnboundDecisions(reader) {
    return numberOf(reader, `with named as (select right(report, 32) as id, report_version from recognition_decisions)
     select count(*) as number from named n
      where not exists (
        select from resource_versions v
         where v.person = ('x' || left(n.id, 16))::bit(64)::bigint and v.id = ('x' || right(n.id, 16))::bit(64)::bigint
           and v.version = n.report_version)`);
}
/** How many entries the log of accesses has, how many leaves, how many entries with exactly one leaf, and how many still wait. */
export async function countLeaves(reader) {
    const { rows } = await reader.$client.query(`
    select (select count(*) from access_log) as entries, (select count(*) from audit_log_leaves) as leaves,
           (select count(*) from access_log a join audit_log_leaves l on l.recorded_at = a.recorded_at and l.entry = a.id) as placed,
           (select count(*) from access_log_pending) as pending, (select coalesce(max(index) + 1, 0) from audit_log_leaves) as next`);
    const [row] = rows;
    if (!row)
        throw new Error('the log of accesses cannot be counted');
    return {
        entries: Number(row.entries),
        leaves: Number(row.leaves),
        placed: Number(row.placed),
        pending: Number(row.pending),
        next: Number(row.next),
    };
}
/** Requests that the log knows, by operation and, of refusals, the code. */
export async function countLogged(reader, operations) {
    const { rows } = await reader.$client.query(`select interaction as operation, failure, count(distinct request_id)::integer as number
       from access_log where interaction = any ($1::text[]) group by interaction, failure`, [operations]);
    return rows;
}
/** Entries that a follower of the log could not deal with. */
export function countFollowerFailures(reader) {
    return numberOf(reader, 'select count(*) as number from follower_failures');
}
/** Repeats without an accepted reason that have no lead, and leads that are not closed and rest on none. */
export function countOddLeads(reader) {
    return numberOf(reader, `with standing as (
       select distinct on (person, report, item) person, report, item, outcome
         from repeat_findings order by person, report, item, round desc)
     select count(*) as number from standing s full join leads l using (person, report, item)
      where (s.outcome = 'unexplained' and l.id is null) or (l.state <> 'closed' and s.outcome is distinct from 'unexplained')`);
}
/** Institutions that recognised a report before it was corrected or withdrawn and are not told, or are told twice. */
export function countMissedRecalls(reader) {
    return numberOf(reader, `with relied as (
       select distinct c.person, c.id as correction, d.institution
         from report_corrections c
         join recognition_decisions d
           on d.person = c.person and ('x' || right(d.report, 16))::bit(64)::bigint = c.report and d.decided_at < c.corrected_at
        where d.decision = 'recognised' and d.institution <> c.institution
          and not exists (select from decision_revocations v where v.person = d.person and v.decision = d.id)),
     told as (select person, correction, institution, count(*) as times from recalls group by person, correction, institution)
     select count(*) as number from relied full join told using (person, correction, institution)
      where times is null or times > 1`);
}
