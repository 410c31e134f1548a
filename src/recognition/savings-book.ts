import type { Reader, Transaction } from '../database/client.ts';

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
  readonly sourceInstitution: number;
  readonly report: string;
  readonly reportVersion: number;
  readonly encounter: string | null;
  readonly price: { readonly amountFen: number; readonly priced: boolean; readonly version: string | null };
}

/** What was posted for a decision. */
export interface Posting {
  readonly amountFen: number;
  readonly priced: boolean;
  readonly version: string | null;
}

/**
 * The account that decisions are posted to, in the transaction that makes them. Recognition names what it needs; `server.ts` hands it the
 * one of savings, which lives on a higher floor.
 */
export interface SavingsBook {
  /** Posts claims of one person and visit, all at once; what was saved in that visit already, by itself or within a panel, is left out. */
  post(tx: Transaction, claims: readonly SavingClaim[], now: Date): Promise<void>;
  /** Takes back what was posted for a decision, if anything was. */
  reverse(tx: Transaction, decision: { readonly person: bigint; readonly id: bigint }, now: Date): Promise<void>;
  /** What was posted for these decisions of these persons; a decision that nothing was posted for is missing. */
  find(reader: Reader, persons: readonly bigint[], decisions: readonly bigint[]): Promise<ReadonlyMap<bigint, Posting>>;
}
