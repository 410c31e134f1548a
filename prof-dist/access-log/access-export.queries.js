import { conditionsOf } from './access-conditions.queries.js';
import { shownColumns } from './shown-columns.queries.js';
/** No clock goes back further than this. Transaction numbers come round after 2³² of them, which takes longer. */
const SETTLED_MS = 24 * 3_600_000;
/** Fixes what an export that begins now has in it. */
export async function boundExport(reader, now) {
    const { rows } = await reader.$client.query('select pg_current_snapshot()::text as snapshot');
    return { snapshot: rows[0]?.snapshot ?? '', settled: new Date(now.getTime() - SETTLED_MS) };
}
/**
 * The next entries as lines of JSON, the latest first, each as `accessEntry` makes it: PostgreSQL writes them, since a row that is taken apart
 * into twenty values and put together again costs the gateway more than everything else of a pull. One statement; the connection is free
 * again when it returns.
 */
export async function nextLines(reader, filter, page) {
    const { conditions, values } = conditionsOf(filter);
    conditions.push(wasWritten(page.bound, values));
    if (page.after)
        conditions.push(`(recorded_at, id) < ($${values.push(page.after.at)}, $${values.push(String(page.after.id))})`);
    const { rows } = await reader.$client.query({
        text: `
      with e as (select * from access_log where ${conditions.join(' and ')} order by recorded_at desc, id desc limit ${page.limit})
      select count(*)::int as count, coalesce(string_agg(line, '' order by recorded_at desc, id desc), '') as lines
        from (
          select e.recorded_at, e.id, ${lineOf(filter, page.leaves)} as line
            from e left join institutions as i on i.institution = e.institution
            left join emergency_reviews as r on e.review_due and r.person = e.person and r.accessed_at = e.recorded_at and r.access = e.id
            left join institutions as ri on ri.institution = r.institution
            ${page.leaves ? 'left join audit_log_leaves as l on l.recorded_at = e.recorded_at and l.entry = e.id' : ''}
        ) as written`,
        values,
    });
    return rows[0] ?? { count: 0, lines: '' };
}
/** Whether an entry was there when the export began, by the transaction that wrote it; its 32 bits are read as those nearest to the snapshot. */
function wasWritten({ snapshot, settled }, values) {
    const oldest = `$${values.push(snapshot.slice(0, snapshot.indexOf(':')))}::bigint`;
    const ahead = `((xmin::text::bigint - ${oldest}) & 4294967295)`;
    return `(recorded_at < $${values.push(settled)}
    or case when ${ahead} < 2147483648
            then pg_visible_in_snapshot((${oldest} + ${ahead})::text::xid8, $${values.push(snapshot)}::pg_snapshot) else true end)`;
}
/** The text of an entry, member by member in the order of the schema; a member that is absent is left out with its comma. */
function lineOf(filter, leaves) {
    const { person, entities, consents, query, address } = shownColumns(filter, 'e');
    return `concat(
    '{"id":"', lpad(to_hex(${milliseconds('e.recorded_at')}), 12, '0'), lpad(to_hex(e.id), 16, '0'),
    '","recordedAt":"', ${moment('e.recorded_at')},
    '","action":"', e.action, '","interaction":', ${json('e.interaction')}, ',"outcome":', e.outcome,
    ',"failure":' || ${json('e.failure')},
    case when ${person} <> 0 then concat(',"person":"', lpad(to_hex(${person}), 16, '0'), '"') end,
    ',"institution":' || ${institution('i')},
    ',"client":' || ${json('e.client')},
    ',"practitioner":' || ${clinician('e')},
    ',"purpose":', ${json('e.purpose')}, ',"reason":' || ${json('e.reason')},
    ',"reviewDue":', case when e.review_due then 'true' else 'false' end,
    case when r.access is not null then concat(',"review":{"outcome":', ${json('r.outcome')}, ',"text":', ${json('r.text')},
      ',"reviewedAt":"', ${moment('r.reviewed_at')}, '","reviewer":', ${clinician('r')}, ',"institution":' || ${institution('ri')}, '}') end,
    ',"entities":', to_json(${entities})::text,
    case when cardinality(${consents}) > 0 then ',"consents":' || to_json(${consents})::text end,
    ',"query":' || ${json(query)},
    ',"requestId":', ${json('e.request_id')},
    ',"address":' || ${json(address)}
    ${leaves ? `, case when l.index is not null then concat(',"leaf":{"index":', l.index, ',"salt":"', e.salt, '"}') end` : ''},
    E'}\\n')`;
}
const json = (text) => `to_json(${text})::text`;
const milliseconds = (time) => `(extract(epoch from ${time}) * 1000)::bigint`;
const moment = (time) => `to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const institution = (table) => `case when ${table}.institution is not null then concat('{"uscc":', ${json(`${table}.uscc`)}, ',"name":', ${json(`${table}.name`)}, '}') end`;
const clinician = (table) => `case when ${table}.practitioner_value is not null then concat('{"system":', ${json(`coalesce(${table}.practitioner_system, '')`)},
    ',"value":', ${json(`${table}.practitioner_value`)}, ',"name":', ${json(`coalesce(${table}.practitioner_name, '')`)}, '}') end`;
