import type { Reader } from '../database/client.ts';
import { findInstitutions } from '../institutions/find-institution.ts';
import { type DecisionState, findDecisionStates } from '../recognition/find-recognitions-of-reports.ts';
import { decodeId, encodeId, type ResourceKey } from '../resources/resource-id.ts';
import type { Reliance } from './correction.queries.ts';
import { reportOf } from './correction.ts';
import { noticeOf } from './notice.rules.ts';
import type { RecallListed } from './recall.schema.ts';
import { findReliancesOf, type Recall } from './recall-list.queries.ts';
import type { Role } from './recall-reach.ts';

/** Of one recall, looks and recognitions that are shown. */
const RELIANCES_MAX = 200;

const HOUR_MS = 3_600_000;
const DECISION = 'RecognitionDecision/';

/** What an institution did with the version before; of a recognition also what became of it since. */
export interface RelianceState extends Reliance, DecisionState {}

/** A recall as one of its readers may see it, and what it rests on. */
export interface Shown {
  readonly recall: Recall;
  readonly listed: RecallListed;
  readonly reliances: readonly RelianceState[];
}

/**
 * Recalls as a list shows them, with what their institutions did with the versions before. Three statements, whatever the number of recalls;
 * none for none.
 *
 * The publisher is not told who has only read its report: which institutions see a patient is itself sensitive. Whom it recognised it knows from
 * its list of uses.
 */
export async function showRecalls(
  reader: Reader,
  rows: readonly { readonly recall: Recall; readonly role: Role }[],
  now: Date,
): Promise<readonly Shown[]> {
  if (rows.length === 0) return [];
  const recalls = rows.map((it) => it.recall);
  const found = await findReliancesOf(reader, recalls, RELIANCES_MAX);
  const states = await findDecisionStates(reader, [...found.values()].flat().flatMap(decisionOf));
  const institutions = await findInstitutions(reader, [...new Set(recalls.flatMap((it) => [it.institution, it.publisher]))]);
  const show = (number: number) => ({ uscc: institutions.get(number)?.uscc ?? '', name: institutions.get(number)?.name ?? '' });
  return rows.map(({ recall, role }) => {
    const reliances = (found.get(recall.id) ?? []).map((it): RelianceState => {
      const [decision] = decisionOf(it);
      return { ...it, ...((decision && states.get(decision.id)) ?? { citedAt: null, revokedAt: null }) };
    });
    const bases = basesOf(reliances);
    const isTold = role !== 'source' || bases.includes('recognised');
    const source = show(recall.publisher);
    const listed = {
      ...showRecall(recall, now),
      source,
      ...(isTold ? { receiver: show(recall.institution) } : {}),
      notice: noticeOf({ kind: recall.kind, source: source.name, bases: role === 'receiver' ? bases : [] }),
      ...(role === 'source' ? {} : relianceShown(reliances, bases)),
      ...(role === 'source' || recall.acknowledgedBy === null ? {} : { acknowledgedBy: recall.acknowledgedBy }),
      ...(role === 'source' || recall.note === null ? {} : { note: recall.note }),
    };
    return { recall, listed, reliances };
  });
}

function showRecall(recall: Recall, now: Date) {
  const { person, acknowledgedAt, toldAt, dueAt, former, next } = recall;
  const waitedMs = (acknowledgedAt ?? now).getTime() - toldAt.getTime();
  return {
    id: encodeId(recall),
    kind: recall.kind,
    state: acknowledgedAt ? ('acknowledged' as const) : ('open' as const),
    report: reportOf(recall),
    ...(recall.reportVersion === null ? {} : { reportVersion: recall.reportVersion }),
    changes: recall.difference.length,
    correctedAt: recall.correctedAt.toISOString(),
    toldAt: toldAt.toISOString(),
    dueAt: dueAt.toISOString(),
    // A clock that went backwards makes nothing younger than new.
    ageHours: Math.max(0, Math.floor(waitedMs / HOUR_MS)),
    overdue: acknowledgedAt === null && dueAt < now,
    ...(acknowledgedAt ? { acknowledgedAt: acknowledgedAt.toISOString() } : {}),
    ...(former === null ? {} : { supersedes: encodeId({ person, id: former }) }),
    ...(next === null ? {} : { supersededBy: encodeId({ person, id: next }) }),
  };
}

type Basis = 'recognised' | 'cited' | 'revoked' | 'read';

function basesOf(reliances: readonly RelianceState[]): Basis[] {
  const recognised = reliances.filter((it) => it.basis === 'recognised');
  return [
    ...(recognised.length > 0 ? ['recognised' as const] : []),
    ...(recognised.some((it) => it.citedAt) ? ['cited' as const] : []),
    ...(recognised.some((it) => it.revokedAt) ? ['revoked' as const] : []),
    ...(reliances.length > recognised.length ? ['read' as const] : []),
  ];
}

function relianceShown(reliances: readonly RelianceState[], bases: Basis[]) {
  const last = Math.max(...reliances.map((it) => it.reliedAt.getTime()));
  return { bases, ...(Number.isFinite(last) ? { lastReliedAt: new Date(last).toISOString() } : {}) };
}

/** The recognition that a reliance is. */
function decisionOf({ source }: Reliance): readonly ResourceKey[] {
  const key = source.startsWith(DECISION) ? decodeId(source.slice(DECISION.length)) : undefined;
  return key ? [key] : [];
}
