import pg from 'pg';
import { HttpConnections } from './http-connection.ts';
import { patientNumber } from './people.ts';
import { HOSPITALS, imagingReport, laboratoryReport, type Publication } from './publication.ts';
import { forEach, publishPatients, publishReport } from './publish-through.ts';
import { columnsOf, INSERT_RESOURCES, makeReferenceTables } from './reference-tables.ts';
import { expectEntries, expectOk, GatewayClient, type Hospital, type Stage } from './stage.ts';
import type { Subject, Work } from './subject.ts';

/** Persons that are looked up, and what there is about each of them. */
const PERSONS = 100;
const LABORATORY_REPORTS = 18;
const IMAGING_REPORTS = 2;
const REPORTS = LABORATORY_REPORTS + IMAGING_REPORTS;

/** A person as the two sides know them. */
interface Known {
  readonly number: number;
  readonly publisher: Hospital;
  /** Id of the publisher's Patient, and of the one of the hospital that asks. */
  readonly patient: string;
  readonly askersPatient: string;
  /** Reports in the gateway (`DiagnosticReport/id`), and in the tables of the references. */
  readonly reports: string[];
  readonly referenceReports: string[];
  /** Observations and ImagingStudies. */
  parts: number;
}

/**
 * Look-ups: `$prior-results` of 20 reports by another hospital with consent, a read by id (W2), and a search by patient and category
 * (W3), each beside the bare select that finds the same.
 */
export async function prepareLookup(stage: Stage): Promise<{ works: readonly Work[]; close(): void }> {
  const client = new GatewayClient(stage);
  const bare = new HttpConnections(stage.references.url, stage.clients);
  const pool = new pg.Pool({ connectionString: stage.database.url, max: stage.clients });
  stage.say(`  ${PERSONS} persons with ${REPORTS} reports each`);
  await makeReferenceTables(stage.database.session, PERSONS);
  const people = await registerPeople(stage, client);
  const publications = people.flatMap((person) => historyOf(person).map((publication) => ({ person, publication })));
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

  const pick = inTurn(people, 61);
  const turn = inTurn(
    Array.from({ length: REPORTS }, (_, index) => index),
    7,
  );
  const ours = (ask: (person: Known) => Promise<number>): Subject => ({
    name: 'Tongjian',
    server: stage.gateway.pid,
    once: () => ask(pick()),
  });
  const reference = (name: string, path: (person: Known) => string, entries?: (person: Known) => readonly [number, number]): Subject => ({
    name,
    server: stage.references.pid,
    once: async () => {
      const person = pick();
      const reply = expectOk(await bare.send({ path: path(person) }));
      if (entries) expectEntries(reply, ...entries(person));
      return reply.body.length;
    },
  });
  const bareRead = reference('bare primary-key select', (it) => `/resources/${it.referenceReports[turn()]}`);

  return {
    works: [
      {
        name: 'prior-results',
        about: `Patient/[id]/$prior-results: ${REPORTS} reports with their Observations and ImagingStudies, by another hospital with consent`,
        ours: ours(async (person) => {
          const path = `/fhir/Patient/${person.askersPatient}/$prior-results?_count=${REPORTS}`;
          return expectEntries(await client.send(stage.asking, { path }), REPORTS, person.parts).body.length;
        }),
        references: [
          reference(
            'bare indexed search',
            (it) => `/persons/${it.number}/results`,
            (it) => [REPORTS, it.parts],
          ),
          bareRead,
        ],
      },
      {
        name: 'read',
        about: 'GET DiagnosticReport/[id], by the hospital that published it',
        ours: ours(async (person) => {
          const { body } = await client.send(person.publisher, { path: `/fhir/${person.reports[turn()]}` });
          return body.length;
        }),
        references: [bareRead],
      },
      {
        name: 'search',
        about: `GET DiagnosticReport?patient=…&category=LAB, newest first: ${LABORATORY_REPORTS} reports, by the hospital that published them`,
        ours: ours(async (person) => {
          const path = `/fhir/DiagnosticReport?patient=${person.patient}&category=LAB&_sort=-date&_count=20`;
          return expectEntries(await client.send(person.publisher, { path }), LABORATORY_REPORTS, 0).body.length;
        }),
        references: [
          reference(
            'bare indexed search',
            (it) => `/persons/${it.number}/laboratory-reports`,
            () => [LABORATORY_REPORTS, 0],
          ),
        ],
      },
    ],
    close: () => {
      client.close();
      bare.close();
    },
  };
}

/** Every person becomes a patient of a publishing hospital and of the asking one, and consents that the asking one may look. */
async function registerPeople(stage: Stage, client: GatewayClient): Promise<readonly Known[]> {
  const numbers = Array.from({ length: PERSONS }, (_, person) => person);
  const askersPatients = await publishPatients(client, stage.asking, numbers);
  const people: Known[] = [];
  for (const [index, publisher] of stage.hospitals.entries()) {
    const own = numbers.filter((it) => it % HOSPITALS === index);
    const patients = await publishPatients(client, publisher, own);
    own.forEach((number, place) => {
      const [patient = '', askersPatient = ''] = [patients[place], askersPatients[number]];
      people.push({ number, publisher, patient, askersPatient, reports: [], referenceReports: [], parts: 0 });
    });
  }
  await forEach(stage, 'consents', people, async ({ askersPatient }) => {
    const body = JSON.stringify({ patient: { id: askersPatient }, decision: 'permit', method: 'on-site-qr' });
    await client.send(stage.asking, { method: 'POST', path: '/v1/consents', body });
  });
  return people;
}

function historyOf({ number }: Known): readonly Publication[] {
  return Array.from({ length: REPORTS }, (_, index) => {
    const report = number * REPORTS + index;
    return index < LABORATORY_REPORTS ? laboratoryReport(report, number) : imagingReport(report, number);
  });
}

/** The items one after the other, in an order without pattern: `step` and their number have no common divisor. */
function inTurn<Item>(items: readonly Item[], step: number): () => Item {
  let turn = 0;
  return () => items[(turn++ * step) % items.length] as Item;
}
