import { nameChange } from '../../database/reference-memory.js';
import { takeTurns } from '../../database/take-turns.js';
/** Lets the loads of one institution take turns until the transaction ends, so that revisions are counted without gaps. */
export async function lockMappings(tx, institution) {
    await takeTurns(tx, `mappings ${institution}`);
}
/** The revision that counts, or the one of a number; `undefined` where there is none. Served by the primary key. */
export async function findRevision(reader, institution, revision) {
    const { rows } = await reader.$client.query({
        name: 'find-mapping-revision',
        text: `select revision, loaded_at as "loadedAt", fingerprint, mappings, source from mapping_loads
           where institution = $1 and ($2::integer is null or revision = $2) order by revision desc limit 1`,
        values: [institution, revision ?? null],
    });
    return rows[0];
}
/** Adds a revision with all of its mappings, each with its token, in one statement and one that names the change. */
export async function insertRevision(tx, institution, load, mappings) {
    await tx.$client.query(`with load as (
       insert into mapping_loads (institution, revision, loaded_at, fingerprint, mappings, source) values ($1, $2, $3, $4, $5, $6)
     )
     insert into mappings (institution, revision, system, code, display, item, equivalence, comment, token)
     select $1, $2, system, code, display, coalesce(item, ''), equivalence, comment, token::bigint
     from jsonb_to_recordset($7::jsonb) as it (system text, code text, display text, item text, equivalence text, comment text, token text)`, [institution, load.revision, load.loadedAt, load.fingerprint, load.mappings, load.source, JSON.stringify(mappings)]);
    await nameChange(tx);
}
/** Mappings of a revision by system, code and item; all of them without a limit. */
export async function listMappings(reader, institution, revision, page) {
    const { rows } = await reader.$client.query({
        name: 'list-mappings',
        text: `select system, code, display, nullif(item, '') as item, equivalence, comment from mappings
           where institution = $1 and revision = $2
             and ($3::text is null or (system collate "C", code collate "C", item collate "C") > ($3, $4, $5))
           order by system collate "C", code collate "C", item collate "C"
           limit $6`,
        values: [institution, revision, ...(page?.after ?? [null, null, null]), page?.limit ?? null],
    });
    return rows;
}
