import { inTurn, makeKnownPeople } from './known-people.js';
import { FIRST_PERSONS, numbersFrom } from './people.js';
import { imagingReport, laboratoryReport } from './publication.js';
import { expectEntries, expectOk, openWays } from './stage.js';
/** What there is about a person that is looked up. */
const LABORATORY_REPORTS = 18;
const IMAGING_REPORTS = 2;
export const REPORTS = LABORATORY_REPORTS + IMAGING_REPORTS;
/** Look-ups of persons that the bench makes first. */
export async function prepareLookup(stage) {
    const ways = openWays(stage);
    const people = await makeLookupPeople(stage, ways, stage.crowd.lookup);
    return { works: lookupWorks(stage, ways, people), close: () => ways.close() };
}
/** So many persons with twenty reports each. */
export async function makeLookupPeople(stage, { client }, count) {
    stage.say(`  ${count} persons with ${REPORTS} reports each`);
    return makeKnownPeople(stage, client, numbersFrom(FIRST_PERSONS.lookup, count), historyOf);
}
/**
 * Look-ups: `$prior-results` of 20 reports by another hospital with consent, a read by id (W2), and a search by patient and category
 * (W3), each beside the bare select that finds the same.
 */
export function lookupWorks(stage, { client, bare }, people) {
    const pick = inTurn(people, 61);
    const turn = inTurn(Array.from({ length: REPORTS }, (_, index) => index), 7);
    const ours = (ask) => ({
        name: 'Tongjian',
        server: stage.gateway,
        once: () => ask(pick()),
    });
    const reference = (name, path, entries) => ({
        name,
        server: stage.references,
        once: async () => {
            const person = pick();
            const reply = expectOk(await bare.send({ path: path(person) }));
            if (entries)
                expectEntries(reply, ...entries(person));
            return reply.body.length;
        },
    });
    const bareRead = reference('bare primary-key select', (it) => `/resources/${it.referenceReports[turn()]}`);
    return [
        {
            name: 'prior-results',
            about: `Patient/[id]/$prior-results: ${REPORTS} reports with their Observations and ImagingStudies, by another hospital with consent`,
            ours: ours(async (person) => {
                const path = `/fhir/Patient/${person.askersPatient}/$prior-results?_count=${REPORTS}`;
                return expectEntries(await client.send(stage.asking, { path }), REPORTS, person.parts).body.length;
            }),
            references: [
                reference('bare indexed search', (it) => `/persons/${it.number}/results`, (it) => [REPORTS, it.parts]),
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
                reference('bare indexed search', (it) => `/persons/${it.number}/laboratory-reports`, () => [LABORATORY_REPORTS, 0]),
            ],
        },
    ];
}
/** What there is about one of them. */
function historyOf(person) {
    return Array.from({ length: REPORTS }, (_, index) => {
        const report = person * REPORTS + index;
        return index < LABORATORY_REPORTS ? laboratoryReport(report, person) : imagingReport(report, person);
    });
}
