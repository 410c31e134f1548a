import type { ItemAnswer } from './check.schema.ts';

/** A report as a check showed it, with the item or the member of a panel that it was shown for. */
export interface ShownReport {
  readonly item: string;
  /** `DiagnosticReport/…` */
  readonly report: string;
  readonly reportVersion: number;
  /** The Observation within it, or the report itself. */
  readonly result: string;
}

/** Every report that the answer on an item rests on: that of its result; of a panel those of all members that have one. */
export function reportsOf({ item, candidate, members }: ItemAnswer): readonly ShownReport[] {
  const shown = members?.flatMap((it) => (it.candidate ? [{ item: it.item, ...it.candidate }] : [])) ?? [];
  const all = shown.length > 0 ? shown : candidate ? [{ item, ...candidate }] : [];
  return all.map(({ item: of, report, reportVersion, result }) => ({ item: of, report, reportVersion, result }));
}

/** The versions of the reports that answers rest on, as the access log names them; each once. */
export function versionsOf(items: readonly ItemAnswer[]): readonly string[] {
  return [...new Set(items.flatMap(reportsOf).map((it) => `${it.report}/_history/${it.reportVersion}`))];
}
