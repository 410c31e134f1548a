import { BLOOD_COUNT, CHEMISTRY, measure } from './analytes.js';
import { EXAMINATIONS, imagingPublication, inventImaging } from './imaging-report.js';
import { laboratoryPublication } from './laboratory-report.js';
import { HOSPITALS } from './region.js';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Reports are spread over this time before now. */
const SPREAD_MS = 40 * DAY_MS;
/** Numbers reports as the hospitals of the region do: never the same twice, and never one of an earlier run of the demo. */
export class ReportNumbers {
    run;
    last = 0;
    constructor(run) {
        this.run = run;
    }
    next(hospital) {
        this.last += 1;
        return `${hospital.level}${this.run}${String(this.last).padStart(5, '0')}`.toUpperCase();
    }
}
/** Reports of the last forty days: of ten, four blood counts, three chemistry panels, three CT or MRI; larger hospitals have more. */
export function inventPublications(random, people, count, numbers, now) {
    return Array.from({ length: count }, () => {
        const hospital = random.pick([...HOSPITALS, ...HOSPITALS.filter((it) => it.level > 1), ...HOSPITALS.filter((it) => it.level === 3)]);
        const takenAt = new Date(now.getTime() - random.integer(HOUR_MS, SPREAD_MS));
        const facts = {
            hospital,
            person: random.pick(people),
            number: numbers.next(hospital),
            status: 'final',
            takenAt,
            issuedAt: new Date(Math.min(takenAt.getTime() + random.integer(HOUR_MS / 2, 6 * HOUR_MS), now.getTime())),
        };
        const kind = random.fraction();
        if (kind < 0.4)
            return laboratoryPublication(random, { ...facts, panel: BLOOD_COUNT, measurements: measure(random, BLOOD_COUNT) });
        if (kind < 0.7)
            return laboratoryPublication(random, { ...facts, panel: CHEMISTRY, measurements: measure(random, CHEMISTRY) });
        return imagingPublication(random, { ...facts, ...inventImaging(random, random.pick(EXAMINATIONS)) });
    });
}
