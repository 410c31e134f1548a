import { nameChange } from '../database/reference-memory.js';
import { takeTurns } from '../database/take-turns.js';
const PARTS = { alliances: 'alliance_parts', named_regions: 'region_parts' };
/**
 * Lets who changes what is in what take turns until the end of the transaction: two changes that are right by themselves could close a
 * circle together.
 */
export async function lockParts(tx, nesting) {
    await takeTurns(tx, PARTS[nesting]);
}
/** For each of the codes, in their order: whether there is such a thing, and whether it is the whole or has the whole in it, on however many steps. */
export async function examineParts(tx, nesting, whole, codes) {
    const { rows } = await tx.$client.query(`with recursive above as (
       select $1::text as code
       union
       select parts.whole from above join ${PARTS[nesting]} parts on parts.part = above.code
     )
     select exists (select from ${nesting} it where it.code = asked.code) as "isKnown",
       exists (select from above where above.code = asked.code) as "holdsWhole"
     from unnest($2::text[]) with ordinality as asked (code, place) order by place`, [whole, codes]);
    return rows;
}
/** What is in the whole is this from now on, whatever it was; two statements. */
export async function replaceParts(tx, nesting, whole, parts) {
    await tx.$client.query(`delete from ${PARTS[nesting]} where whole = $1 and part <> all ($2::text[])`, [whole, parts]);
    await tx.$client.query(`insert into ${PARTS[nesting]} (whole, part) select $1, part from unnest($2::text[]) as part on conflict do nothing`, [whole, parts]);
    await nameChange(tx);
}
/** The codes of what has this in it, on one step. */
export async function selectWholes(tx, nesting, part) {
    const { rows } = await tx.$client.query(`select whole from ${PARTS[nesting]} where part = $1 order by whole`, [part]);
    return rows.map((it) => it.whole);
}
