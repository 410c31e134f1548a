import type { Category } from './category.ts';
import type { Confidentiality } from './label.rules.ts';

/** Resources that a rule of a consent names. */
export interface RowData {
  /**
   * `instance`: the resource itself and, of a report, its parts. `related`: what refers to it as well. `authoredby`: what the institution
   * published, or what names it, or the practitioner, as its author or performer.
   */
  readonly kind: 'instance' | 'related' | 'authoredby';
  readonly type: string;
  /** Logical id; one that this server never gave stands for nothing. */
  readonly id: string;
  /** Number of the institution whose Organization it is. */
  readonly institution?: number;
}

/** A stretch of time, `[from, until)`; `null` is open. */
export interface DataPeriod {
  readonly from: Date | null;
  readonly until: Date | null;
}

/** What a permit or a denial says about rows, once it is known that it is about the caller, the purpose and the moment. */
interface RowRule {
  /** Empty: all of them, and what belongs to none. */
  readonly categories: readonly Category[];
  /** The date of the data; `null`: any, and none. */
  readonly period: DataPeriod | null;
  /** Any of these; `null`: whatever it is. */
  readonly data: readonly RowData[] | null;
}

/** Rows that a permit covers. What carries a sensitivity label is among them only where every such label is named. */
export interface RowPermit extends RowRule {
  /** The highest mark of confidentiality; `null`: any. */
  readonly highest: Confidentiality | null;
  /** The sensitivity labels it names; `null`: any. */
  readonly sensitivities: readonly string[] | null;
  /** It is about what carries one of these labels, and about nothing else. */
  readonly onlySensitive: boolean;
}

/** Rows that a denial is about: of this confidentiality or above it, or with one of these labels; any where neither is named. */
export interface RowDenial extends RowRule {
  readonly atLeast: Confidentiality | null;
  readonly sensitivities: readonly string[];
  /** What the same consent permits all the same. */
  readonly except: readonly RowPermit[];
}

/**
 * Which rows a permission covers, where whole categories do not say it: those that at least one permit covers and no denial is about.
 */
export interface RowAccess {
  readonly permits: readonly RowPermit[];
  readonly denials: readonly RowDenial[];
}
