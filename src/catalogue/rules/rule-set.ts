import type { Category } from '../../resources/category.ts';
import type { ScopeKind } from '../certificates/scope.rules.ts';

/** How long results of some items may be recognised, where a region's own list says so. */
export interface WindowRule {
  /** Item codes of the catalogue. */
  readonly items: readonly string[];
  readonly minutes: number;
  readonly basis: 'sampled' | 'examined' | 'reported';
  /** Only where the patient was not treated in between. */
  readonly withoutTreatment: boolean;
}

/** A region's rules of recognition, as data. Every change is a new version; a version never changes. */
export interface RuleSet {
  /** `national-2022`, `chongqing` … */
  readonly code: string;
  /** Names the rules for ever, `national-2022.1`; a check keeps it. */
  readonly version: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** The published rule it follows: number of the notice, article. */
  readonly source: string;
  /** Whether only a result with a valid HR mark may be recognised. */
  readonly hrMarkRequired: boolean;
  /** Scopes whose marks count. */
  readonly acceptedScopes: readonly ScopeKind[];
  /**
   * `none`: levels do not matter. `same-or-higher`: results of the same and of upper levels; those of a lower level only within a common
   * alliance (Inner Mongolia).
   */
  readonly levelRule: 'none' | 'same-or-higher';
  /** Results of the asking institution itself: whether they may be recognised, and how many of the last hours do not count. */
  readonly ownHospital: { readonly recognised: boolean; readonly exclusionHours: number };
  /** How far back a result counts where no window is named, by kind of item. */
  readonly lookBackMinutes: Readonly<Record<Category, number>>;
  /** The region's own windows, which take the place of the edition's; `null`: the edition's hold. */
  readonly windows: readonly WindowRule[] | null;
  /** How long after the decision a recognised result may be written into the record. */
  readonly citationHours: number;
  /** Whether a doubt about who the patient is hides the result, or makes it one to read only. */
  readonly refuseOnIdentityDoubt: boolean;
  /** The region's list of reasons for not recognising. */
  readonly reasonList: string;
  /**
   * Within how many hours an institution confirms that it knows of the correction or withdrawal of a result it relied on; rules of an earlier
   * release have none, and `RECALL_HOURS` holds.
   */
  readonly recallHours?: number;
  /** Whether what a recognition saved counts no more when its result is corrected or withdrawn; not unless it is said. */
  readonly recallReverses?: boolean;
  /** Where each of these comes from, by the name of the field: a notice, an article, or that it is a default of this project. */
  readonly sources?: Readonly<Record<string, string>>;
}

/** Hours for a recall where the rules name none. */
export const RECALL_HOURS = 72;

/** What a version of the rules says, without its name. */
export type RuleContent = Omit<RuleSet, 'code' | 'version'>;

/** How a version of the rules is named for ever: `chongqing.2`. */
export function versionName(code: string, version: number): string {
  return `${code}.${version}`;
}
