import { recallAcknowledgements } from './recalls.tables.js';
/**
 * A page of recalls, the one that was told first comes first; by the index of who was told, of who published, or of the time, and one recall by
 * primary key.
 */
export async function findRecalls(reader, filter, page, now) {
    const values = [];
    const bind = (value) => `$${values.push(value)}`;
    const conditions = conditionsOf(filter, bind, now);
    if (page.after)
        conditions.push(`(r.told_at, r.id) > (${bind(page.after.at)}::timestamptz, ${bind(String(page.after.id))}::bigint)`);
    const neighbour = (beyond, order) => `(
    select o.id from report_corrections oc join recalls o on o.person = oc.person and o.correction = oc.id and o.institution = r.institution
     where oc.person = c.person and oc.report = c.report and (oc.leaf, oc.id) ${beyond} (c.leaf, c.id)
     order by oc.leaf ${order}, oc.id ${order} limit 1)`;
    const { rows } = await reader.$client.query({
        text: `
      select r.person, r.id, r.institution, r.publisher, r.told_at as "toldAt", r.due_at as "dueAt", r.rules_version as "rulesVersion",
             c.report, c.report_version as "reportVersion", c.kind, c.corrected_at as "correctedAt", c.difference,
             a.acknowledged_at as "acknowledgedAt", a.practitioner as "acknowledgedBy", a.note,
             ${neighbour('<', 'desc')} as former, ${neighbour('>', 'asc')} as next
        from recalls r
        join report_corrections c on c.person = r.person and c.id = r.correction
        left join recall_acknowledgements a on a.person = r.person and a.recall = r.id
       ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
       order by r.told_at, r.id
       limit ${page.limit}`,
        values,
    });
    return rows.map(recallOf);
}
function conditionsOf(filter, bind, now) {
    const conditions = [];
    const { institution, publisher, key, report, state, overdue, from, until } = filter;
    if (institution !== undefined)
        conditions.push(`r.institution = ${bind(institution)}`);
    if (publisher !== undefined)
        conditions.push(`r.publisher = ${bind(publisher)}`);
    if (key)
        conditions.push(`r.person = ${bind(key.person)} and r.id = ${bind(key.id)}`);
    if (report)
        conditions.push(`c.person = ${bind(report.person)} and c.report = ${bind(report.id)}`);
    if (state)
        conditions.push(`a.recall is ${state === 'open' ? '' : 'not '}null`);
    if (overdue !== undefined)
        conditions.push(`${overdue ? '' : 'not '}(a.recall is null and r.due_at < ${bind(now)}::timestamptz)`);
    if (from)
        conditions.push(`r.told_at >= ${bind(from)}::timestamptz`);
    if (until)
        conditions.push(`r.told_at < ${bind(until)}::timestamptz`);
    return conditions;
}
function recallOf({ person, id, report, former, next, ...row }) {
    return {
        ...row,
        person: BigInt(person),
        id: BigInt(id),
        report: BigInt(report),
        former: former === null ? null : BigInt(former),
        next: next === null ? null : BigInt(next),
    };
}
/** Of each recall what its institution did with the version before, the latest first, at most `max`. One statement, by primary key. */
export async function findReliancesOf(reader, recalls, max) {
    const { rows } = await reader.$client.query({
        name: 'find-reliances-of',
        text: `select l.person, l.recall, l.source, l.basis, l.practitioner, l.encounter, l.item, l.is_concerned as "isConcerned", l.results,
                  l.relied_at as "reliedAt"
             from unnest($1::bigint[], $2::bigint[]) as k(person, recall)
            cross join lateral (
              select * from recall_reliances where person = k.person and recall = k.recall
               order by basis desc, relied_at desc, source limit $3) l`,
        values: [recalls.map((it) => it.person), recalls.map((it) => it.id), max],
    });
    const found = new Map();
    for (const row of rows) {
        const reliance = { ...row, person: BigInt(row.person), recall: BigInt(row.recall) };
        const list = found.get(reliance.recall);
        if (list)
            list.push(reliance);
        else
            found.set(reliance.recall, [reliance]);
    }
    return found;
}
/** `true` when this is the first acknowledgement of the recall. */
export async function insertAcknowledgement(tx, row) {
    const added = await tx
        .insert(recallAcknowledgements)
        .values(row)
        .onConflictDoNothing()
        .returning({ recall: recallAcknowledgements.recall });
    return added.length === 1;
}
