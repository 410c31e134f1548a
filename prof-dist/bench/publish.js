import pg from 'pg';
import { FIRST_PERSONS, numbersFrom, patientNumber } from './people.js';
import { bundleText, HOSPITALS, laboratoryReport, RESULTS } from './publication.js';
import { forEach, placesOf, publishPatients, publishReport } from './publish-through.js';
import { columnsOf, INSERT_RESOURCES, insertReferencePatients } from './reference-tables.js';
import { expectOk, openWays } from './stage.js';
import { countStatements } from './statements.js';
import { tableBytes } from './table-bytes.js';
const PIECES_COUNTED = 20;
/** Sizes of report between which the number of statements must not differ. */
const SMALL = 5;
const LARGE = 60;
/**
 * W1: a transaction of 20 Observations and 1 DiagnosticReport of a known patient, beside the same bytes by one bare multi-row insert, and
 * beside a route that only parses, looks the patient up and inserts.
 */
export async function preparePublish(stage) {
    const { database, crowd, say } = stage;
    const persons = crowd.publish;
    const { client, bare, close } = openWays(stage);
    const pool = new pg.Pool({ connectionString: database.url, max: stage.clients });
    // The database may be started again in between.
    pool.on('error', () => undefined);
    say(`  ${persons} persons become patients of ${HOSPITALS} hospitals`);
    const numbers = numbersFrom(FIRST_PERSONS.publish, persons);
    await insertReferencePatients(database.session, numbers);
    const patients = [];
    await forEach(stage, 'patients', [...stage.hospitals.entries()], async ([index, hospital]) => {
        const own = numbers.filter((it) => it % HOSPITALS === index);
        patients.push(...(await publishPatients(client, hospital, own)));
    });
    // As a database in service has been by its own housekeeping.
    await database.session.query('vacuum analyze');
    const empty = { ours: await tableBytes(database.session, 'public'), reference: await tableBytes(database.session, 'reference') };
    let number = 0;
    const next = (results = RESULTS) => laboratoryReport(++number, (number * 7_919) % persons, results);
    const published = { ours: 0, reference: 0 };
    const ours = {
        name: 'Tongjian',
        server: stage.gateway,
        once: async () => {
            const publication = next();
            const hospital = stage.hospitals[publication.hospital];
            const { body } = await client.send(hospital, { method: 'POST', path: '/fhir', body: bundleText(publication) });
            placesOf(body, publication.entries.length);
            published.ours += 1;
            return body.length;
        },
    };
    const rawInsert = {
        name: 'one raw multi-row insert',
        server: undefined,
        once: async () => {
            const { entries, person } = next();
            const columns = columnsOf(entries, person, patientNumber(person), new Date());
            const { rowCount } = await pool.query({ name: 'insert', text: INSERT_RESOURCES, values: [...columns] });
            published.reference += 1;
            return rowCount ?? 0;
        },
    };
    const bareRoute = {
        name: 'bare publish route',
        server: stage.references,
        once: async () => {
            const publication = next();
            const headers = { 'content-type': 'application/fhir+json' };
            const { body } = expectOk(await bare.send({ method: 'POST', path: '/', headers, body: bundleText(publication) }));
            placesOf(body, publication.entries.length);
            published.reference += 1;
            return body.length;
        },
    };
    const sentBytes = Buffer.byteLength(bundleText(laboratoryReport(0, 0)));
    const countFor = async (results) => {
        const { perPiece } = await countStatements(database.session, PIECES_COUNTED, async () => {
            const publication = next(results);
            await publishReport(client, stage.hospitals[publication.hospital], publication);
        });
        return perPiece;
    };
    return {
        patients,
        work: {
            name: 'publish',
            about: `transaction of ${RESULTS} Observations and 1 DiagnosticReport, ${(sentBytes / 1_000).toFixed(1)} kB`,
            ours,
            references: [bareRoute, rawInsert],
        },
        costs: async () => ({
            sentBytes,
            diskBytes: ((await tableBytes(database.session, 'public')) - empty.ours) / published.ours,
            referenceDiskBytes: ((await tableBytes(database.session, 'reference')) - empty.reference) / published.reference,
            statements: database.countsStatements ? { small: await countFor(SMALL), large: await countFor(LARGE) } : undefined,
        }),
        close: async () => {
            close();
            await pool.end();
        },
    };
}
