import { reportsOf } from './shown-reports.rules.js';
/**
 * The recognitions about these persons (all their keys) that rest on one of the reports (`DiagnosticReport/…`), in whatever version; revoked
 * ones are among them. One statement, by primary key.
 */
export async function findRecognitionsOfReports(reader, persons, reports) {
    if (persons.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-recognitions-of-reports',
        text: `select d.person, d.id, d.institution, d.practitioner, d.item, d.decided_at as "decidedAt", c.encounter,
                  v.decision is not null as "isRevoked",
                  jsonb_path_query_first(c.answer, '$.items[*] ? (@.item == $item)', jsonb_build_object('item', d.item)) as answer
             from recognition_decisions d
             join recognition_checks c on c.person = d.person and c.id = d."check"
             left join decision_revocations v on v.person = d.person and v.decision = d.id
            where d.person = any($1::bigint[]) and d.decision = 'recognised'
            order by d.decided_at, d.id`,
        values: [persons],
    });
    return rows.flatMap(({ answer, person, id, ...row }) => {
        const shown = answer ? reportsOf(answer) : [];
        return shown.some((it) => reports.has(it.report)) ? [{ ...row, person: BigInt(person), id: BigInt(id), shown }] : [];
    });
}
/** One statement, by primary key; none for no decisions. */
export async function findDecisionStates(reader, decisions) {
    if (decisions.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-decision-states',
        text: `select k.id, c.cited_at as "citedAt", v.revoked_at as "revokedAt"
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
             left join decision_citations c on c.person = k.person and c.decision = k.id
             left join decision_revocations v on v.person = k.person and v.decision = k.id`,
        values: [decisions.map((it) => it.person), decisions.map((it) => it.id)],
    });
    return new Map(rows.map(({ id, ...state }) => [BigInt(id), state]));
}
/** The encounters of checks, by the number of the check, where one was named. One statement, by primary key; none for no checks. */
export async function findEncounters(reader, checks) {
    if (checks.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-encounters',
        text: `select c.id, c.encounter
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
             join recognition_checks c on c.person = k.person and c.id = k.id
            where c.encounter is not null`,
        values: [checks.map((it) => it.person), checks.map((it) => it.id)],
    });
    return new Map(rows.map((it) => [BigInt(it.id), it.encounter]));
}
