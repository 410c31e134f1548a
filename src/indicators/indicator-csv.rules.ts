import { csvHeader, csvLine } from '../faces/csv-cells.rules.ts';
import type { Dimension } from './dimensions.rules.ts';
import type { IndicatorGroup, Indicators } from './indicators.schema.ts';

type Cell = string | number | null | undefined;
type Column = readonly [name: string, value: (group: IndicatorGroup) => Cell];

const KEYS: Readonly<Record<Dimension, readonly Column[]>> = {
  institution: [
    ['institutionUscc', (it) => it.institution?.uscc],
    ['institutionName', (it) => it.institution?.name],
  ],
  month: [['month', (it) => it.month]],
  day: [['day', (it) => it.day]],
  district: [['district', (it) => it.district]],
  department: [['department', (it) => it.department]],
  doctor: [
    ['doctor', (it) => it.doctor?.identifier],
    ['doctorName', (it) => it.doctor?.name],
  ],
  item: [['item', (it) => it.item]],
  reason: [['reason', (it) => it.reason]],
};

const COUNTED = [
  'lookUps',
  'reminders',
  'eligible',
  'recognised',
  'eligibleRecognised',
  'refused',
  'excepted',
  'unanswered',
  'ofReminders',
  'ofLookUps',
  'ofEligible',
  'examinations',
  'repeats',
  'ofExaminations',
] as const;

const FIGURES: readonly Column[] = [
  ...(['itemTimes', 'personTimes'] as const).flatMap((unit) => COUNTED.map((name): Column => [`${unit}.${name}`, (it) => it[unit][name]])),
  ...(['refusals', 'mostUsed', 'mostUsedShare', 'otherShare', 'herfindahl'] as const).map(
    (name): Column => [`reasons.${name}`, (it) => it.reasons[name]],
  ),
  ...(['decisions', 'medianSeconds', 'p90Seconds', 'quickShare', 'quickRefusalShare'] as const).map(
    (name): Column => [`timeToDecide.${name}`, (it) => it.timeToDecide[name]],
  ),
];

/** The groups as CSV, one line each; without dimensions the one line is the total. What cannot be said is an empty cell. */
export function indicatorCsv({ total, groups }: Indicators, by: readonly Dimension[]): string {
  const columns = [...by.flatMap((it) => KEYS[it]), ...FIGURES];
  const rows: readonly IndicatorGroup[] = by.length === 0 ? [total] : groups;
  const lines = rows.map((row) => csvLine(columns.map(([, value]) => String(value(row) ?? ''))));
  return csvHeader(columns.map(([name]) => name)) + lines.join('');
}
