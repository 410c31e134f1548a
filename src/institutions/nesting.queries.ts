import type { Transaction } from '../database/client.ts';
import { nameChange } from '../database/reference-memory.ts';
import { takeTurns } from '../database/take-turns.ts';

/** What may have others of its kind in it. */
export type Nesting = 'alliances' | 'named_regions';

const PARTS = { alliances: 'alliance_parts', named_regions: 'region_parts' } as const;

/**
 * Lets who changes what is in what take turns until the end of the transaction: two changes that are right by themselves could close a
 * circle together.
 */
export async function lockParts(tx: Transaction, nesting: Nesting): Promise<void> {
  await takeTurns(tx, PARTS[nesting]);
}

/** For each of the codes, in their order: whether there is such a thing, and whether it is the whole or has the whole in it, on however many steps. */
export async function examineParts(
  tx: Transaction,
  nesting: Nesting,
  whole: string,
  codes: readonly string[],
): Promise<readonly { readonly isKnown: boolean; readonly holdsWhole: boolean }[]> {
  const { rows } = await tx.$client.query<{ isKnown: boolean; holdsWhole: boolean }>(
    `with recursive above as (
       select $1::text as code
       union
       select parts.whole from above join ${PARTS[nesting]} parts on parts.part = above.code
     )
     select exists (select from ${nesting} it where it.code = asked.code) as "isKnown",
       exists (select from above where above.code = asked.code) as "holdsWhole"
     from unnest($2::text[]) with ordinality as asked (code, place) order by place`,
    [whole, codes],
  );
  return rows;
}

/** What is in the whole is this from now on, whatever it was; two statements. */
export async function replaceParts(tx: Transaction, nesting: Nesting, whole: string, parts: readonly string[]): Promise<void> {
  await tx.$client.query(`delete from ${PARTS[nesting]} where whole = $1 and part <> all ($2::text[])`, [whole, parts]);
  await tx.$client.query(
    `insert into ${PARTS[nesting]} (whole, part) select $1, part from unnest($2::text[]) as part on conflict do nothing`,
    [whole, parts],
  );
  await nameChange(tx);
}

/** The codes of what has this in it, on one step. */
export async function selectWholes(tx: Transaction, nesting: Nesting, part: string): Promise<readonly string[]> {
  const { rows } = await tx.$client.query<{ whole: string }>(`select whole from ${PARTS[nesting]} where part = $1 order by whole`, [part]);
  return rows.map((it) => it.whole);
}
