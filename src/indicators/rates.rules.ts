/** How many, in one of the two units (`definitions.rules.ts`). */
export interface Counts {
  readonly lookUps: number;
  readonly reminders: number;
  readonly eligible: number;
  readonly recognised: number;
  readonly eligibleRecognised: number;
  readonly refused: number;
  readonly excepted: number;
  readonly unanswered: number;
}

/** What is counted of a group. */
export interface Figures {
  readonly itemTimes: Counts;
  readonly personTimes: Counts;
  /** Refused item-times by list and code of their reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Answers that stand, and how long they took; `null` where there are none. */
  readonly decisions: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
  readonly quick: number;
  readonly quickRefused: number;
}

/** Examinations, and how many of them were repeats without an accepted reason. */
export interface Examined {
  readonly examinations: number;
  readonly repeats: number;
}

/** The same in both units. */
export interface ExaminedFigures {
  readonly itemTimes: Examined;
  readonly personTimes: Examined;
}

/** The rates of one unit; `null` where there is nothing to divide by. */
export interface Rates {
  readonly ofReminders: number | null;
  readonly ofLookUps: number | null;
  readonly ofEligible: number | null;
}

/** The formulas (`definitions.rules.ts`). */
export function ratesOf({ recognised, reminders, lookUps, eligibleRecognised, eligible }: Counts): Rates {
  return {
    ofReminders: share(recognised, reminders),
    ofLookUps: share(recognised, lookUps),
    ofEligible: share(eligibleRecognised, eligible),
  };
}

/** How far refusals are for one and the same reason: hardly any doctor meets with only one situation. */
export interface Concentration {
  readonly refusals: number;
  /** List and code; of several that are used alike the first by name. `null` where nothing was refused. */
  readonly mostUsed: string | null;
  readonly mostUsedShare: number | null;
  readonly otherShare: number | null;
  /** Sum of the squared shares: 1 where all are for one reason, 1/n where n are used alike. */
  readonly herfindahl: number | null;
}

/** `others`: the reasons of the kind "other", by list and code. */
export function concentrationOf(reasons: Readonly<Record<string, number>>, others: ReadonlySet<string>): Concentration {
  const counts = Object.entries(reasons).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const refusals = counts.reduce((sum, [, count]) => sum + count, 0);
  const [mostUsed] = counts;
  const ofOther = counts.reduce((sum, [reason, count]) => sum + (others.has(reason) ? count : 0), 0);
  const squares = counts.reduce((sum, [, count]) => sum + count * count, 0);
  return {
    refusals,
    mostUsed: mostUsed?.[0] ?? null,
    mostUsedShare: share(mostUsed?.[1] ?? 0, refusals),
    otherShare: share(ofOther, refusals),
    herfindahl: share(squares, refusals * refusals),
  };
}

/** Part of a whole with four decimals, half of the last one up; `null` of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
