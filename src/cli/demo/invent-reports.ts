import { BLOOD_COUNT, CHEMISTRY, measure } from './analytes.ts';
import type { Publication, ReportFacts } from './bundles.ts';
import { EXAMINATIONS, imagingPublication, inventImaging } from './imaging-report.ts';
import { laboratoryPublication } from './laboratory-report.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import { type DemoHospital, HOSPITALS } from './region.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Reports are spread over this time before now. */
const SPREAD_MS = 40 * DAY_MS;

/** Numbers reports as the hospitals of the region do: never the same twice, and never one of an earlier run of the demo. */
export class ReportNumbers {
  private readonly run: string;
  private last = 0;

  constructor(run: string) {
    this.run = run;
  }

  next(hospital: DemoHospital): string {
    this.last += 1;
    return `${hospital.level}${this.run}${String(this.last).padStart(5, '0')}`.toUpperCase();
  }
}

/** Reports of the last forty days: of ten, four blood counts, three chemistry panels, three CT or MRI; larger hospitals have more. */
export function inventPublications(
  random: Random,
  people: readonly DemoPerson[],
  count: number,
  numbers: ReportNumbers,
  now: Date,
): Publication[] {
  return Array.from({ length: count }, () => {
    const hospital = random.pick([...HOSPITALS, ...HOSPITALS.filter((it) => it.level > 1), ...HOSPITALS.filter((it) => it.level === 3)]);
    const takenAt = new Date(now.getTime() - random.integer(HOUR_MS, SPREAD_MS));
    const facts: ReportFacts = {
      hospital,
      person: random.pick(people),
      number: numbers.next(hospital),
      status: 'final',
      takenAt,
      issuedAt: new Date(Math.min(takenAt.getTime() + random.integer(HOUR_MS / 2, 6 * HOUR_MS), now.getTime())),
    };
    const kind = random.fraction();
    if (kind < 0.4) return laboratoryPublication(random, { ...facts, panel: BLOOD_COUNT, measurements: measure(random, BLOOD_COUNT) });
    if (kind < 0.7) return laboratoryPublication(random, { ...facts, panel: CHEMISTRY, measurements: measure(random, CHEMISTRY) });
    return imagingPublication(random, { ...facts, ...inventImaging(random, random.pick(EXAMINATIONS)) });
  });
}
