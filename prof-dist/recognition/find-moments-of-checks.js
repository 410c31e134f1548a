/** When the checks were made that these decisions answer, in one statement by key; a decision that is not there has none. */
export async function findMomentsOfChecks(reader, decisions) {
    if (decisions.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-moments-of-checks',
        text: `select c.institution, c.checked_at as "checkedAt"
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
             join recognition_decisions d on d.person = k.person and d.id = k.id
             join recognition_checks c on c.person = d.person and c.id = d."check"`,
        values: [decisions.map((it) => it.person), decisions.map((it) => it.id)],
    });
    return rows;
}
/** The days of Beijing, by institution, on which checks were made at or after `from` and before `until`; it goes through all of them. */
export async function findDaysOfChecks(reader, from, until) {
    const { rows } = await reader.$client.query(`select distinct institution, (checked_at at time zone 'Asia/Shanghai')::date::text as day
       from recognition_checks where checked_at >= $1 and checked_at < $2`, [from, until]);
    return rows;
}
