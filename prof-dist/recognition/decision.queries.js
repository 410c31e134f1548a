import { and, arrayContains, asc, eq, gte, isNull } from 'drizzle-orm';
import { decisionRevocations, recognitionDecisions } from './recognition.tables.js';
/** The columns of a StandingDecision, of decisions as `d` with what STANDING joins to them. */
const COLUMNS = `d.person, d."check", d.item, d.id, d.institution, d.client, d.practitioner, d.decision, d.reason_list as "reasonList", d.reason,
  d.reason_text as "reasonText", d.counts_as_denial as "countsAsDenial", d.source_institution as "sourceInstitution", d.report,
  d.report_version as "reportVersion", d.performed_at as "performedAt", d.certificates, d.edition, d.rules_version as "rulesVersion",
  d.decided_at as "decidedAt", revoked.revoked_at as "revokedAt", revoked.reason as "revocationReason", cited.cited_at as "citedAt",
  json_build_object('uscc', coalesce(source.uscc, ''), 'name', coalesce(source.name, '')) as source`;
const STANDING = `left join decision_revocations revoked on revoked.person = d.person and revoked.decision = d.id
  left join decision_citations cited on cited.person = d.person and cited.decision = d.id
  left join institutions source on source.institution = d.source_institution`;
/** Decisions with what their checks said of them; a condition on `d` may follow. */
const SELECT_DECISIONS = `
  select ${COLUMNS},
         case when d.decision = 'recognised' then jsonb_path_query_first(
           c.answer, '$.items[*] ? (@.item == $item).recordText', jsonb_build_object('item', d.item)) end as "recordText",
         (c.answer #>> '{basis,citationHours}')::float8 as "citationHours"
    from recognition_decisions d
    join recognition_checks c on c.person = d.person and c.id = d."check"
    ${STANDING}`;
/** pg answers bigint as text; keys are bigint here. */
function withKeys(row) {
    return { ...row, person: BigInt(row.person), check: BigInt(row.check), id: BigInt(row.id) };
}
/**
 * Stores answers to items of one check, and says what stands for all of its items then, by item; where an item has been answered already, the
 * answer before stays. Two that answer at once are told apart by the primary key: the second waits for the first. Rows go in the order of the
 * items, so that they never wait for each other in a circle.
 *
 * One statement, and one more where another request was quicker: what has been waited for is not seen by the statement that waited.
 */
