import { and, desc, eq, sql } from 'drizzle-orm';
import { nameChange } from '../../database/reference-memory.js';
import { takeTurns } from '../../database/take-turns.js';
import { ruleSets } from './rule-set.tables.js';
const { code, version, content, recordedAt } = ruleSets;
/** The latest version of the rules, or the one of that number; `undefined` where there is none. */
export async function selectRuleSet(reader, wanted, number) {
    const [found] = await reader
        .select({ code, version, content, recordedAt })
        .from(ruleSets)
        .where(and(eq(code, wanted), number === undefined ? undefined : eq(version, number)))
        .orderBy(desc(version))
        .limit(1);
    return found;
}
/** Every version of all rules, by code, the latest first; what they say is left out but for their titles. */
export async function listRuleSets(reader) {
    const textOf = (name) => sql `${content} ->> ${name}`;
    return await reader
        .select({ code, version, recordedAt, titleZh: textOf('titleZh'), titleEn: textOf('titleEn'), source: textOf('source') })
        .from(ruleSets)
        .orderBy(code, desc(version));
}
/**
 * Adds a version, unless the latest one says the same (its members in whatever order). Answers with the latest version, and whether it is
 * this one. Who sets the same rules at once takes turns, so that versions are counted without gaps. Two statements, and one that names the change.
 */
export async function addVersion(tx, wanted, said, now) {
    await takeTurns(tx, `rule set ${wanted}`);
    const { rows } = await tx.$client.query(`with latest as (
       select code, version, content, recorded_at from rule_sets where code = $1 order by version desc limit 1
     ), added as (
       insert into rule_sets (code, version, content, recorded_at)
       select $1, coalesce((select version from latest), 0) + 1, $2::jsonb, $3
       where not exists (select from latest where latest.content = $2::jsonb)
       returning code, version, content, recorded_at
     )
     select code, version, content, recorded_at as "recordedAt", true as "isNew" from added
     union all
     select code, version, content, recorded_at, false from latest where not exists (select from added)`, [wanted, JSON.stringify(said), now]);
    const [row] = rows;
    if (!row)
        throw new Error('The rules that were just stored are not there.');
    const { isNew, ...stored } = row;
    if (isNew)
        await nameChange(tx);
    return { isNew, stored };
}
/** Of these item codes, those that some edition has. */
export async function selectKnownItems(reader, codes) {
    const { rows } = await reader.$client.query('select distinct code from catalogue_items where code = any ($1::text[])', [
        codes,
    ]);
    return new Set(rows.map((it) => it.code));
}
/** Of these codes, those that have rules. */
export async function selectKnownRuleSets(reader, codes) {
    const { rows } = await reader.$client.query('select distinct code from rule_sets where code = any ($1::text[])', [
        codes,
    ]);
    return new Set(rows.map((it) => it.code));
}
