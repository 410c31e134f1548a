import type { Transaction } from '../database/client.ts';
import type { Correction } from './correction.ts';
import { recallReliances, recalls, reportCorrections } from './recalls.tables.ts';

/** Adds corrections that are not kept yet, and answers the keys of those. */
export async function insertCorrections(tx: Transaction, corrections: readonly Correction[]): Promise<ReadonlySet<bigint>> {
  if (corrections.length === 0) return new Set();
  const added = await tx
    .insert(reportCorrections)
    .values(corrections.map((it) => ({ ...it, parts: [...it.parts] })))
    .onConflictDoNothing()
    .returning({ id: reportCorrections.id });
  return new Set(added.map((it) => it.id));
}

/** Every correction of these reports, in the order of the log. Served by `report_corrections_by_report`. */
export async function findCorrections(
  tx: Transaction,
  reports: readonly { readonly person: bigint; readonly report: bigint }[],
): Promise<readonly Correction[]> {
  if (reports.length === 0) return [];
  const { rows } = await tx.$client.query<CorrectionRow>({
    name: 'find-corrections',
    text: `select c.person, c.id, c.report, c.report_version as "reportVersion", c.institution, c.kind, c.corrected_at as "correctedAt", c.leaf,
                  c.parts, c.versions, c.is_whole as "isWhole", c.difference
             from (select distinct person, report from unnest($1::bigint[], $2::bigint[]) as k(person, report)) k
             join report_corrections c on c.person = k.person and c.report = k.report
            order by c.leaf, c.id`,
    values: [reports.map((it) => it.person), reports.map((it) => it.report)],
  });
  return rows.map(correctionOfRow);
}

type CorrectionRow = Omit<Correction, 'person' | 'id' | 'report' | 'leaf'> & Readonly<Record<'person' | 'id' | 'report' | 'leaf', string>>;

function correctionOfRow(row: CorrectionRow): Correction {
  return { ...row, person: BigInt(row.person), id: BigInt(row.id), report: BigInt(row.report), leaf: BigInt(row.leaf) };
}

export type NewRecall = typeof recalls.$inferInsert;
export type Reliance = typeof recallReliances.$inferSelect;

/** Adds what is not kept yet; what was told is not told again. */
export async function insertRecalls(tx: Transaction, rows: readonly NewRecall[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(recalls)
    .values([...rows])
    .onConflictDoNothing();
}

/** Adds what is not kept yet, and answers those rows. */
export async function insertReliances(tx: Transaction, rows: readonly Reliance[]): Promise<readonly Reliance[]> {
  if (rows.length === 0) return [];
  const { rows: added } = await tx.$client.query<{ recall: string; source: string }>({
    name: 'insert-reliances',
    text: `insert into recall_reliances (person, recall, source, basis, practitioner, encounter, item, is_concerned, results, relied_at)
           select person, recall, source, basis, practitioner, encounter, item, is_concerned, results, relied_at
             from json_to_recordset($1::json) as it (
               person bigint, recall bigint, source text, basis text, practitioner jsonb, encounter text, item text, is_concerned boolean,
               results text[], relied_at timestamptz)
           on conflict do nothing returning recall, source`,
    values: [JSON.stringify(rows.map(asJson))],
  });
  const keys = new Set(added.map((it) => `${it.recall} ${it.source}`));
  return rows.filter((it) => keys.has(`${it.recall} ${it.source}`));
}

function asJson(row: Reliance): Record<string, unknown> {
  const { person, recall, isConcerned, reliedAt, ...same } = row;
  return { ...same, person: String(person), recall: String(recall), is_concerned: isConcerned, relied_at: reliedAt.toISOString() };
}
