import pg from 'pg';
import { patientNumber } from './people.js';
import { HOSPITALS } from './publication.js';
import { forEach, publishPatients, publishReport } from './publish-through.js';
import { columnsOf, INSERT_RESOURCES, insertReferencePatients } from './reference-tables.js';
/**
 * These persons with what was published about each of them, in the gateway and in the tables of the references. Every one is a patient of a
 * publishing hospital and of the asking one, and consents that the asking one may look.
 */
export async function makeKnownPeople(stage, client, numbers, historyOf) {
    const pool = new pg.Pool({ connectionString: stage.database.url, max: stage.clients });
    await insertReferencePatients(stage.database.session, numbers);
    const people = await registerPeople(stage, client, numbers);
    const publications = people.flatMap((person) => historyOf(person.number).map((publication) => ({ person, publication })));
    await forEach(stage, 'reports', publications, async ({ person, publication }) => {
        const places = await publishReport(client, person.publisher, publication);
        person.reports.push(places.at(-1) ?? '');
        person.parts += publication.entries.length - 1;
        const columns = columnsOf(publication.entries, person.number, patientNumber(person.number), new Date());
        await pool.query({ name: 'insert', text: INSERT_RESOURCES, values: [...columns] });
        person.referenceReports.push(columns[0].at(-1) ?? '');
    });
    await pool.end();
    // As a database in service has been by its own housekeeping.
    await stage.database.session.query('vacuum analyze');
    return people;
}
async function registerPeople(stage, client, numbers) {
    const askersPatients = await publishPatients(client, stage.asking, numbers);
    const askersPatientOf = new Map(numbers.map((number, place) => [number, askersPatients[place]]));
    const people = [];
    for (const [index, publisher] of stage.hospitals.entries()) {
        const own = numbers.filter((it) => it % HOSPITALS === index);
        const patients = await publishPatients(client, publisher, own);
        own.forEach((number, place) => {
            const [patient = '', askersPatient = ''] = [patients[place], askersPatientOf.get(number)];
            people.push({ number, publisher, patient, askersPatient, reports: [], referenceReports: [], parts: 0 });
        });
    }
    await forEach(stage, 'consents', people, async ({ askersPatient }) => {
        const body = JSON.stringify({ patient: { id: askersPatient }, decision: 'permit', method: 'on-site-qr' });
        await client.send(stage.asking, { method: 'POST', path: '/v1/consents', body });
    });
    return people;
}
/** The items one after the other, in an order without pattern, each as often as the others: in steps of at least `step`. */
export function inTurn(items, step) {
    let stride = step;
    while (commonDivisor(stride, items.length) > 1)
        stride += 1;
    let turn = 0;
    return () => items[(turn++ * stride) % items.length];
}
function commonDivisor(a, b) {
    return b === 0 ? a : commonDivisor(b, a % b);
}
