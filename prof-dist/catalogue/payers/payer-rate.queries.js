import { and, asc, eq, sql } from 'drizzle-orm';
import { takeTurns } from '../../database/take-turns.js';
import { payerRates } from './payer-rate.tables.js';
/**
 * Sets rates of one division, in two statements. All that changes gets one version, the next of the division; a row that changes nothing (the
 * same rate is in force at its beginning already) makes none, and the version it repeats is answered.
 *
 * Two that set rates of one division at once take turns, so that versions are counted without gaps.
 */
export async function addRates(tx, division, rows, now) {
    await takeTurns(tx, `payer rates ${division}`);
    const result = await tx.$client.query(`with wanted as (
       select scheme, level, "fundPercent" as fund_percent, "validFrom" as valid_from
       from jsonb_to_recordset($2::jsonb) as it (scheme text, level integer, "fundPercent" numeric, "validFrom" timestamptz)
     ), next as (
       select coalesce(max(version), 0) + 1 as version from payer_rates where division = $1
     ), compared as (
       select wanted.*, next.version as next_version, in_force.version as same_version, in_force.valid_from as same_from
       from next cross join wanted left join lateral (
         select latest.* from (
           select fund_percent, version, valid_from from payer_rates r
           where division = $1 and r.scheme = wanted.scheme and r.level = wanted.level and r.valid_from <= wanted.valid_from
           order by r.valid_from desc, version desc limit 1
         ) latest where latest.fund_percent = wanted.fund_percent
       ) in_force on true
     ), added as (
       insert into payer_rates (division, scheme, level, version, valid_from, fund_percent, recorded_at)
       select $1, scheme, level, next_version, valid_from, fund_percent, $3 from compared where same_version is null
       returning scheme
     )
     select scheme, level, fund_percent as "fundPercent", coalesce(same_version, next_version) as version,
            coalesce(same_from, valid_from) as "validFrom"
     from compared order by scheme, level`, [division, JSON.stringify(rows), now]);
    return result.rows.map((row) => ({ ...row, fundPercent: Number(row.fundPercent) }));
}
/** Every version of every rate, of one division or of all, in the order of division, scheme, level and version. */
export async function listRates(reader, filter) {
    const it = payerRates;
    const { after } = filter;
    const order = [sql `${it.division} collate "C"`, sql `${it.scheme} collate "C"`, it.level, it.version];
    return await reader
        .select()
        .from(it)
        .where(and(filter.division === undefined ? undefined : eq(it.division, filter.division), after && sql `(${order[0]}, ${order[1]}, ${it.level}, ${it.version}) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]})`))
        .orderBy(...order.map((column) => asc(column)))
        .limit(filter.limit);
}
/** Adds published rates as version 1 of their divisions, for divisions that have none yet. */
export async function insertSeedRates(tx, rows, now) {
    await tx.$client.query(`insert into payer_rates (division, scheme, level, version, valid_from, fund_percent, recorded_at)
     select division, scheme, level, 1, valid_from, fund_percent, $2
     from jsonb_to_recordset($1::jsonb) as it (division text, scheme text, level integer, fund_percent numeric, valid_from timestamptz)
     where not exists (select from payer_rates known where known.division = it.division)
     on conflict do nothing`, [JSON.stringify(rows), now]);
}
