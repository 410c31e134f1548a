import { createHash } from 'node:crypto';
import { pathNumber, VALUE_MASK } from '../fhir/search-hash.js';
import { FIRST_PERSON } from '../resources/resource-id.js';
/** What is copied of a person. The entries of the access log have no place in the transparency log, since none of it happened. */
const TABLES = [
    'published_texts',
    'resource_versions',
    'resources',
    'resource_keys',
    'publications',
    'person_documents',
    'consents',
    'access_log',
];
const CONTENTS = 'publication_contents';
/** Those that are not parted. */
export const CLONED_TABLES = [...TABLES.filter((it) => it !== 'access_log'), CONTENTS];
/** Where references to the same person stand in the resources of the bench. */
const REFERENCE_PATHS = ['subject', 'result', 'imagingStudy', 'patient'].map((it) => Number(BigInt.asIntN(16, BigInt(pathNumber(it)))));
/** A statement copies about so many persons at once. */
const BATCH = 500;
const LOW_BITS = (1n << 62n) - 1n;
/** The key of the n-th copy of a person, spread over all keys as if drawn by lot; the same as `CLONE_KEY`. */
export function cloneKey(person, number) {
    const drawn = BigInt(`0x${createHash('md5').update(`${person}:${number}`).digest('hex').slice(0, 16)}`);
    return (drawn & LOW_BITS) | FIRST_PERSON;
}
const CLONE_KEY = `(('x' || left(md5(original || ':' || n), 16))::bit(64)::bigint & ${LOW_BITS}) | ${FIRST_PERSON}`;
/** The compartment that an id leads to, in hexadecimal digits. */
export function halfOf({ patient }) {
    return patient.slice(0, 16);
}
/** The n-th copy of a person, as a hospital knows it. */
export function cloneOf(known, number) {
    const half = halfOf(known);
    const key = cloneKey(BigInt(`0x${half}`), number)
        .toString(16)
        .padStart(16, '0');
    const moved = (id) => id.replace(half, key);
    return {
        ...known,
        patient: moved(known.patient),
        askersPatient: moved(known.askersPatient),
        reports: known.reports.map(moved),
    };
}
/** Which copy of which of so many originals is the one at this place, from 0 on: each original once, then each a second time. */
export function placeOfClone(originals, index) {
    return { original: index % originals, number: 1 + Math.floor(index / originals) };
}
/** Sets aside everything that is known of these persons, so that it can be copied while the region goes on. */
export async function setOriginalsAside(session, halves) {
    const persons = halves.map((it) => BigInt(`0x${it}`));
    await session.query('create schema original');
    for (const table of TABLES) {
        await session.query(`create table original.${table} as select * from public.${table} where false`);
        await session.query(`insert into original.${table} select * from public.${table} where person = any($1::bigint[])`, [persons]);
        await session.query(`create index on original.${table} (person)`);
    }
    await session.query(`create table original.${CONTENTS} as select (outcome -> 0 ->> 1)::bigint as person, * from public.${CONTENTS} where false`);
    await session.query(`insert into original.${CONTENTS} select (outcome -> 0 ->> 1)::bigint, * from public.${CONTENTS} where (outcome -> 0 ->> 1)::bigint = any($1::bigint[])`, [persons]);
    await session.query(`create index on original.${CONTENTS} (person)`);
    await session.query('analyze');
}
/**
 * Copies the originals, in turn, to the places from `from` to before `to`: every row of theirs under a key of its own, of the same bytes, with
 * the identifiers and moments that must differ made different. Texts and index rows agree as if the copies had been published; what is found by
 * a business identifier is found for the originals alone. The sessions share the work.
 */
export async function clonePeople(sessions, halves, from, to, done) {
    const originals = halves.map((it) => BigInt(`0x${it}`));
    let next = from;
    let copied = 0;
    const share = async (session) => {
        const statements = [];
        for (const table of [...TABLES, CONTENTS])
            statements.push(await copyStatement(session, table));
        await session.query('set synchronous_commit = off');
        for (let first = next; first < to; first = next) {
            next = Math.min(first + BATCH, to);
            const last = next - 1;
            for (const statement of statements)
                await session.query(statement, [originals, first, last]);
            copied += last - first + 1;
            done(copied);
        }
        await session.query('reset synchronous_commit');
    };
    await Promise.all(sessions.map(share));
}
async function copyStatement(session, table) {
    const { rows } = await session.query(`select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`, [`public.${table}`]);
    const columns = rows.map((it) => it.name);
    return `
    with clone as materialized (
      select original, n, ${CLONE_KEY} as person
        from generate_series($2::integer, $3::integer) as place
       cross join lateral (select ($1::bigint[])[1 + place % cardinality($1)] as original, 1 + place / cardinality($1) as n) as x)
    insert into public.${table} (${columns.join(', ')})
    select ${columns.map((it) => valueOf(table, it)).join(', ')} from clone c join original.${table} s on s.person = c.original`;
}
/** How a column's value becomes the copy's. */
function valueOf(table, column) {
    const value = `s.${column}`;
    const half = (of) => `lpad(to_hex(${of}.person), 16, '0')`;
    const moved = (text) => `replace(${text}, ${half('s')}, ${half('c')})`;
    switch (column) {
        case 'person':
            return 'c.person';
        case 'content':
            return table === 'published_texts' ? `convert_to(${moved(`convert_from(${value}, 'UTF8')`)}, 'UTF8')` : moved(value);
        case 'entities':
        case 'consents':
            return `${moved(`${value}::text`)}::text[]`;
        case 'tokens':
            return `array(select case when token >> 48 = any(array[${REFERENCE_PATHS.join()}]) then token # ((s.person # c.person) & ${VALUE_MASK}) else token end
                      from unnest(${value}) with ordinality as x(token, place) order by place)`;
        case 'key':
            return `md5(${value}::text || ':' || c.n)::uuid`;
        case 'value':
            return `${value} || ':' || c.n`;
        case 'fingerprint':
            return `md5(${value} || ':' || c.n) || md5(c.n || ':' || ${value})`;
        case 'outcome':
            return table === CONTENTS ? `replace(${value}::text, s.person::text, c.person::text)::jsonb` : value;
        case 'recorded_at':
            return `${value} - c.n * interval '10 minutes'`;
        case 'id':
            // What follows the log finds an entry by its moment and number.
            return table === 'access_log' ? `(${value} # c.person) & ${LOW_BITS}` : value;
        default:
            return value;
    }
}
