import { and, asc, eq, sql } from 'drizzle-orm';
import { nameChange } from '../../database/reference-memory.js';
import { takeTurns } from '../../database/take-turns.js';
import { prices } from './price.tables.js';
/**
 * Sets prices of one holder, in two statements. A row that changes nothing (the same amount is in force at its beginning already) makes
 * no new version; the version it repeats is answered.
 *
 * Two that set prices of one holder at once take turns, so that versions are counted without gaps.
 */
export async function addPrices(tx, holder, rows, now) {
    await takeTurns(tx, `prices ${holder}`);
    const result = await tx.$client.query(`with wanted as (
       select item, "amountFen" as amount_fen, "validFrom" as valid_from
       from jsonb_to_recordset($2::jsonb) as it (item text, "amountFen" bigint, "validFrom" timestamptz)
     ), compared as (
       select wanted.*, in_force.version as same_version, in_force.valid_from as same_from, (
         select coalesce(max(version), 0) + 1 from prices where holder = $1 and prices.item = wanted.item
       ) as next_version
       from wanted left join lateral (
         select latest.* from (
           select amount_fen, version, valid_from from prices
           where holder = $1 and prices.item = wanted.item and prices.valid_from <= wanted.valid_from
           order by prices.valid_from desc, version desc limit 1
         ) latest where latest.amount_fen = wanted.amount_fen
       ) in_force on true
     ), added as (
       insert into prices (holder, item, version, valid_from, amount_fen, recorded_at)
       select $1, item, next_version, valid_from, amount_fen, $3 from compared where same_version is null
       returning item
     )
     select item, amount_fen as "amountFen", coalesce(same_version, next_version) as version, coalesce(same_from, valid_from) as "validFrom"
     from compared order by item`, [holder, JSON.stringify(rows), now]);
    await nameChange(tx);
    return result.rows.map((row) => ({ ...row, amountFen: Number(row.amountFen) }));
}
/** Every version of every price that fits, in the order of item, holder and version. */
export async function listPrices(reader, filter) {
    const { holder, item, version, validFrom, amountFen, recordedAt } = prices;
    const order = [sql `${item} collate "C"`, sql `${holder} collate "C"`, version];
    const rows = await reader
        .select({ holder, item, version, validFrom, amountFen, recordedAt })
        .from(prices)
        .where(and(filter.holder === undefined ? undefined : eq(holder, filter.holder), filter.item === undefined ? undefined : eq(item, filter.item), filter.after && sql `(${order[0]}, ${order[1]}, ${version}) > (${filter.after[0]}, ${filter.after[1]}, ${filter.after[2]})`))
        .orderBy(...order.map((it) => asc(it)))
        .limit(filter.limit);
    return rows.map((row) => ({ ...row, amountFen: Number(row.amountFen) }));
}
