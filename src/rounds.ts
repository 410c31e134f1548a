import type { FastifyInstance } from 'fastify';
import { FOLLOW_BATCH, type Follower, type FollowerFailed, followLog } from './access-log/transparency/follow-log.ts';
import { LogSigner, type SignerOptions } from './access-log/transparency/log-signer.ts';
import { retryLeftBehind } from './access-log/transparency/retry-left-behind.ts';
import { SEQUENCE_BATCH, sequenceEntries } from './access-log/transparency/sequence-entries.ts';
import { COUNTING_SHARE, countDueDays } from './indicators/count-due-days.ts';
import { indicatorsFollower, noticeExaminations } from './indicators/indicators-follower.ts';
import { recallFollower } from './recalls/follow-corrections.ts';
import { followExaminations } from './repeats/follow-examinations.ts';
import { savingsBook } from './savings/post-saving.ts';

/** What goes through the access log, entry by entry. */
const FOLLOWERS: readonly Follower[] = [
  followExaminations(savingsBook, noticeExaminations),
  recallFollower(savingsBook),
  indicatorsFollower,
];

/** What is done beside the requests, in this order: each entry of the access log gets its place, then whoever follows the log goes on. */
export function addRounds(app: FastifyInstance, options: SignerOptions): void {
  const { rounds, roundsDb: db } = app;
  const signer = new LogSigner(options);
  const leftBehind: FollowerFailed = (failure, error) =>
    app.log.error({ ...failure, leaf: String(failure.leaf), err: error }, 'an entry of the access log could not be followed');

  rounds.add({ name: 'sequence', run: (now) => sequenceEntries(db, signer, now), part: SEQUENCE_BATCH });
  for (const follower of FOLLOWERS) {
    rounds.add({ name: follower.name, run: (now) => followLog(db, follower, now, leftBehind), part: FOLLOW_BATCH });
    rounds.add({ name: `${follower.name}, left behind`, run: (now) => retryLeftBehind(db, [follower], now, leftBehind) });
  }
  rounds.add({ name: 'count indicators', run: (now) => countDueDays(db, now), share: COUNTING_SHARE });
}
