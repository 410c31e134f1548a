import { HttpConnections } from './http-connection.ts';
import { inTurn, type Known, makeKnownPeople } from './known-people.ts';
import { imagingReport, laboratoryReport, type Publication } from './publication.ts';
import { expectEntries, expectOk, GatewayClient, type Stage } from './stage.ts';
import type { Subject, Work } from './subject.ts';

/** Persons that are looked up, and what there is about each of them. */
export const PERSONS = 100;
const LABORATORY_REPORTS = 18;
const IMAGING_REPORTS = 2;
export const REPORTS = LABORATORY_REPORTS + IMAGING_REPORTS;

/**
 * Look-ups: `$prior-results` of 20 reports by another hospital with consent, a read by id (W2), and a search by patient and category
 * (W3), each beside the bare select that finds the same.
 */
export async function prepareLookup(stage: Stage): Promise<{ works: readonly Work[]; close(): void }> {
  const client = new GatewayClient(stage);
  const bare = new HttpConnections(stage.references.url, stage.clients);
  stage.say(`  ${PERSONS} persons with ${REPORTS} reports each`);
  const people = await makeKnownPeople(stage, client, PERSONS, historyOf);

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

/** What there is about one of them. */
export function historyOf(person: number): readonly Publication[] {
  return Array.from({ length: REPORTS }, (_, index) => {
    const report = person * REPORTS + index;
    return index < LABORATORY_REPORTS ? laboratoryReport(report, person) : imagingReport(report, person);
  });
}
