import { beijingDay, readMoment } from '../beijing-time.js';
import { findPayerRate } from '../catalogue/payers/find-payer-rate.js';
import { keysOfPerson } from '../persons/find-persons.js';
import { freshNumber } from '../resources/resource-id.js';
import { postingsOf } from './account.rules.js';
import { coveredBy, savingsOf } from './saving.rules.js';
import { findPostings, findSavings, holdAccount, insertEntries, insertReversal } from './savings.queries.js';
/**
 * Posts examinations that were not repeated, in the transaction of the decisions: each at the price its check showed, 0 and unpriced where
 * there was none. The claims are of one person, institution and visit.
 *
 * An item is saved once a visit, by itself or within a panel (`saving.rules.ts`): a second recognition of it posts nothing, until the first
 * one has been taken back. The visit is the encounter; where the calling system numbers none, the day in Beijing stands for it, and any saving
 * of that day counts against it and it against them, so that figures are never too high. Who posts for the same human being and institution
 * at once waits, since a panel and its members have no key in common that could tell them apart.
 *
 * Each amount is split between the fund and the patient by the rates that hold now for who pays and for the level of the receiving
 * institution, and the version of the rates is kept with it; where either is not known, or no rate holds, it stays undivided.
 *
 * Answers what was posted, by decision. Five statements at most, whatever the number of claims.
 */
export async function postSaving(tx, claims, now) {
    const [first] = claims;
    if (!first)
        return new Map();
    const day = `day:${beijingDay(now)}`;
    const visit = first.encounter === null ? day : `encounter:${first.encounter.normalize('NFKC').trim()}`;
    const persons = await keysOfPerson(tx, first.person);
    const since = visit === day ? readMoment(beijingDay(now)) : undefined;
    await holdAccount(tx, persons, first.institution);
    const items = [...new Set(claims.flatMap((it) => [it.item, ...coveredBy(it)]))];
    const before = await findSavings(tx, { persons, institution: first.institution, items, visit, day, since });
    const share = await shareOf(tx, first, now);
    const entered = await insertEntries(tx, savingsOf(claims, before).map(({ claim: { price, members, ...claim }, amountFen, round }) => ({
        row: {
            ...claim,
            members: [...members],
            id: freshNumber(),
            kind: 'saving',
            visit,
            round,
            amountFen: BigInt(amountFen),
            priced: price.priced,
            price: price.version,
            payerRates: share?.version ?? null,
            postedAt: now,
        },
        postings: postingsOf(BigInt(amountFen), share?.fundPercent),
    })));
    return new Map(entered.map((it) => [it.decision, postingOf(it)]));
}
/** The patient alone pays, by no rates. */
const SELF_PAID = { fundPercent: 0, version: null };
/** What the fund pays of a claim, and by which rates; `undefined` where it is not known. One statement where there is something to look up. */
async function shareOf(reader, { insurance, level, district }, now) {
    if (insurance === 'self-paid')
        return SELF_PAID;
    return insurance === null || level === null ? undefined : await findPayerRate(reader, { district, scheme: insurance, level }, now);
}
/**
 * Posts the opposite of what was posted for a decision, in the transaction of what causes it, and keeps the cause; nothing where nothing was.
 * Once, whatever the causes and however many come at once: the first one stands. Answers what was posted, also where it was reversed before.
 * One statement.
 */
export async function postReversal(tx, decision, cause, now) {
    const saving = await insertReversal(tx, decision, cause, freshNumber(), now);
    return saving && postingOf(saving);
}
/** What was posted when these decisions were made, also where it has been reversed since; in one statement. */
async function showPostings(reader, persons, decisions) {
    const rows = await findPostings(reader, persons, decisions);
    return new Map(rows.map((it) => [it.decision, postingOf(it)]));
}
function postingOf({ amountFen, priced, price }) {
    return { amountFen: Number(amountFen), priced, version: price };
}
/** The savings account, as decisions are posted to it. */
export const savingsBook = { post: postSaving, reverse: postReversal, find: showPostings };
