import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { consents } from './consent.tables.js';
/** The columns of a ConsentRow, of `consents` as `c`. */
const COLUMNS = `c.person, c.id, c.version, c.institution, c.grantees, c.decision, c.categories, c.purposes, c.valid_from as "validFrom",
  c.valid_until as "validUntil", c.rules, c.method, c.active, c.recorded_at as "recordedAt"`;
/** pg answers bigint as text; keys are bigint here. */
function withKeys(row) {
    return { ...row, person: BigInt(row.person), id: BigInt(row.id) };
}
/**
 * Claims what was consented to (`claimConsents`), then puts the rows in the place of those of earlier versions; one statement. No row is written
 * before the claim holds, since each of them is joined to the count of the claims.
 */
export async function upsertConsents(tx, rows) {
    if (rows.length === 0)
        return;
    await tx.$client.query({
        name: 'upsert-consents',
        text: `with claimed as materialized (
             select pg_advisory_xact_lock(person) as claim from (select distinct unnest($1::bigint[]) as person order by 1) as persons
           )
           insert into consents (person, id, version, institution, grantees, decision, categories, purposes, valid_from, valid_until, rules,
             method, active, recorded_at)
           select person, id, version, institution, grantees, decision, categories, purposes, "validFrom", "validUntil", rules, method, active,
                  "recordedAt"
             from (select count(claim) from claimed) as held
            cross join json_to_recordset($2::json) as it (person bigint, id bigint, version integer, institution integer, grantees integer[],
              decision text, categories text[], purposes text[], "validFrom" timestamptz, "validUntil" timestamptz, rules jsonb, method text,
              active boolean, "recordedAt" timestamptz)
           on conflict (person, id) do update set version = excluded.version, grantees = excluded.grantees, decision = excluded.decision,
             categories = excluded.categories, purposes = excluded.purposes, valid_from = excluded.valid_from,
             valid_until = excluded.valid_until, rules = excluded.rules, method = excluded.method, active = excluded.active,
             recorded_at = excluded.recorded_at`,
        values: [
            rows.map((it) => it.person),
            JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
        ],
    });
}
/** Consents whose resource was deleted count no longer. */
export async function closeConsents(tx, deleted) {
    if (deleted.length === 0)
        return;
    await tx.$client.query({
        name: 'close-consents',
        text: `
      update consents set active = false, version = it.version
      from unnest($1::bigint[], $2::bigint[], $3::integer[]) as it (person, id, version)
      where consents.person = it.person and consents.id = it.id`,
        values: [deleted.map((it) => String(it.person)), deleted.map((it) => String(it.id)), deleted.map((it) => it.version)],
    });
}
/** One consent; by primary key. */
export async function findConsent(reader, key) {
    const { rows } = await reader.$client.query({
        name: 'find-consent',
        text: `select ${COLUMNS} from consents c where c.person = $1 and c.id = $2`,
        values: [key.person, key.id],
    });
    return rows.map(withKeys)[0];
}
/** A consent that the institution recorded and that is not deleted; by primary keys. */
export async function findOwnConsent(reader, key, institution) {
    const { rows } = await reader.$client.query({
        name: 'find-own-consent',
        text: `select ${COLUMNS}, v.content, json_build_object('uscc', recorder.uscc, 'name', recorder.name) as recorder
             from consents c
             join version_texts v on v.person = c.person and v.id = c.id and v.version = c.version
             join institutions recorder on recorder.institution = c.institution
            where c.person = $1 and c.id = $2 and c.institution = $3 and v.content is not null`,
        values: [key.person, key.id, institution],
    });
    return rows.map(withKeys)[0];
}
/** The institution's own Patients of a hashed identifier; by primary keys. */
export async function findOwnPatients(reader, institution, hash) {
    const { rows } = await reader.$client.query({
        name: 'find-own-patients',
        text: `select r.person, r.id, v.content
             from resource_keys k
            cross join lateral (
              select r.person, r.id, r.version from resources r
               where r.person = k.person and r.id = k.id and r.type = 'Patient' and not r.deleted offset 0) r
             join version_texts v on v.person = r.person and v.id = r.id and v.version = r.version
            where k.key = $1::uuid and k.institution = $2`,
        values: [hash, institution],
    });
    return rows.map((it) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id) }));
}
/** The consents of these person keys that the institution may know of (as `isVisible` has it), the latest version first. */
export async function listVisibleConsents(reader, persons, institution, now, page) {
    const isForAll = sql `(${consents.rules} is null or ${consents.rules} #> '{root,recipients}' = '{"people": [], "institutions": [], "organizations": []}')`;
    const meant = sql `(${institution} = any (${consents.grantees}) or (${consents.grantees} = '{}' and ${isForAll}))`;
    const usable = and(consents.active, eq(consents.decision, 'permit'), meant, or(isNull(consents.validUntil), gte(consents.validUntil, now)));
    const after = page.after && or(lt(consents.recordedAt, page.after.at), and(eq(consents.recordedAt, page.after.at), lt(consents.id, page.after.id)));
    return reader
        .select()
        .from(consents)
        .where(and(inArray(consents.person, [...persons]), or(eq(consents.institution, institution), usable), after))
        .orderBy(desc(consents.recordedAt), desc(consents.id))
        .limit(page.limit);
}
/**
 * Every consent of these person keys that the exchange had at that moment, in force or not, in the version of then; one that was deleted by then
 * is left out. Served by the primary keys.
 */
export async function findConsentsAt(reader, persons, at) {
    const { rows } = await reader.$client.query({
        name: 'find-consents-at',
        text: `select ${COLUMNS}, v.version as stood, case when v.version <> c.version then v.content end as content
             from consents c
            cross join lateral (
              select version, content from version_texts v
               where v.person = c.person and v.id = c.id and v.recorded_at <= $2 order by version desc limit 1) v
            where c.person = any ($1::bigint[]) and v.content is not null
            order by c.person, c.id`,
        values: [persons, at],
    });
    return rows.map(({ stood, content, person, id, ...row }) => ({
        row: { ...row, person: BigInt(person), id: BigInt(id) },
        version: stood,
        content,
    }));
}
