import type { FollowedEntry, Follower } from '../access-log/transparency/follow-log.ts';
import type { Transaction } from '../database/client.ts';
import { keysOfPerson } from '../persons/find-persons.ts';
import { findDecisionScopes } from '../recognition/find-answers.ts';
import type { SavingsBook } from '../recognition/savings-book.ts';
import { findResources } from '../resources/resource.queries.ts';
import { decodeId, encodeId, isPerson, type ResourceKey } from '../resources/resource-id.ts';
import { findExaminedReports } from './finding.queries.ts';
import { bearingMoments } from './finding.rules.ts';
import { type ExaminationMoment, judgeReport } from './judge-report.ts';
import { namedIn, WRITING } from './occasion.rules.ts';

/** Told, in the same transaction, of the examinations that are judged otherwise than before; whoever counts them hands it in. */
export type NoticeExaminations = (tx: Transaction, judged: readonly ExaminationMoment[], now: Date) => Promise<void>;

/**
 * Compares every examination with what was recognisable then, as its report reaches the exchange, is corrected or withdrawn; and again whenever a
 * decision that bears on it is made or taken back.
 */
export function followExaminations(book: SavingsBook, notice: NoticeExaminations = async () => undefined): Follower {
  return {
    name: 'repeats',
    wants: { actions: WRITING },
    async handle(tx, entries, now) {
      const judged: ExaminationMoment[] = [];
      for (const report of await concerned(tx, entries)) judged.push(...(await judgeReport(tx, book, report, now)));
      if (judged.length > 0) await notice(tx, judged, now);
    },
  };
}

/** The reports that entries of the log are about, each once. */
async function concerned(tx: Transaction, entries: readonly FollowedEntry[]): Promise<readonly ResourceKey[]> {
  const named = entries.flatMap(namedIn);
  const keysOf = (type: string) => named.filter((it) => it.type === type).flatMap((it) => decodeId(it.id) ?? []);
  const reports = [
    ...keysOf('DiagnosticReport'),
    ...(await reportsOfParts(tx, keysOf('Observation'))),
    ...(await reportsOfDecisions(tx, keysOf('RecognitionDecision'))),
  ].filter((it) => isPerson(it.person));
  return [...new Map(reports.map((it) => [encodeId(it), it])).values()];
}

async function reportsOfParts(tx: Transaction, parts: readonly ResourceKey[]): Promise<readonly ResourceKey[]> {
  if (parts.length === 0) return [];
  return (await findResources(tx, parts)).flatMap(({ person, report }) => (report === null ? [] : { person, id: report }));
}

/** Of each decision only the reports whose judgement it can change: of what was examined before its check none. */
async function reportsOfDecisions(tx: Transaction, decisions: readonly ResourceKey[]): Promise<readonly ResourceKey[]> {
  const reports: ResourceKey[] = [];
  for (const scope of await findDecisionScopes(tx, decisions)) {
    const moments = bearingMoments(scope);
    if (!moments) continue;
    const persons = await keysOfPerson(tx, scope.person);
    reports.push(...(await findExaminedReports(tx, { persons, institution: scope.institution, items: scope.items, ...moments })));
  }
  return reports;
}
