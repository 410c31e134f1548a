import type { FigureKey, PublishedFigure } from './preset.ts';

/** What a simulation came to, as the database has it; counts, but for money in fen. */
export interface Counted {
  readonly institutions: number;
  readonly level1: number;
  readonly level2: number;
  readonly level3: number;
  readonly persons: number;
  readonly laboratoryReports: number;
  readonly imagingReports: number;
  readonly reportVersions: number;
  readonly permits: number;
  readonly denials: number;
  readonly consentsWithdrawn: number;
  readonly lookUps: number;
  readonly lookUpsRefused: number;
  readonly lookUpsInEmergency: number;
  readonly checks: number;
  readonly itemsRecognisable: number;
  readonly itemsForReference: number;
  readonly itemsWithoutConsent: number;
  readonly recognised: number;
  readonly revoked: number;
  readonly cited: number;
  readonly refused: number;
  /** Examinations made after all, and those made again without an accepted reason. */
  readonly repeats: number;
  readonly leads: number;
  /** Institutions told of a correction or withdrawal. */
  readonly recalls: number;
  readonly accesses: number;
}

/** A published figure beside the simulated one. */
export interface Comparison {
  readonly key: FigureKey;
  readonly label: string;
  readonly unit: PublishedFigure['unit'];
  /** As it was published. */
  readonly published: number;
  /** The same at the scale of the simulation. */
  readonly expected: number;
  readonly simulated: number;
  /** How far the simulated one is from the expected one, in per cent with one decimal. */
  readonly deviationPercent: number;
  readonly source: string;
}

/** Sets what was simulated beside what was published, at that scale. */
export function compareFigures(
  published: readonly PublishedFigure[],
  simulated: Readonly<Record<FigureKey, number>>,
  scale: number,
): readonly Comparison[] {
  return published.map(({ key, label, unit, value, scaled, source }) => {
    const expected = scaled ? round(value * scale, 1) : value;
    const found = simulated[key];
    return {
      key,
      label,
      unit,
      published: value,
      expected,
      simulated: found,
      deviationPercent: expected === 0 ? 0 : round(((found - expected) / expected) * 100, 1),
      source,
    };
  });
}

/** What published figures speak of, out of what was counted. */
export function figuresOf(
  counted: Counted,
  savings: { readonly items: number; readonly amountFen: number },
  district: { readonly items: number; readonly imaging: number; readonly lookUps: number },
): Readonly<Record<FigureKey, number>> {
  const recognitions = counted.recognised - counted.revoked;
  const queries = counted.lookUps + counted.checks;
  return {
    recognitions,
    savedFen: savings.amountFen,
    savedFenEach: savings.items === 0 ? 0 : Math.round(savings.amountFen / savings.items),
    recognisedShare: queries === 0 ? 0 : round((recognitions / queries) * 100, 2),
    institutions: counted.institutions,
    districtItems: district.items,
    districtImaging: district.imaging,
    districtLookUps: district.lookUps,
  };
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
