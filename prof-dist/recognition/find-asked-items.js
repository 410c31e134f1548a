import { byPeriod, PERIODS_SQL, periodValues } from '../institutions/institution-periods-sql.js';
/**
 * Every item that the checks of each period answered, but unknown ones, in the order in which they were asked; the periods in their order, in
 * one statement. A panel is one item. Served by `recognition_checks_by_institution`, answers by key; the answer of a check is read once,
 * whatever its items.
 */
export async function findAskedItems(reader, periods) {
    const { rows } = await reader.$client.query({
        name: 'find-asked-items',
        text: `select p.period::integer, c.person::text, c.id::text as "check", c.encounter, c.trigger = 'order-entry' as "isAtOrderEntry", c.department,
                  c.practitioner, c.checked_at as "checkedAt", i.item, i.verdict = 'recognisable' as "isRecognisable",
                  case when i.is_shown then (c.sources ->> i.item)::integer end as source,
                  d.id::text as decision, d.decision = 'recognised' as "isRecognised", d.counts_as_denial as "countsAsDenial",
                  d.reason_list || ':' || d.reason as reason, d.practitioner as "decidedBy", d.decided_at as "decidedAt"
             from ${PERIODS_SQL}
            cross join lateral (
              select person, id, encounter, trigger, department, practitioner, checked_at, answer -> 'items' as items, answer #> '{basis,sources}' as sources
                from recognition_checks where institution = p.institution and checked_at >= p."from" and checked_at < p.until offset 0) c
            cross join lateral (
              select it ->> 'item' as item, it ->> 'verdict' as verdict, it ? 'candidate' as is_shown from jsonb_array_elements(c.items) as it) i
             left join lateral (
              select id, decision, counts_as_denial, reason_list, reason, practitioner, decided_at from recognition_decisions d
               where person = c.person and "check" = c.id and item = i.item and not exists (
                 select from decision_revocations r where r.person = d.person and r.decision = d.id) offset 0) d on true
            where i.verdict <> 'unknown-item'
            order by p.period, c.checked_at, c.id, i.item collate "C"`,
        values: periodValues(periods),
    });
    return byPeriod(periods.length, rows).map((it) => it.map(askedItem));
}
function askedItem(row) {
    const { decision, isRecognised, countsAsDenial, reason, decidedBy, decidedAt, person, check, ...asked } = row;
    const answer = { isRecognised, countsAsDenial, reason, practitioner: decidedBy, decidedAt };
    return {
        ...asked,
        person: BigInt(person),
        check: BigInt(check),
        answer: decision === null ? null : { id: BigInt(decision), ...answer },
    };
}
