const SHOWN = `jsonb_path_query_first(c.answer, '$.items[*] ? (@.item == $item)', jsonb_build_object('item', d.item))`;
/** The institution's decisions on checks up to a moment, the newest five hundred. Served by the primary keys of the person. */
export async function findAnswerRows(reader, persons, institution, until) {
    const { rows } = await reader.$client.query({
        name: 'find-answer-rows',
        text: `select d.person, d."check", d.id, d.item, d.decision as kind, d.reason_list as "reasonList", d.reason, d.report,
                  d.report_version as "reportVersion", d.practitioner, c.encounter, c.checked_at as "checkedAt", d.decided_at as "decidedAt",
                  r.decision is not null as "isRevoked", ${SHOWN} as shown
             from recognition_decisions d
             join recognition_checks c on c.person = d.person and c.id = d."check"
             left join decision_revocations r on r.person = d.person and r.decision = d.id
            where d.person = any ($1::bigint[]) and d.institution = $2 and c.checked_at <= $3
            order by c.checked_at desc, d.id desc limit 500`,
        values: [persons, institution, until],
    });
    return rows;
}
/** The institution's checks up to a moment, the newest fifty. Served by the primary keys of the person. */
export async function findCheckRows(reader, persons, institution, until) {
    const { rows } = await reader.$client.query({
        name: 'find-check-rows',
        text: `select c.person, c.id, c.checked_at as "checkedAt", c.encounter, c.practitioner, c.answer -> 'items' as items,
                  array(select k.item from cds_cards k where k.person = c.person and k.institution = c.institution and k."check" = c.id) as reminded
             from recognition_checks c
            where c.person = any ($1::bigint[]) and c.institution = $2 and c.checked_at <= $3
            order by c.checked_at desc, c.id desc limit 50`,
        values: [persons, institution, until],
    });
    return rows;
}
/** By the index of decisions by id. */
export async function findScopeRows(reader, decisions) {
    const { rows } = await reader.$client.query({
        name: 'find-decision-scopes',
        text: `select d.person, d.institution, d.item, d.decision as kind, c.encounter, c.checked_at as "checkedAt", ${SHOWN} as shown
             from unnest($1::bigint[], $2::bigint[]) as k (person, id)
            cross join lateral (select * from recognition_decisions where person = k.person and id = k.id offset 0) d
            cross join lateral (select * from recognition_checks where person = d.person and id = d."check" offset 0) c`,
        values: [decisions.map((it) => it.person), decisions.map((it) => it.id)],
    });
    return rows;
}
