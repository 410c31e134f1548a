/** The documents that are known, by primary key. */
export async function findDocuments(reader, documents) {
    const { rows } = await reader.$client.query({
        name: 'find-documents',
        text: `select d.system, d.value, d.person, d.names, d.birth_date::text as "birthDate"
             from unnest($1::text[], $2::text[]) as k(system, value)
            cross join lateral (select * from person_documents where system = k.system and value = k.value offset 0) d`,
        values: [documents.map((it) => it.system), documents.map((it) => it.value)],
    });
    return rows.map((it) => ({ ...it, person: BigInt(it.person) }));
}
const OTHERS_OF = (person) => `array(select other from person_links where person = ${person} union select other from merged_persons where person = ${person}) as others`;
/** The keys of the human being whose Patient this is, by primary keys; the same work for nobody, so that the time taken does not tell. */
export async function findKeysOfPatient(reader, { person, id }) {
    return await findKeys(reader, {
        name: 'find-keys-of-patient',
        text: `with named as materialized (
             select coalesce((select person from resources where person = $1 and id = $2 and type = 'Patient' and not deleted), 0) as person)
           select person, ${OTHERS_OF('named.person')} from named`,
        values: [person, id],
    });
}
/** The keys of the human being who has the document, by primary keys; the same work for nobody, so that the time taken does not tell. */
export async function findKeysOfDocument(reader, { system, value }) {
    return await findKeys(reader, {
        name: 'find-keys-of-document',
        text: `with named as materialized (
             select coalesce((select person from person_documents where system = $1 and value = $2), 0) as person)
           select person, ${OTHERS_OF('named.person')} from named`,
        values: [system, value],
    });
}
async function findKeys(reader, statement) {
    const { rows } = await reader.$client.query(statement);
    const [found] = rows;
    return !found || found.person === '0'
        ? { person: undefined, others: [] }
        : { person: BigInt(found.person), others: found.others.map(BigInt) };
}
/**
 * Every document these keys, or others of the same human beings, were seen with; `isMerged`: it is theirs by a merge alone, which may be taken
 * back. Served by `person_documents_by_person`.
 */
export async function findDocumentsOf(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-documents-of',
        text: `select k.person as of, k.merged as "isMerged", d.system, d.value, d.person, d.names, d.birth_date::text as "birthDate"
             from (select p as person, p as key, false as merged from unnest($1::bigint[]) as p
                   union select person, other, false from person_links where person = any($1::bigint[])
                   union select person, other, true from merged_persons where person = any($1::bigint[])) as k
            cross join lateral (select * from person_documents where person = k.key offset 0) d`,
        values: [persons],
    });
    return rows.map((it) => ({ ...it, of: BigInt(it.of), person: BigInt(it.person) }));
}
/**
 * Writes new documents down, and in the same statement the identifier systems not seen before; `false` when another request has written one
 * of the documents meanwhile.
 */
export async function insertDocuments(tx, institution, documents, domains, now) {
    const { rowCount } = await tx.$client.query({
        name: 'insert-documents',
        text: `with domains as (
             insert into identifier_domains (system, institution, first_seen_at)
             select d, $2, $3 from unnest($4::text[]) as d order by d
             on conflict do nothing)
           insert into person_documents (system, value, person, names, birth_date, gender, institution, recorded_at)
           select s, v, p, n, b, g, $2, $3 from json_to_recordset($1::json) as x(s text, v text, p bigint, n text[], b date, g text)
           on conflict do nothing`,
        values: [
            JSON.stringify(documents.map((it) => ({ s: it.system, v: it.value, p: it.person.toString(), n: it.names, b: it.birthDate, g: it.gender }))),
            institution,
            now,
            domains,
        ],
    });
    return rowCount === documents.length;
}
/**
 * Lets one join of persons come after the other until the transaction ends: each must see what the others joined, or the keys of one human
 * being would not all know each other. Joins are rare.
 */
export async function lockLinks(tx) {
    await tx.$client.query({ name: 'lock-links', text: "select pg_advisory_xact_lock(hashtext('person_links'))" });
}
/** Notes that several keys are one human being by a common document, each with each. */
export async function insertLinks(tx, institution, persons, now) {
    await tx.$client.query({
        name: 'insert-links',
        text: `insert into person_links (person, other, institution, linked_at)
           select a, b, $2, $3 from unnest($1::bigint[]) as a, unnest($1::bigint[]) as b where a <> b
           on conflict do nothing`,
        values: [persons, institution, now],
    });
}
/** The other keys of the same human beings, whether documents or merges say so. */
export async function findLinks(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-links',
        text: `select other from person_links where person = any($1::bigint[])
            union
           select other from merged_persons where person = any($1::bigint[])`,
        values: [persons],
    });
    return rows.map((it) => BigInt(it.other));
}
/**
 * The other keys of the same human being that were joined to it by then: by documents, or by a merge that still holds. A merge that was taken
 * back since is left out, as if it had been wrong from the beginning.
 */
export async function findLinksBy(reader, person, at) {
    const { rows } = await reader.$client.query({
        name: 'find-links-by',
        text: `select other from person_links where person = $1 and linked_at <= $2
            union
           select j.other from merged_persons j
            where j.person = $1 and exists (
              select from person_merges m
               where (m.person = j.person or m.person = j.other) and m.merged_at <= $2
                 and not exists (select from person_merge_ends e where e.person = m.person and e.id = m.id and e.version = m.version))`,
        values: [person, at],
    });
    return rows.map((it) => BigInt(it.other));
}
/**
 * For each of the keys every key that was ever joined with it, itself included: by documents, and by merges whether or not they still hold.
 * Served by primary keys and `person_merges_by_survivor`.
 */
export async function findKeysEver(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-keys-ever',
        text: `with recursive joined as (
             select p as person, p as key from unnest($1::bigint[]) as p
             union
             select j.person, l.other
               from joined j
              cross join lateral (
                select other from person_links where person = j.key
                union all
                select survivor_person from person_merges where person = j.key
                union all
                select person from person_merges where survivor_person = j.key) as l)
           select person, key from joined`,
        values: [persons],
    });
    return rows.map((it) => [BigInt(it.person), BigInt(it.key)]);
}
/** Every two of the keys that are one human being, by documents or merges. */
export async function findLinksAmong(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-links-among',
        text: `select person, other from person_links where person = any($1::bigint[]) and other = any($1::bigint[])
            union
           select person, other from merged_persons where person = any($1::bigint[]) and other = any($1::bigint[])`,
        values: [persons],
    });
    return rows.map((it) => [BigInt(it.person), BigInt(it.other)]);
}
/** Every two keys of the same human beings that are joined by documents. */
export async function findDocumentLinks(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-document-links',
        text: 'select person, other from person_links where person = any($1::bigint[])',
        values: [persons],
    });
    return rows.map((it) => [BigInt(it.person), BigInt(it.other)]);
}
/** Of these identifier systems, those that Patients were published with. */
export async function findDomains(reader, systems) {
    const { rows } = await reader.$client.query({
        name: 'find-domains',
        text: 'select distinct system from identifier_domains where system = any($1::text[])',
        values: [systems],
    });
    return new Set(rows.map((it) => it.system));
}
