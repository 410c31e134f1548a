import { beijingDay } from '../beijing-time.js';
import { findMomentsOfChecks } from '../recognition/find-moments-of-checks.js';
import { decodeId } from '../resources/resource-id.js';
import { markDue } from './day.queries.js';
/** What is counted on the day on which it happens. */
const COUNTED_BY_ITSELF = ['checkRecognition', 'priorResults'];
/** What is counted on the day of the check that it answers, however much later it comes. */
const COUNTED_WITH_ITS_CHECK = ['decide', 'revokeDecision'];
/** Goes through the access log and marks the days whose indicators it may change; two statements a batch. They are counted by `countDueDays`. */
export const indicatorsFollower = {
    name: 'indicators',
    wants: { interactions: [...COUNTED_BY_ITSELF, ...COUNTED_WITH_ITS_CHECK] },
    handle: markDueDays,
};
async function markDueDays(tx, entries, now) {
    const served = entries.filter((it) => it.outcome === 0);
    const own = served.filter((it) => COUNTED_BY_ITSELF.includes(it.interaction)).flatMap((it) => dayOf(it.institution, it.recordedAt));
    const decisions = served.filter((it) => COUNTED_WITH_ITS_CHECK.includes(it.interaction) && it.action !== 'R').flatMap(decisionsOf);
    const checks = await findMomentsOfChecks(tx, decisions);
    await markDue(tx, [...own, ...checks.flatMap((it) => dayOf(it.institution, it.checkedAt))], now);
}
function dayOf(institution, moment) {
    return institution === null ? [] : [{ institution, day: beijingDay(moment) }];
}
function decisionsOf({ entities }) {
    return entities.flatMap((it) => decodeId(/^RecognitionDecision\/(.+)$/.exec(it)?.[1] ?? '') ?? []);
}
/** Marks the days on which examinations were made that are judged otherwise now (`repeats/follow-examinations.ts`). */
export async function noticeExaminations(tx, judged, now) {
    await markDue(tx, judged.flatMap((it) => dayOf(it.institution, it.performedAt)), now);
}
