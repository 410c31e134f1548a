const COLUMNS = `f.person, f.report, f.item, f.round, f.version, f.institution, f.outcome, f.performed_at as "performedAt",
  f.decision_person as "decisionPerson", f.decision, f.evidence, f.judged_at as "judgedAt"`;
/** pg answers bigint as text. */
function withKeys(row) {
    const { person, report, decisionPerson, decision } = row;
    return {
        ...row,
        person: BigInt(person),
        report: BigInt(report),
        decisionPerson: decisionPerson === null ? null : BigInt(decisionPerson),
        decision: decision === null ? null : BigInt(decision),
    };
}
/** The findings of a report that stand, by item. Served by the primary key. */
export async function findStandingFindings(reader, report) {
    const { rows } = await reader.$client.query({
        name: 'find-standing-findings',
        text: `select distinct on (f.item) ${COLUMNS} from repeat_findings f where f.person = $1 and f.report = $2 order by f.item, f.round desc`,
        values: [report.person, report.id],
    });
    return new Map(rows.map((it) => [it.item, withKeys(it)]));
}
/** Adds findings, in one statement. */
export async function insertFindings(tx, rows) {
    if (rows.length === 0)
        return;
    await tx.$client.query({
        name: 'insert-findings',
        text: `insert into repeat_findings (person, report, item, round, version, institution, outcome, performed_at, decision_person, decision,
             evidence, judged_at)
           select person, report, item, round, version, institution, outcome, "performedAt", "decisionPerson", decision, evidence, "judgedAt"
             from jsonb_to_recordset($1::jsonb) as it (person bigint, report bigint, item text, round smallint, version integer,
               institution integer, outcome text, "performedAt" timestamptz, "decisionPerson" bigint, decision bigint, evidence jsonb,
               "judgedAt" timestamptz)`,
        values: [JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))],
    });
}
/** More examinations of an item than one decision has ever borne on; of more, those that were made the soonest after it. */
const REPORTS_OF_DECISION = 500;
/**
 * Reports of a human being that an institution examined one of these items for, at moments that a decision bears on; five hundred at most, the
 * earliest. Served by `repeat_findings_by_person`.
 */
export async function findExaminedReports(reader, asked) {
    const { rows } = await reader.$client.query({
        name: 'find-examined-reports',
        text: `select person, report from repeat_findings
            where person = any ($1::bigint[]) and institution = $2 and item = any ($3::text[])
              and (performed_at >= $4 or performed_at = any ($5::timestamptz[])) and ($6::timestamptz is null or performed_at <= $6)
            group by person, report order by min(performed_at), person, report limit $7`,
        values: [asked.persons, asked.institution, asked.items, asked.since, asked.exactly, asked.until ?? null, REPORTS_OF_DECISION],
    });
    return rows.map((it) => ({ person: BigInt(it.person), id: BigInt(it.report) }));
}
