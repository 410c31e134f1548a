import { NATIONAL_2022 } from '../catalogue/rules/find-rule-set.ts';
import type { CheckRow } from './check.queries.ts';
import type { CheckAnswer, ItemAnswer } from './check.schema.ts';
import type { CheckBasis } from './check-recognition.ts';

/** A check as a decision on it reads it. */
export interface CheckEvidence {
  readonly items: readonly ItemAnswer[];
  readonly basis: CheckBasis;
}

/**
 * The result that a decision on an item binds to, as the check showed it. Of a panel it is the report that stands for it; the certificates are
 * those of every member, and it was performed when the last of them was.
 */
export interface ResultEvidence {
  readonly sourceInstitution: number;
  readonly report: string;
  readonly reportVersion: number;
  readonly performedAt: Date | null;
  readonly certificates: string[];
}

/** Checks that an earlier release has kept say less of what they rested on; the national rule, the only one then, says the rest. */
type StoredBasis = Pick<CheckBasis, 'district' | 'sources'> &
  Partial<Omit<CheckBasis, 'certificates'>> & {
    /** One certificate may stand there by itself. */
    readonly certificates?: Readonly<Record<string, string | readonly string[]>>;
  };

export function evidenceOf({ answer }: Pick<CheckRow, 'answer'>): CheckEvidence {
  const { items, basis } = answer as CheckAnswer & { readonly basis: StoredBasis };
  const { reasonList, citationHours } = NATIONAL_2022;
  const certificates = Object.fromEntries(Object.entries(basis.certificates ?? {}).map(([item, it]) => [item, [it].flat()]));
  return { items, basis: { reasonList, citationHours, performedAt: {}, ...basis, certificates } };
}

/** What was shown of an item; the item must have a result. */
export function resultEvidence({ items, basis }: CheckEvidence, item: string): ResultEvidence {
  const candidate = items.find((it) => it.item === item)?.candidate;
  const performedAt = basis.performedAt[item] ?? candidate?.sampledAt ?? candidate?.examinedAt;
  return {
    sourceInstitution: basis.sources[item] ?? 0,
    report: candidate?.report ?? '',
    reportVersion: candidate?.reportVersion ?? 0,
    performedAt: performedAt === undefined ? null : new Date(performedAt),
    certificates: [...(basis.certificates[item] ?? [])],
  };
}
