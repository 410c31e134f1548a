import { BLOOD_COUNT, CHEMISTRY, correctValue, type Measurement, measure } from './analytes.ts';
import { systemOf } from './build-region.ts';
import type { ReportFacts } from './bundles.ts';
import { examinationOf, type ImagingReport, imagingPublication, inventImaging } from './imaging-report.ts';
import { type LaboratoryReport, laboratoryPublication } from './laboratory-report.ts';
import { type DemoPerson, inventPeople } from './people.ts';
import { type Published, publishReport, referenceOf } from './publish-reports.ts';
import { CENTRAL_HOSPITAL, type DemoHospital, DISTRICT_HOSPITAL, HEALTH_CENTRE } from './region.ts';
import type { Scene } from './scene.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The people the story is about, and the reports it turns on. */
export interface Cast {
  /** Examined in two hospitals, now before a doctor of the third. */
  readonly traveller: DemoPerson;
  /** Consents to images alone; the CT is withdrawn later. */
  readonly neighbour: DemoPerson;
  /** Brought in by an ambulance, cannot be asked. */
  readonly unconscious: DemoPerson;
  /** Known to nobody. */
  readonly stranger: DemoPerson;
  /** The traveller as a Patient of the central hospital, which has one examination of its own. */
  readonly travellerAtCentral: string;
  readonly chemistry: { readonly report: LaboratoryReport; readonly published: Published };
  readonly bloodCount: { readonly report: LaboratoryReport; readonly published: Published };
  readonly neighbourCt: { readonly report: ImagingReport; readonly published: Published };
}

/** Potassium as it was first reported; the laboratory finds later that two tubes had been exchanged. */
export const POTASSIUM_FIRST = '4.10';
export const POTASSIUM_CORRECTED = '5.90';

/** Invents the people of the story and publishes what they bring with them. */
export async function gatherCast(scene: Scene): Promise<Cast> {
  const { random } = scene;
  const [traveller, neighbour, unconscious, stranger] = inventPeople(random, 4, scene.now) as [
    DemoPerson,
    DemoPerson,
    DemoPerson,
    DemoPerson,
  ];

  const bloodCount = await publishLaboratory(scene, {
    ...facts(scene, HEALTH_CENTRE, traveller, 2 * HOUR_MS),
    panel: BLOOD_COUNT,
    measurements: measure(random, BLOOD_COUNT),
  });
  const chemistry = await publishLaboratory(scene, {
    ...facts(scene, DISTRICT_HOSPITAL, traveller, 3 * DAY_MS),
    panel: CHEMISTRY,
    measurements: firstReported(measure(random, CHEMISTRY)),
  });
  await publishImaging(scene, facts(scene, DISTRICT_HOSPITAL, traveller, 12 * DAY_MS), 'CT-CHEST-PLAIN');
  await publishImaging(scene, facts(scene, DISTRICT_HOSPITAL, traveller, 20 * DAY_MS), 'MR-LSPINE-PLAIN');
  await publishImaging(scene, facts(scene, HEALTH_CENTRE, traveller, 95 * DAY_MS), 'CT-HEAD-PLAIN');
  const own = await publishImaging(scene, facts(scene, CENTRAL_HOSPITAL, traveller, 8 * DAY_MS), 'MR-HEAD-PLAIN');

  await publishLaboratory(scene, {
    ...facts(scene, HEALTH_CENTRE, neighbour, 5 * DAY_MS),
    panel: CHEMISTRY,
    measurements: measure(random, CHEMISTRY),
  });
  const neighbourCt = await publishImaging(scene, facts(scene, HEALTH_CENTRE, neighbour, 6 * DAY_MS), 'CT-HEAD-PLAIN');
  await publishLaboratory(scene, {
    ...facts(scene, DISTRICT_HOSPITAL, unconscious, 30 * DAY_MS),
    panel: CHEMISTRY,
    measurements: measure(random, CHEMISTRY),
  });
  const travellerAtCentral = referenceOf(own.published, 'Patient').replace('Patient/', '');
  return { traveller, neighbour, unconscious, stranger, travellerAtCentral, chemistry, bloodCount, neighbourCt };
}

function firstReported(measurements: readonly Measurement[]): Measurement[] {
  return correctValue(measurements, 'K', POTASSIUM_FIRST).map((it) => ({ ...it, corrected: false }));
}

function facts(scene: Scene, hospital: DemoHospital, person: DemoPerson, agoMs: number): ReportFacts {
  const takenAt = new Date(scene.now.getTime() - agoMs);
  const issuedAt = new Date(takenAt.getTime() + Math.min(agoMs, HOUR_MS));
  return { hospital, person, number: scene.numbers.next(hospital), status: 'final', takenAt, issuedAt };
}

async function publishLaboratory(scene: Scene, report: LaboratoryReport) {
  const published = await publishReport(systemOf(scene.region, report.hospital), laboratoryPublication(scene.random, report));
  return { report, published };
}

async function publishImaging(scene: Scene, facts: ReportFacts, item: string) {
  const report: ImagingReport = { ...facts, ...inventImaging(scene.random, examinationOf(item)) };
  const published = await publishReport(systemOf(scene.region, report.hospital), imagingPublication(scene.random, report));
  return { report, published };
}
