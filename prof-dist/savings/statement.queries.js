import { and, asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { savingsEntries, savingsPostings } from './savings.tables.js';
import { isMeant } from './savings-filter.queries.js';
const it = savingsEntries;
/** What figures may be broken down by, as texts; months are those of Beijing, and what nobody said is `unknown`, of a department empty. */
export const DIMENSIONS = {
    institution: sql `${it.institution}::text`,
    item: sql `${it.item}`,
    month: sql `to_char(${it.postedAt} at time zone 'Asia/Shanghai', 'YYYY-MM')`,
    payer: sql `coalesce(${it.insurance}, 'unknown')`,
    district: sql `${it.district}`,
    source: sql `${it.sourceInstitution}::text`,
    level: sql `coalesce(${it.level}::text, 'unknown')`,
    department: sql `coalesce(${it.department}, '')`,
};
/**
 * Figures of the entries meant, in total and broken down: the one calculation behind every statement of savings, on every face. One statement,
 * so that all it answers is of one moment.
 */
export async function sumEntries(reader, filter, { by, groupsMax, persons }) {
    const names = Object.keys(DIMENSIONS).filter((name) => by.some((its) => its.includes(name)));
    const columns = names.map((name) => DIMENSIONS[name]);
    // Of each row a bit for every dimension, the first the highest: 1 where the row is not broken down by it.
    const mask = names.length === 0 ? sql `0` : sql `grouping(${sql.join(columns, sql `, `)})`;
    const sets = [[], ...by].map((its) => sql `(${sql.join(itsColumns(its), sql `, `)})`);
    const [fund, patient, undivided] = [shareIn('fund-relief'), shareIn('patient-relief'), shareIn('undivided')];
    const rows = await reader
        .select({
        key: sql `array[${sql.join(columns, sql `, `)}]::text[]`,
        mask,
        savings: sql `(count(*) filter (where ${it.kind} = 'saving'))::integer`,
        reversals: sql `(count(*) filter (where ${it.kind} = 'reversal'))::integer`,
        revocation: reversedBy('revocation'),
        repeat: reversedBy('repeat'),
        recall: reversedBy('recall'),
        unpriced: sql `coalesce(sum(case when ${it.priced} then 0 when ${it.kind} = 'saving' then 1 else -1 end), 0)::integer`,
        amountFen: sql `coalesce(sum(${it.amountFen}), 0)::text`,
        fundFen: fund.sum,
        patientFen: patient.sum,
        undividedFen: undivided.sum,
        persons: persons ? sql `count(distinct ${it.person})::integer` : sql `0`,
    })
        .from(it)
        .leftJoin(fund.table, fund.on)
        .leftJoin(patient.table, patient.on)
        .leftJoin(undivided.table, undivided.on)
        .where(isMeant(filter))
        .groupBy(sql `grouping sets (${sql.join(sets, sql `, `)})`)
        // The total comes first, so that a limit never cuts it off.
        .orderBy(...(names.length === 0 ? [] : [sql `${mask} desc`]), ...columns.map((column) => asc(sql `${column} collate "C"`)))
        .limit(groupsMax + 1);
    const figures = rows.map(({ key, revocation, repeat, recall, amountFen, fundFen, patientFen, undividedFen, ...counts }) => ({
        ...counts,
        reversed: { revocation, repeat, recall },
        amountFen: BigInt(amountFen),
        fundFen: BigInt(fundFen),
        patientFen: BigInt(patientFen),
        undividedFen: BigInt(undividedFen),
        texts: key,
    }));
    const maskOf = (its) => names.reduce((bits, name) => bits * 2 + (its.includes(name) ? 0 : 1), 0);
    const groupsOf = (its) => figures
        .filter((row) => row.mask === maskOf(its))
        .map(({ texts, mask: _mask, ...row }) => ({
        ...row,
        key: Object.fromEntries(names.flatMap((name, index) => (its.includes(name) ? [[name, texts[index] ?? '']] : []))),
    }));
    const [total] = groupsOf([]);
    if (!total)
        throw new Error('the sum of savings has no total');
    return { total, groups: by.map((its) => (its.length === 0 ? [] : groupsOf(its))) };
}
function itsColumns(its) {
    return its.map((name) => DIMENSIONS[name]);
}
/** The posting of an entry to an account, of which there is one at most, and the sum over the entries. */
function shareIn(account) {
    const table = alias(savingsPostings, account.replace('-', '_'));
    return {
        table,
        on: and(eq(table.person, it.person), eq(table.entry, it.id), eq(table.account, account)),
        sum: sql `coalesce(sum(${table.debitFen} - ${table.creditFen}), 0)::text`,
    };
}
function reversedBy(cause) {
    return sql `(count(*) filter (where ${it.cause} = ${cause}))::integer`;
}
/** Debits and credits of the entries meant, by account; an account without any is missing. One statement. */
export async function sumAccounts(reader, filter) {
    const of = savingsPostings;
    const rows = await reader
        .select({
        account: of.account,
        debitFen: sql `sum(${of.debitFen})::text`,
        creditFen: sql `sum(${of.creditFen})::text`,
    })
        .from(it)
        .innerJoin(of, and(eq(of.person, it.person), eq(of.entry, it.id)))
        .where(isMeant(filter))
        .groupBy(of.account);
    return rows.map((row) => ({ ...row, debitFen: BigInt(row.debitFen), creditFen: BigInt(row.creditFen) }));
}
