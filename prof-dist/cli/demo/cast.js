import { BLOOD_COUNT, CHEMISTRY, correctValue, measure } from './analytes.js';
import { systemOf } from './build-region.js';
import { examinationOf, imagingPublication, inventImaging } from './imaging-report.js';
import { laboratoryPublication } from './laboratory-report.js';
import { inventPeople } from './people.js';
import { publishReport, referenceOf } from './publish-reports.js';
import { CENTRAL_HOSPITAL, DISTRICT_HOSPITAL, HEALTH_CENTRE } from './region.js';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Potassium as it was first reported; the laboratory finds later that two tubes had been exchanged. */
export const POTASSIUM_FIRST = '4.10';
export const POTASSIUM_CORRECTED = '5.90';
/** Invents the people of the story and publishes what they bring with them. */
export async function gatherCast(scene) {
    const { random } = scene;
    const [traveller, neighbour, unconscious, stranger] = inventPeople(random, 4, scene.now);
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
function firstReported(measurements) {
    return correctValue(measurements, 'K', POTASSIUM_FIRST).map((it) => ({ ...it, corrected: false }));
}
function facts(scene, hospital, person, agoMs) {
    const takenAt = new Date(scene.now.getTime() - agoMs);
    const issuedAt = new Date(takenAt.getTime() + Math.min(agoMs, HOUR_MS));
    return { hospital, person, number: scene.numbers.next(hospital), status: 'final', takenAt, issuedAt };
}
async function publishLaboratory(scene, report) {
    const published = await publishReport(systemOf(scene.region, report.hospital), laboratoryPublication(scene.random, report));
    return { report, published };
}
async function publishImaging(scene, facts, item) {
    const report = { ...facts, ...inventImaging(scene.random, examinationOf(item)) };
    const published = await publishReport(systemOf(scene.region, report.hospital), imagingPublication(scene.random, report));
    return { report, published };
}
