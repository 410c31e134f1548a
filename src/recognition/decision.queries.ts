import { and, arrayContains, asc, desc, eq, gte, isNull, lt, sql } from 'drizzle-orm';
import type { Reader, Transaction } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { decisionCitations, decisionRevocations, recognitionChecks, recognitionDecisions } from './recognition.tables.ts';
import type { RecordText } from './record-text.rules.ts';

/** A decision, and what became of it. */
export type Decision = typeof recognitionDecisions.$inferSelect & {
  readonly revokedAt: Date | null;
  readonly revocationReason: string | null;
  readonly citedAt: Date | null;
  /** What the check offered for the medical record, of a recognition. */
  readonly recordText: RecordText | null;
  /** Hours of citation by the rules of the check; `null` in checks that an earlier release has kept. */
  readonly citationHours: number | null;
};

/**
 * Stores answers to items of one check; those whose item has been answered already are left out of the returned items. Two that answer at
 * once are told apart by the primary key: the second waits for the first. Rows go in the order of the items, so that they never wait for
 * each other in a circle.
 */
export async function insertDecisions(
  tx: Transaction,
  rows: readonly (typeof recognitionDecisions.$inferInsert)[],
): Promise<ReadonlySet<string>> {
  const inserted = await tx
    .insert(recognitionDecisions)
    .values([...rows].sort((a, b) => (a.item < b.item ? -1 : 1)))
    .onConflictDoNothing()
    .returning({ item: recognitionDecisions.item });
  return new Set(inserted.map((it) => it.item));
}

function selectDecisions(reader: Reader) {
  const it = recognitionDecisions;
  const { answer } = recognitionChecks;
  return reader
    .select({
      person: it.person,
      check: it.check,
      item: it.item,
      id: it.id,
      institution: it.institution,
      client: it.client,
      practitioner: it.practitioner,
      decision: it.decision,
      reasonList: it.reasonList,
      reason: it.reason,
      reasonText: it.reasonText,
      countsAsDenial: it.countsAsDenial,
      sourceInstitution: it.sourceInstitution,
      report: it.report,
      reportVersion: it.reportVersion,
      performedAt: it.performedAt,
      certificates: it.certificates,
      edition: it.edition,
      rulesVersion: it.rulesVersion,
      decidedAt: it.decidedAt,
      revokedAt: decisionRevocations.revokedAt,
      revocationReason: decisionRevocations.reason,
      citedAt: decisionCitations.citedAt,
      recordText: sql<RecordText | null>`case when ${it.decision} = 'recognised' then jsonb_path_query_first(
        ${answer}, '$.items[*] ? (@.item == $item).recordText', jsonb_build_object('item', ${it.item})) end`,
      citationHours: sql<number | null>`(${answer} #>> '{basis,citationHours}')::float8`,
    })
    .from(it)
    .innerJoin(recognitionChecks, and(eq(recognitionChecks.person, it.person), eq(recognitionChecks.id, it.check)))
    .leftJoin(decisionRevocations, and(eq(decisionRevocations.person, it.person), eq(decisionRevocations.decision, it.id)))
    .leftJoin(decisionCitations, and(eq(decisionCitations.person, it.person), eq(decisionCitations.decision, it.id)));
}

/** The answers to items of a check, by item. Served by the primary key. */
export async function findDecisionsOfCheck(
  reader: Reader,
  check: { readonly person: bigint; readonly id: bigint },
): Promise<ReadonlyMap<string, Decision>> {
  const it = recognitionDecisions;
  const rows = await selectDecisions(reader).where(and(eq(it.person, check.person), eq(it.check, check.id)));
  return new Map(rows.map((row) => [row.item, row]));
}

/** A decision of the institution; that of another one is as unknown as one that never was. */
export async function findDecision(
  reader: Reader,
  key: { readonly person: bigint; readonly id: bigint },
  institution: number,
): Promise<Decision | undefined> {
  const it = recognitionDecisions;
  const rows = await selectDecisions(reader).where(and(eq(it.person, key.person), eq(it.id, key.id), eq(it.institution, institution)));
  return rows[0];
}

/** `true` when this is the decision's first revocation. */
export async function insertRevocation(tx: Transaction, row: typeof decisionRevocations.$inferInsert): Promise<boolean> {
  const inserted = await tx
    .insert(decisionRevocations)
    .values(row)
    .onConflictDoNothing()
    .returning({ decision: decisionRevocations.decision });
  return inserted.length === 1;
}

/** `true` when this is the decision's first citation. */
export async function insertCitation(tx: Transaction, row: typeof decisionCitations.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(decisionCitations).values(row).onConflictDoNothing().returning({ decision: decisionCitations.decision });
  return inserted.length === 1;
}

export interface DecisionFilter {
  /** `receiver`: decisions the institution made; `source`: recognitions of its results by others. */
  readonly role: 'receiver' | 'source';
  readonly institution: number;
  readonly check: { readonly person: bigint; readonly id: bigint } | undefined;
  readonly item: string | undefined;
  readonly decision: 'recognised' | 'not-recognised' | undefined;
  readonly countsAsDenial: boolean | undefined;
  /** Decided at or after. */
  readonly from: Date | undefined;
  /** Decided before. */
  readonly to: Date | undefined;
  /** The last row of the page before. */
  readonly after: Place | undefined;
  readonly limit: number;
}

/** Decisions, the newest first. Served by the indexes of the institution on either side. */
export async function listDecisionRows(reader: Reader, filter: DecisionFilter): Promise<readonly Decision[]> {
  const it = recognitionDecisions;
  return await selectDecisions(reader)
    .where(
      and(
        eq(filter.role === 'source' ? it.sourceInstitution : it.institution, filter.institution),
        filter.check && and(eq(it.person, filter.check.person), eq(it.check, filter.check.id)),
        filter.item === undefined ? undefined : eq(it.item, filter.item),
        filter.decision && eq(it.decision, filter.decision),
        filter.countsAsDenial === undefined ? undefined : eq(it.countsAsDenial, filter.countsAsDenial),
        filter.from && gte(it.decidedAt, filter.from),
        filter.to && lt(it.decidedAt, filter.to),
        filter.after && sql`(${it.decidedAt}, ${it.id}) < (${filter.after.at.toISOString()}::timestamptz, ${filter.after.id})`,
      ),
    )
    .orderBy(desc(it.decidedAt), desc(it.id))
    .limit(filter.limit);
}

/**
 * Recognitions that stand and relied on a certificate for a result performed at or after a moment, in the order in which they were
 * performed; at most `limit`. Served by the index of the certificates.
 */
export async function findRowsOnCertificate(
  reader: Reader,
  certificate: string,
  from: Date,
  limit: number,
): Promise<readonly (typeof recognitionDecisions.$inferSelect)[]> {
  const it = recognitionDecisions;
  const rows = await reader
    .select({ decision: it })
    .from(it)
    .leftJoin(decisionRevocations, and(eq(decisionRevocations.person, it.person), eq(decisionRevocations.decision, it.id)))
    .where(
      and(
        arrayContains(it.certificates, [certificate]),
        gte(it.performedAt, from),
        eq(it.decision, 'recognised'),
        isNull(decisionRevocations.revokedAt),
      ),
    )
    .orderBy(asc(it.performedAt), asc(it.id))
    .limit(limit);
  return rows.map((row) => row.decision);
}
