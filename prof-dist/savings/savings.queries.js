/**
 * Keeps others from posting for the same human being and institution until this transaction ends. The least of the keys stands for all of
 * them.
 */
export async function holdAccount(tx, persons, institution) {
    await tx.$client.query({
        name: 'hold-account',
        text: `select pg_advisory_xact_lock(hashtextextended('savings ' || $2::integer || ' ' || min(person), 0))
             from unnest($1::bigint[]) as persons(person)`,
        values: [persons, institution],
    });
}
/** What was saved of these items within a visit, by themselves or within a panel. Served by the primary key's prefix. */
export async function findSavings(reader, at) {
    const { rows } = await reader.$client.query({
        name: 'find-savings',
        text: `select item, members, amount_fen as "amountFen", visit = $4 as "isOfVisit",
                  exists (select from savings_entries r
                           where r.person = s.person and r.decision = s.decision and r.kind = 'reversal') as "isReversed"
             from savings_entries s
            where person = any($1::bigint[]) and institution = $2 and kind = 'saving'
              and (item = any($3::text[]) or members && $3::text[])
              and (visit in ($4, $5) or posted_at >= $6::timestamptz)`,
        values: [at.persons, at.institution, at.items, at.visit, at.day, at.since ?? null],
    });
    return rows.map((it) => ({ ...it, amountFen: Number(it.amountFen) }));
}
/** The columns of a SavingShown. */
const SHOWN = 'amount_fen as "amountFen", priced, price';
/** pg answers bigint as text. */
function withFen(row) {
    return { ...row, amountFen: BigInt(row.amountFen) };
}
/**
 * Adds savings with their postings, and answers those added. One that another transaction posts for the same item and visit at this moment
 * wins by the unique key, and this one is left out with all it moves. Rows go in the order of the items, so that two never wait for each other
 * in a circle. One statement.
 */
export async function insertEntries(tx, entries) {
    if (entries.length === 0)
        return [];
    const rows = entries.map(({ row }) => row).sort((a, b) => (a.item < b.item ? -1 : 1));
    const postings = entries.flatMap(({ row, postings: its }) => its.map((posting) => ({ ...posting, entry: row.id })));
    const { rows: entered } = await tx.$client.query({
        name: 'insert-savings',
        text: `with entered as (
             insert into savings_entries (person, id, kind, decision, "check", item, members, institution, district, level, department,
               insurance, source_institution, report, report_version, encounter, visit, round, amount_fen, priced, price, payer_rates, edition,
               rules_version, posted_at)
             select person, id, 'saving', decision, "check", item, members, institution, district, level, department, insurance,
                    "sourceInstitution", report, "reportVersion", encounter, visit, round, "amountFen", priced, price, "payerRates", edition,
                    "rulesVersion", "postedAt"
               from json_to_recordset($1::json) as it (person bigint, id bigint, decision bigint, "check" bigint, item text, members text[],
                 institution integer, district text, level integer, department text, insurance text, "sourceInstitution" integer, report text,
                 "reportVersion" integer, encounter text, visit text, round integer, "amountFen" bigint, priced boolean, price text,
                 "payerRates" text, edition text, "rulesVersion" text, "postedAt" timestamptz)
             on conflict do nothing
             returning person, id
           ), moved as (
             insert into savings_postings (person, entry, account, debit_fen, credit_fen)
             select entered.person, entered.id, it.account, it."debitFen", it."creditFen"
               from json_to_recordset($2::json) as it (entry bigint, account text, "debitFen" bigint, "creditFen" bigint)
               join entered on entered.id = it.entry
           )
           select id from entered`,
        values: [JSON.stringify(rows, bigintAsText), JSON.stringify(postings, bigintAsText)],
    });
    const ids = new Set(entered.map((it) => BigInt(it.id)));
    return rows.filter((row) => ids.has(row.id));
}
function bigintAsText(_key, value) {
    return typeof value === 'bigint' ? String(value) : value;
}
/**
 * Adds the opposite of a decision's saving with the opposite of its postings, if it has one and no reversal yet, and answers the saving. Of
 * several at once the unique key lets one in, whatever the causes. One statement.
 */
export async function insertReversal(tx, decision, cause, id, now) {
    const { rows } = await tx.$client.query({
        name: 'insert-reversal',
        text: `with saving as (
             select * from savings_entries where person = $1 and decision = $2 and kind = 'saving'
           ), reversal as (
             insert into savings_entries (person, id, kind, decision, "check", item, members, institution, district, level, department,
               insurance, source_institution, report, report_version, encounter, visit, round, amount_fen, priced, price, payer_rates, edition,
               rules_version, cause, cause_report, posted_at)
             select person, $3, 'reversal', decision, "check", item, members, institution, district, level, department, insurance,
               source_institution, report, report_version, encounter, visit, round, -amount_fen, priced, price, payer_rates, edition,
               rules_version, $5, $6, $4
             from saving
             on conflict do nothing
             returning person, id
           ), moved as (
             insert into savings_postings (person, entry, account, debit_fen, credit_fen)
             select p.person, reversal.id, p.account, p.credit_fen, p.debit_fen
             from reversal, saving join savings_postings p on p.person = saving.person and p.entry = saving.id
           )
           select ${SHOWN} from saving`,
        values: [decision.person, decision.id, id, now, cause.kind, cause.report],
    });
    return rows.map(withFen)[0];
}
/** The savings posted for these decisions. Served by the unique key of person and decision. */
export async function findPostings(reader, persons, decisions) {
    if (decisions.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-savings-of-decisions',
        text: `select decision, ${SHOWN} from savings_entries
            where person = any($1::bigint[]) and decision = any($2::bigint[]) and kind = 'saving'`,
        values: [persons, decisions],
    });
    return rows.map((row) => ({ ...withFen(row), decision: BigInt(row.decision) }));
}
