import { findDaysOfLookUps } from '../access-log/find-look-ups.js';
import { followLog } from '../access-log/transparency/follow-log.js';
import { sequenceEntries } from '../access-log/transparency/sequence-entries.js';
import { beijingDayBounds } from '../beijing-time.js';
import { transact } from '../database/client.js';
import { findDaysOfChecks } from '../recognition/find-moments-of-checks.js';
import { findDaysOfExaminations } from '../repeats/count-repeats.js';
import { firstBatch } from './batch-days.js';
import { differencesOf } from './compare-days.rules.js';
import { countAnew, countDueDays } from './count-due-days.js';
import { holdDays, listDays } from './day.queries.js';
import { gatherDays } from './gather-days.js';
import { indicatorsFollower } from './indicators-follower.js';
import { findCountedDays } from './kept-days.queries.js';
/** A gateway that serves meanwhile may add an event between the two looks; a difference that stays is one. */
const LOOKS_MAX = 3;
/**
 * Recomputes every day of a period from the events and compares it with what is kept: days that have events and are not kept, and days that
 * are kept and have none, are among them. First everything that is due is counted, so that what then differs is wrong.
 */
export async function* checkDays(db, signer, period, now) {
    await catchUp(db, signer, now);
    for await (const days of batchesOf(db, await daysOf(db, period))) {
        let checked = await compareDays(db, days);
        for (let looks = 1; checked.some(isOdd) && looks < LOOKS_MAX; looks += 1) {
            await catchUp(db, signer, now);
            const again = (await compareDays(db, checked.filter(isOdd))).values();
            checked = checked.map((it) => (isOdd(it) ? (again.next().value ?? it) : it));
        }
        yield* checked;
    }
}
/** Counts every day of a period anew, and says what was not as its events say. */
export async function* rebuildDays(db, signer, period, now) {
    await catchUp(db, signer, now);
    for await (const days of batchesOf(db, await daysOf(db, period))) {
        yield* await transact(db, async (tx) => {
            await holdDays(tx, days);
            const kept = await findCountedDays(tx, days);
            await countAnew(tx, days, now());
            return checkedDays(days, kept, await findCountedDays(tx, days));
        });
    }
}
/** The days in their order, as many at once as are dealt with at once. */
async function* batchesOf(db, days) {
    for (let rest = days; rest.length > 0;) {
        const batch = await firstBatch(db, rest);
        yield batch;
        rest = rest.slice(batch.length);
    }
}
/** Gives every entry of the access log its place, and counts what it makes due. */
async function catchUp(db, signer, now) {
    while ((await sequenceEntries(db, signer, now())) > 0)
        ;
    while ((await followLog(db, indicatorsFollower, now())) > 0)
        ;
    while ((await countDueDays(db, now(), 0)) > 0)
        ;
}
/** What is kept of these days and what the events give, at one moment. */
async function compareDays(db, days) {
    return await transact(db, async (tx) => {
        await tx.$client.query('set transaction isolation level repeatable read, read only');
        return checkedDays(days, await findCountedDays(tx, days), await gatherDays(tx, days));
    });
}
function checkedDays(days, kept, found) {
    return days.map((day, index) => ({ ...day, differences: differencesOf(kept[index], found[index]) }));
}
function isOdd({ differences }) {
    return differences.length > 0;
}
async function daysOf(db, { from, until }) {
    const [first, last] = [beijingDayBounds(from).from, beijingDayBounds(until).from];
    const kept = await listDays(db, from, until);
    const found = [
        ...(await findDaysOfChecks(db, first, last)),
        ...(await findDaysOfLookUps(db, first, last)),
        ...(await findDaysOfExaminations(db, first, last)),
    ];
    const all = new Map([...kept, ...found].map(({ institution, day }) => [`${day} ${institution}`, { institution, day }]));
    return [...all.values()].toSorted((a, b) => (a.day === b.day ? a.institution - b.institution : a.day < b.day ? -1 : 1));
}
