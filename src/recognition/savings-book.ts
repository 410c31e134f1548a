import type { Reader, Transaction } from '../database/client.ts';
import type { Insurance } from './insurance.ts';

/** An examination that was not repeated, with the price its check showed. */
export interface SavingClaim {
  readonly person: bigint;
  readonly decision: bigint;
  readonly check: bigint;
  readonly item: string;
  /** Of a panel: the items that it stands for; none of a single item, which stands for itself. */
  readonly members: readonly string[];
  readonly institution: number;
  readonly district: string;
  /** Level of the receiving institution, 1 to 3, as it was at the check. */
  readonly level: number | null;
  readonly insurance: Insurance | null;
  /** The department that asked, as the calling system names it. */
  readonly department: string | null;
  readonly sourceInstitution: number;
  readonly report: string;
  readonly reportVersion: number;
  readonly encounter: string | null;
  /** Edition of the list and version of the rules that the check applied. */
  readonly edition: string | null;
  readonly rulesVersion: string | null;
  readonly price: { readonly amountFen: number; readonly priced: boolean; readonly version: string | null };
}

/** What was posted for a decision. */
export interface Posting {
  readonly amountFen: number;
  readonly priced: boolean;
  readonly version: string | null;
}

/** What can take a saving back. */
export const CAUSES = ['revocation', 'repeat', 'recall'] as const;

/** Why a saving counts no more: the recognition was taken back, the examination was made after all, or its result turned out to be wrong. */
export interface ReversalCause {
  readonly kind: (typeof CAUSES)[number];
  /** The report that shows it, of a repeat the new one, of a recall the corrected one: `DiagnosticReport/…/_history/2`; `null` of a revocation. */
  readonly report: string | null;
}

/**
 * The account that decisions are posted to, in the transaction that makes them. Recognition names what it needs; `server.ts` hands it the
 * one of savings, which lives on a higher floor.
 */
export interface SavingsBook {
  /**
   * Posts claims of one person and visit, all at once; what was saved in that visit already, by itself or within a panel, is left out. Answers
   * what was posted, by decision.
   */
  post(tx: Transaction, claims: readonly SavingClaim[], now: Date): Promise<ReadonlyMap<bigint, Posting>>;
  /** Takes back what was posted for a decision, if anything was, and answers what that was; once, whatever the causes. */
  reverse(
    tx: Transaction,
    decision: { readonly person: bigint; readonly id: bigint },
    cause: ReversalCause,
    now: Date,
  ): Promise<Posting | undefined>;
  /** What was posted for these decisions of these persons; a decision that nothing was posted for is missing. */
  find(reader: Reader, persons: readonly bigint[], decisions: readonly bigint[]): Promise<ReadonlyMap<bigint, Posting>>;
}
