import type { AccessEntry } from '../access-entry.schema.ts';

/** A pruning as the log itself has it on record: entries of these moments may be gone from then on. */
export interface Pruning {
  /** The place of the entry that says so. */
  readonly leaf: number;
  readonly entry: string;
  /** Inclusive, in milliseconds. */
  readonly from: number;
  /** Exclusive, in milliseconds. */
  readonly until: number;
}

/** operationId of what takes a month out of the log. */
const PRUNE = 'pruneAccessLog';

/** What an entry of the log says of a pruning; `undefined` where it is about something else, or where the pruning failed. */
export function readPruning(entry: AccessEntry, leaf: number): Pruning | undefined {
  if (entry.interaction !== PRUNE || entry.outcome !== 0) return undefined;
  const month = entry.entities.map((it) => /(\d{4})-(\d{2})$/.exec(it)).find((it) => it !== null);
  if (!month) return undefined;
  const [year, number] = [Number(month[1]), Number(month[2])];
  return { leaf, entry: entry.id, from: beginOf(year, number), until: beginOf(year, number + 1) };
}

const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1_000;
const beginOf = (year: number, month: number): number => Date.UTC(year, month - 1, 1) - BEIJING_OFFSET_MS;

/** Entries get their places in another order than their moments have by as much as this. */
const DISORDER_MS = 60 * 60 * 1_000;

/** A place without an entry. */
export interface MissingLeaf {
  readonly leaf: number;
  /** The moment the database says it had, in milliseconds; `undefined` where nobody says. */
  readonly moment: number | undefined;
  /** The latest moment among the genuine entries in front of it, in milliseconds. */
  readonly newestBefore: number;
}

/**
 * Whether a pruning on record explains that an entry is gone. What the database says of its moment is not enough: it has to lie in front of the
 * pruning, and not behind entries of a later month.
 */
export function isPruned({ leaf, moment, newestBefore }: MissingLeaf, prunings: readonly Pruning[]): boolean {
  return prunings.some(
    (it) => leaf < it.leaf && newestBefore < it.until + DISORDER_MS && (moment === undefined || (moment >= it.from && moment < it.until)),
  );
}

/** An entry may be committed so much later than the moment it carries. */
const COMMITTED_MS = 60 * 1_000;

/** Which places an export has to have entries for. */
export interface ExportReach {
  /** Leaves of a checkpoint that is older than the export. */
  readonly anchored: number;
  /** The last place that it has an entry for. */
  readonly last: number;
  /** Up to when it has everything; `undefined` where it does not say. */
  readonly until: Date | undefined;
}

/**
 * Whether the entry of a place ought to be in an export, or may have come after it: everything under the auditor's checkpoint ought to, and
 * whatever is older than the export as far as moments or neighbours show it.
 */
export function isInReach({ leaf, moment, newestBefore }: MissingLeaf, { anchored, last, until }: ExportReach): boolean {
  const settled = until ? until.getTime() - COMMITTED_MS : Number.POSITIVE_INFINITY;
  if (leaf < anchored) return true;
  return moment === undefined ? leaf < last && newestBefore < settled : moment < settled;
}