export async function insertDecisions(tx, check, decisions) {
    const { rows } = await tx.$client.query({
        name: 'insert-decisions',
        text: `with inserted as (
             insert into recognition_decisions (person, "check", item, id, institution, client, practitioner, decision, reason_list, reason,
               reason_text, counts_as_denial, source_institution, report, report_version, performed_at, certificates, edition, rules_version,
               decided_at)
             select person, "check", item, id, institution, client, practitioner, decision, "reasonList", reason, "reasonText",
                    "countsAsDenial", "sourceInstitution", report, "reportVersion", "performedAt", certificates, edition, "rulesVersion",
                    "decidedAt"
               from json_to_recordset($3::json) as it (person bigint, "check" bigint, item text, id bigint, institution integer, client text,
                 practitioner jsonb, decision text, "reasonList" text, reason text, "reasonText" text, "countsAsDenial" boolean,
                 "sourceInstitution" integer, report text, "reportVersion" integer, "performedAt" timestamptz, certificates text[],
                 edition text, "rulesVersion" text, "decidedAt" timestamptz)
             on conflict do nothing
             returning *
           ), d as (
             select *, true as is_new from inserted
             union all
             select *, false from recognition_decisions where person = $1 and "check" = $2
           )
           select ${COLUMNS}, d.is_new as "isNew" from d ${STANDING}`,
        values: [
            check.person,
            check.id,
            JSON.stringify([...decisions].sort((a, b) => (a.item < b.item ? -1 : 1)), bigintAsText),
        ],
    });
    const kept = new Map(rows.map((row) => [row.item, withKeys(row)]));
    if (decisions.every((it) => kept.has(it.item)))
        return kept;
    const standing = await findDecisionsOfCheck(tx, check);
    return new Map([...standing].map(([item, it]) => [item, { ...it, isNew: kept.get(item)?.isNew === true }]));
}
function bigintAsText(_key, value) {
    return typeof value === 'bigint' ? String(value) : value;
}
/** The answers to items of a check, by item. Served by the primary key. */
export async function findDecisionsOfCheck(reader, check) {
    const { rows } = await reader.$client.query({
        name: 'find-decisions-of-check',
        text: `select ${COLUMNS} from recognition_decisions d ${STANDING} where d.person = $1 and d."check" = $2`,
        values: [check.person, check.id],
    });
    return new Map(rows.map((row) => [row.item, withKeys(row)]));
}
/** A decision of the institution; that of another one is as unknown as one that never was. */
export async function findDecision(reader, key, institution) {
    const { rows } = await reader.$client.query({
        name: 'find-decision',
        text: `${SELECT_DECISIONS} where d.person = $1 and d.id = $2 and d.institution = $3`,
        values: [key.person, key.id, institution],
    });
    return rows.map(withKeys)[0];
}
/** `true` when this is the decision's first revocation. */
export async function insertRevocation(tx, row) {
    const { rowCount } = await tx.$client.query({
        name: 'insert-revocation',
        text: `insert into decision_revocations (person, decision, practitioner, reason, revoked_at) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
        values: [row.person, row.decision, row.practitioner, row.reason, row.revokedAt],
    });
    return rowCount === 1;
}
/** `true` when this is the decision's first citation. */
export async function insertCitation(tx, row) {
    const { rowCount } = await tx.$client.query({
        name: 'insert-citation',
        text: `insert into decision_citations (person, decision, practitioner, cited_at, recorded_at) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
        values: [row.person, row.decision, row.practitioner, row.citedAt, row.recordedAt],
    });
    return rowCount === 1;
}
/**
 * Decisions, the newest first. Served by the indexes of the institution on either side; unnamed, so that it is planned for the very filter.
 */
export async function listDecisionRows(reader, filter) {
    const { rows } = await reader.$client.query(`${SELECT_DECISIONS}
      where d.${filter.role === 'source' ? 'source_institution' : 'institution'} = $1
        and ($2::bigint is null or (d.person = $2 and d."check" = $3::bigint))
        and ($4::text is null or d.item = $4)
        and ($5::text is null or d.decision = $5)
        and ($6::boolean is null or d.counts_as_denial = $6)
        and ($7::timestamptz is null or d.decided_at >= $7)
        and ($8::timestamptz is null or d.decided_at < $8)
        and ($9::timestamptz is null or (d.decided_at, d.id) < ($9, $10::bigint))
      order by d.decided_at desc, d.id desc
      limit $11`, [
        filter.institution,
        filter.check?.person,
        filter.check?.id,
        filter.item,
        filter.decision,
        filter.countsAsDenial,
        filter.from,
        filter.to,
        filter.after?.at,
        filter.after?.id,
        filter.limit,
    ]);
    return rows.map(withKeys);
}
/**
 * Recognitions that stand and relied on a certificate for a result performed at or after a moment, in the order in which they were
 * performed; at most `limit`. Served by the index of the certificates.
 */
export async function findRowsOnCertificate(reader, certificate, from, limit) {
    const it = recognitionDecisions;
    const rows = await reader
        .select({ decision: it })
        .from(it)
        .leftJoin(decisionRevocations, and(eq(decisionRevocations.person, it.person), eq(decisionRevocations.decision, it.id)))
        .where(and(arrayContains(it.certificates, [certificate]), gte(it.performedAt, from), eq(it.decision, 'recognised'), isNull(decisionRevocations.revokedAt)))
        .orderBy(asc(it.performedAt), asc(it.id))
        .limit(limit);
    return rows.map((row) => row.decision);
}
