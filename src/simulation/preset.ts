import type { Insurance } from '../recognition/insurance.ts';

/** Something that comes about in a share of all cases; shares need not add up to 1. */
export interface Share {
  readonly share: number;
}

export type Level = 1 | 2 | 3;

/** Three figures, for level 1 (township), 2 (district) and 3 (city). */
export type ByLevel = readonly [number, number, number];

/** What is ordered together: one examination, or a few measurements from one sample. */
export interface OrderSet {
  /** Item codes of the catalogue. */
  readonly items: readonly string[];
  readonly kind: 'laboratory' | 'imaging';
  /** What each item costs, in fen, by the level of the receiving institution. */
  readonly priceFen: ByLevel;
}

/** What a department orders, and how often it sees emergencies. */
export interface Department extends Share {
  readonly nameZh: string;
  readonly orders: readonly (Share & { readonly set: string })[];
  /** Share of arrivals as emergencies. */
  readonly emergency: number;
  /** How much more, or less, it sees in each month, January first; all alike where it is left out. */
  readonly months?: readonly number[];
}

/** A published figure that the simulated one is set beside. */
export interface PublishedFigure {
  readonly key: FigureKey;
  readonly label: string;
  readonly value: number;
  readonly unit: 'count' | 'fen' | 'per cent';
  /** Whether it grows with the region, so that it is multiplied by the scale. */
  readonly scaled: boolean;
  /** Where it was published. */
  readonly source: string;
}

/** What a simulation counts of what published figures speak of. */
export type FigureKey =
  | 'recognitions'
  | 'savedFen'
  | 'savedFenEach'
  | 'recognisedShare'
  | 'institutions'
  | 'districtItems'
  | 'districtImaging'
  | 'districtLookUps';

/**
 * A region to be simulated, at scale 1. Everything is data: what was published with its source, what nobody published as an assumption that says
 * so. Probabilities are between 0 and 1.
 */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /** Days in Beijing; nothing is simulated from `until` on. */
  readonly from: string;
  readonly until: string;
  /** Which rules hold, and in which division. */
  readonly ruleSet: string;
  readonly division: string;
  readonly districts: readonly (Share & { readonly code: string; readonly nameZh: string })[];
  readonly institutions: {
    readonly total: number;
    /** At the smallest scale each level has `least` all the same. */
    readonly levels: readonly (Share & { readonly level: Level; readonly least: number })[];
  };
  /** People who come to be examined at more than one place. */
  readonly persons: number;
  /** People of one district who are only examined, and whose images are uploaded, up to a day. */
  readonly uploads: { readonly district: string; readonly persons: number; readonly until: string };
  readonly insurances: readonly (Share & { readonly insurance: Insurance })[];
  /** Arrivals: by month from January, by day from Monday, by hour from midnight. */
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  readonly hours: readonly number[];
  readonly departments: readonly Department[];
  readonly orderSets: Readonly<Record<string, OrderSet>>;
  readonly habits: Habits;
  /** Reasons for not recognising, of the list that the rules name; and that of doctors who refuse everything. */
  readonly reasons: readonly (Share & { readonly reason: string; readonly text?: string })[];
  readonly mechanicalReason: { readonly reason: string; readonly text: string };
  readonly certificates: {
    /** Items of an institution without any certificate. */
    readonly missing: number;
    /** Certificates renewed late, and by how many days. */
    readonly late: number;
    readonly lateDays: number;
    /** Days of the year on which they begin. */
    readonly begins: readonly string[];
  };
  readonly published: readonly PublishedFigure[];
}

/** How people and doctors behave; each a probability, unless it says otherwise. */
export interface Habits {
  /** Courses of illness a person goes through, on average. */
  readonly courses: number;
  /** Level of the institution that is seen first. */
  readonly firstLevel: ByLevel;
  /** Somebody examined goes on to another institution; that one is of a higher level. */
  readonly goesOn: number;
  readonly goesUp: number;
  /** How many days later, on average. */
  readonly goesOnDays: number;
  /** The same examination would be ordered there again. */
  readonly sameOrder: number;
  /** A second order set in the same visit. */
  readonly secondOrder: number;
  /** Further visits without an order, on average, and look-ups in each. */
  readonly followUps: number;
  readonly lookUps: number;
  /** Consent is asked for at a first visit, and at an institution somebody was sent to. */
  readonly asksFirst: number;
  readonly asksSentTo: number;
  /** What is answered when it is asked for. */
  readonly denies: number;
  readonly standing: number;
  /** A consent is taken back within the next weeks. */
  readonly withdraws: number;
  /** The check is left out where an examination is ordered again. */
  readonly skipsCheck: number;
  readonly recognises: number;
  readonly leavesOpen: number;
  /** Doctors who refuse whatever they are shown. */
  readonly mechanical: number;
  /** A result for reference only is answered with a reason. */
  readonly answersReference: number;
  readonly cites: number;
  readonly revokes: number;
  /** The examination is made after all. */
  readonly repeats: number;
  /** The original of another institution is opened where images are shown. */
  readonly opensOriginal: number;
  /** Glass is broken in an emergency without consent. */
  readonly breaksGlass: number;
  readonly corrects: number;
  readonly withdrawsReport: number;
  /** Images that cannot be retrieved. */
  readonly originalsMissing: number;
}
