import { hash } from 'node:crypto';
import type { ReportMoment } from '../reports/find-report-changes.ts';
import type { ReportPart } from '../reports/report-part.ts';
import { encodeId } from '../resources/resource-id.ts';
import { differenceOf } from './difference.rules.ts';
import type { reportCorrections } from './recalls.tables.ts';

/** A correction as it is kept. */
export type Correction = typeof reportCorrections.$inferSelect;

/** A moment at which something of a published report was stored anew, by whom, and the leaf of the log that says it. */
export interface Republication extends ReportMoment {
  readonly institution: number;
  readonly leaf: bigint;
}

/** The correction that was made at such a moment; `undefined` where nothing clinical was changed. */
export function correctionOf(stored: Republication, parts: readonly ReportPart[]): Correction | undefined {
  const { person, institution, leaf } = stored;
  const report = `DiagnosticReport/${encodeId({ person, id: stored.report })}`;
  const difference = differenceOf(report, parts);
  if (difference.length === 0) return undefined;
  const versions = Object.fromEntries(parts.flatMap(({ reference, change }) => (change ? [[reference, change.version]] : [])));
  const changed = Object.entries(versions).map(([reference, version]) => `${reference}/_history/${version}`);
  const own = difference.find((it) => it.reference === report);
  return {
    person,
    id: numberOf([report, ...changed.toSorted()].join(' ')),
    report: stored.report,
    reportVersion: versions[report] ?? null,
    institution,
    kind: own?.change === 'withdrawn' ? 'withdrawn' : 'corrected',
    correctedAt: stored.recordedAt,
    leaf,
    parts: parts.map((it) => it.reference),
    versions,
    isWhole: own !== undefined,
    difference,
  };
}

/** `DiagnosticReport/…` that was corrected. */
export function reportOf({ person, report }: Pick<Correction, 'person' | 'report'>): string {
  return `DiagnosticReport/${encodeId({ person, id: report })}`;
}

/** The number under which an institution is told of a correction; always the same. */
export function recallNumber(correction: bigint, institution: number): bigint {
  return numberOf(`recall ${correction} ${institution}`);
}

/** 62 bits of a SHA-256, as numbers within a person are made of. */
function numberOf(text: string): bigint {
  return BigInt(`0x${hash('sha256', text).slice(0, 16)}`) >> 2n;
}
