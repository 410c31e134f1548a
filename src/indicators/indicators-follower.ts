import type { FollowedEntry, Follower } from '../access-log/transparency/follow-log.ts';
import { beijingDay } from '../beijing-time.ts';
import type { Transaction } from '../database/client.ts';
import { findMomentsOfChecks } from '../recognition/find-moments-of-checks.ts';
import { decodeId } from '../resources/resource-id.ts';
import { type InstitutionDay, markDue } from './day.queries.ts';

/** What is counted on the day on which it happens. */
const COUNTED_BY_ITSELF = ['checkRecognition', 'priorResults'];
/** What is counted on the day of the check that it answers, however much later it comes. */
const COUNTED_WITH_ITS_CHECK = ['decide', 'revokeDecision'];

/** Goes through the access log and marks the days whose indicators it may change; two statements a batch. They are counted by `countDueDays`. */
export const indicatorsFollower: Follower = {
  name: 'indicators',
  wants: { interactions: [...COUNTED_BY_ITSELF, ...COUNTED_WITH_ITS_CHECK] },
  handle: markDueDays,
};

async function markDueDays(tx: Transaction, entries: readonly FollowedEntry[], now: Date): Promise<void> {
  const served = entries.filter((it) => it.outcome === 0);
  const own = served.filter((it) => COUNTED_BY_ITSELF.includes(it.interaction)).flatMap((it) => dayOf(it.institution, it.recordedAt));
  const decisions = served.filter((it) => COUNTED_WITH_ITS_CHECK.includes(it.interaction) && it.action !== 'R').flatMap(decisionsOf);
  const checks = await findMomentsOfChecks(tx, decisions);
  await markDue(tx, [...own, ...checks.flatMap((it) => dayOf(it.institution, it.checkedAt))], now);
}

function dayOf(institution: number | null, moment: Date): readonly InstitutionDay[] {
  return institution === null ? [] : [{ institution, day: beijingDay(moment) }];
}

function decisionsOf({ entities }: FollowedEntry) {
  return entities.flatMap((it) => decodeId(/^RecognitionDecision\/(.+)$/.exec(it)?.[1] ?? '') ?? []);
}

/** Marks the days on which examinations were made that are judged otherwise now (`repeats/follow-examinations.ts`). */
export async function noticeExaminations(
  tx: Transaction,
  judged: readonly { readonly institution: number; readonly performedAt: Date }[],
  now: Date,
): Promise<void> {
  await markDue(
    tx,
    judged.flatMap((it) => dayOf(it.institution, it.performedAt)),
    now,
  );
}
