import type { Reader, Transaction } from '../../database/client.ts';
import { nameChange } from '../../database/reference-memory.ts';
import { takeTurns } from '../../database/take-turns.ts';
import type { Mapping } from './mapping.rules.ts';

/** A state of an institution's mappings. */
export interface Revision {
  readonly revision: number;
  readonly loadedAt: Date;
  readonly fingerprint: string;
  readonly mappings: number;
  readonly source: string | null;
}

/** Lets the loads of one institution take turns until the transaction ends, so that revisions are counted without gaps. */
export async function lockMappings(tx: Transaction, institution: number): Promise<void> {
  await takeTurns(tx, `mappings ${institution}`);
}

/** The revision that counts, or the one of a number; `undefined` where there is none. Served by the primary key. */
export async function findRevision(reader: Reader, institution: number, revision?: number): Promise<Revision | undefined> {
  const { rows } = await reader.$client.query<Revision>({
    name: 'find-mapping-revision',
    text: `select revision, loaded_at as "loadedAt", fingerprint, mappings, source from mapping_loads
           where institution = $1 and ($2::integer is null or revision = $2) order by revision desc limit 1`,
    values: [institution, revision ?? null],
  });
  return rows[0];
}

/** Adds a revision with all of its mappings, each with its token, in one statement and one that names the change. */
export async function insertRevision(
  tx: Transaction,
  institution: number,
  load: Revision,
  mappings: readonly (Mapping & { readonly token: string })[],
): Promise<void> {
  await tx.$client.query(
    `with load as (
       insert into mapping_loads (institution, revision, loaded_at, fingerprint, mappings, source) values ($1, $2, $3, $4, $5, $6)
     )
     insert into mappings (institution, revision, system, code, display, item, equivalence, comment, token)
     select $1, $2, system, code, display, coalesce(item, ''), equivalence, comment, token::bigint
     from jsonb_to_recordset($7::jsonb) as it (system text, code text, display text, item text, equivalence text, comment text, token text)`,
    [institution, load.revision, load.loadedAt, load.fingerprint, load.mappings, load.source, JSON.stringify(mappings)],
  );
  await nameChange(tx);
}

/** What a page of mappings is ordered by: system, code and item of the row before it. */
export type MappingPlace = readonly [system: string, code: string, item: string];

/** Mappings of a revision by system, code and item; all of them without a limit. */
export async function listMappings(
  reader: Reader,
  institution: number,
  revision: number,
  page?: { readonly after: MappingPlace | undefined; readonly limit: number },
): Promise<readonly Mapping[]> {
  const { rows } = await reader.$client.query<Mapping>({
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
