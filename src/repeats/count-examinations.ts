import type { Reader } from '../database/client.ts';
import { countFindings } from './finding.queries.ts';

/** Examinations of an item by an institution on a day in Beijing, by how they compare with what was recognisable then. */
export interface ExaminationCount {
  /** `2026-03-01`: the day on which they were sampled or examined. */
  readonly day: string;
  readonly institution: number;
  readonly item: string;
  /** All that were compared and not withdrawn since; the denominator of the repeat rate (重复检查率). */
  readonly examinations: number;
  /** Repeats with an accepted reason. */
  readonly explained: number;
  /** Repeats of a result that had been recognised; with `unexplained` the numerator. */
  readonly repeated: number;
  /** Repeats without a word. What became of their leads is not counted here. */
  readonly unexplained: number;
}

/**
 * Examinations of a period (`from` at or after, `to` before; of every institution without one), by day, institution and item, in that order. By
 * the findings that stand now: a decision or correction that comes later changes the count of the day of the examination. One statement.
 */
export async function countExaminations(
  reader: Reader,
  period: { readonly from: Date; readonly to: Date; readonly institution?: number },
): Promise<readonly ExaminationCount[]> {
  return await countFindings(reader, period);
}
