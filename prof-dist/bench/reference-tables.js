import { randomUUID } from 'node:crypto';
import { patientNumber } from './people.js';
/**
 * The tables of the references: what the same bytes cost without any promise. One table of resources as text, found by id, by person and
 * type, by person and code; and what a publishing route cannot do without.
 */
export async function makeReferenceTables(session) {
    await session.query(`
    create schema reference;
    create table reference.resources (
      id uuid primary key, type text not null, person integer not null, code text, at timestamptz not null, content text not null);
    create index on reference.resources (person, type, at desc);
    create index on reference.resources (person, code);
    create table reference.patients (person integer primary key, id uuid not null, number text not null unique);
    create table reference.publications (number text primary key, report uuid not null);
    create table reference.log (id bigint generated always as identity primary key, at timestamptz not null default now(), person integer, what text)`);
}
/** Makes persons known to the references. */
export async function insertReferencePatients(session, persons) {
    await session.query('insert into reference.patients select person, gen_random_uuid(), number from unnest($1::integer[], $2::text[]) as x(person, number)', [persons, persons.map(patientNumber)]);
}
/** Gives every resource an id, points the references at the ids, and writes it as text. */
export function columnsOf(entries, person, patient, now) {
    const ids = new Map(entries.map((it) => [it.fullUrl, randomUUID()]));
    const meta = { versionId: '1', lastUpdated: now.toISOString() };
    const named = (list, type) => list.map(({ reference }) => ({ reference: `${type}/${ids.get(reference) ?? ''}` }));
    const rows = entries.map(({ fullUrl, resource }) => {
        const id = ids.get(fullUrl) ?? '';
        const stored = { ...resource, id, meta, subject: { reference: `Patient/${patient}` } };
        if (resource['result'])
            stored['result'] = named(resource['result'], 'Observation');
        if (resource['imagingStudy'])
            stored['imagingStudy'] = named(resource['imagingStudy'], 'ImagingStudy');
        const code = resource['code']?.coding[0]?.code ?? null;
        const at = String(resource['effectiveDateTime'] ?? resource['started']);
        return { id, type: String(resource['resourceType']), code, at, content: JSON.stringify(stored) };
    });
    return [
        rows.map((it) => it.id),
        rows.map((it) => it.type),
        rows.map(() => person),
        rows.map((it) => it.code),
        rows.map((it) => it.at),
        rows.map((it) => it.content),
    ];
}
/** All rows in one statement. */
export const INSERT_RESOURCES = `insert into reference.resources (id, type, person, code, at, content)
  select * from unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::timestamptz[], $6::text[])`;
