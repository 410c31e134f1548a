import { ANALYTES } from './analytes.js';
import { inTurn, makeKnownPeople } from './known-people.js';
import { orderSign } from './order-sign.js';
import { FIRST_PERSONS, numbersFrom } from './people.js';
import { laboratoryReport, RESULTS } from './publication.js';
import { countOf, expectOk, openWays } from './stage.js';
import { WrongAnswer } from './subject.js';
/** With 20 results each some 2,000 resources a person. */
const REPORTS = 95;
const CODES = ANALYTES.map(([code]) => code);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Checks for persons that the bench makes first. */
export async function prepareCheck(stage) {
    const ways = openWays(stage);
    const people = await makeCheckPeople(stage, ways, stage.crowd.check);
    const { works, close } = checkWorks(stage, ways, people, people, await findMeasuredItems(stage, ways));
    return {
        works,
        close: () => {
            close();
            ways.close();
        },
    };
}
/** So many persons with some 2,000 resources each: of their reports the newest is an hour old, so that all of it may be recognised; the others are a week apart. */
export async function makeCheckPeople(stage, { client }, count) {
    stage.say(`  ${count} persons with ${REPORTS * (RESULTS + 1)} resources each`);
    return makeKnownPeople(stage, client, numbersFrom(FIRST_PERSONS.check, count), (it) => historyOf(it, Date.now() - HOUR_MS));
}
/** The catalogue's items of the analytes that are measured. */
export async function findMeasuredItems(stage, { client }) {
    return itemsOf(client, stage, CODES);
}
/**
 * Checks of recognition by another hospital with consent, of one item and of twenty, for persons with 2,000 resources each, beside the bare
 * search that finds the newest result of the same codes, and beside a bare select by key; and the same for a CDS Hooks call at the signing
 * of one order, for persons whose patient numbers the gateway knows (`ordering`).
 */
export function checkWorks(stage, { client, bare }, people, ordering, items) {
    const pick = inTurn(people, 7);
    const turn = inTurn(Array.from({ length: REPORTS }, (_, index) => index), 7);
    const reference = (name, path, matches) => ({
        name,
        server: stage.references,
        once: async () => {
            const { body } = expectOk(await bare.send({ path: path(pick()) }));
            if (matches !== undefined)
                expectCount(body, '"fullUrl":', matches);
            return body.length;
        },
    });
    const work = (count) => ({
        name: `check-${count}`,
        about: `POST /v1/recognition-checks of ${count} of ${items.length} items, by another hospital with consent, for persons with ${REPORTS * (RESULTS + 1)} resources`,
        ours: {
            name: 'Tongjian',
            server: stage.gateway,
            once: async () => {
                const question = {
                    patient: { id: pick().askersPatient },
                    setting: 'outpatient',
                    trigger: 'order-entry',
                    items: items.slice(0, count),
                };
                const { body } = await client.send(stage.asking, {
                    method: 'POST',
                    path: '/v1/recognition-checks',
                    body: JSON.stringify(question),
                });
                expectCount(body, '"verdict":"recognisable"', count);
                return body.length;
            },
        },
        references: [
            reference('bare indexed search', (it) => `/persons/${it.number}/newest?codes=${CODES.slice(0, count).join(',')}`, count),
            reference('bare primary-key select', (it) => `/resources/${it.referenceReports[turn()]}`),
        ],
    });
    const signing = orderSign(stage, inTurn(ordering, 7), items[0] ?? '');
    const orderWork = {
        name: 'order-sign',
        about: `CDS Hooks order-sign of one draft order with prefetch, by a JWT each (signed ahead), a visit each, for the same persons`,
        ours: signing.subject,
        references: work(1).references,
    };
    return {
        works: [work(1), work(RESULTS), orderWork],
        close: () => signing.close(),
    };
}
/** Reports of a person from `newest` (milliseconds) back. */
function historyOf(person, newest) {
    return Array.from({ length: REPORTS }, (_, index) => at(newest - index * 7 * DAY_MS, laboratoryReport(person * REPORTS + index, person)));
}
/** The publication as of another time. */
function at(taken, { entries, ...publication }) {
    const times = { effectiveDateTime: new Date(taken).toISOString(), issued: new Date(taken + HOUR_MS / 2).toISOString() };
    return { ...publication, entries: entries.map((it) => ({ ...it, resource: { ...it.resource, ...times } })) };
}
/** The catalogue's items of these LOINC codes, in their order. */
async function itemsOf(client, stage, codes) {
    const byCode = new Map();
    for (let query = 'limit=100', more = true; more;) {
        const { body } = await client.send(stage.asking, { path: `/v1/catalogue/items?${query}` });
        const page = JSON.parse(body.toString('utf8'));
        for (const { code, loinc } of page.items)
            if (loinc !== null)
                byCode.set(loinc, code);
        more = page.next !== undefined;
        query = `limit=100&cursor=${page.next}`;
    }
    const found = codes.flatMap((it) => byCode.get(it) ?? []);
    if (found.length === codes.length)
        return found;
    throw new WrongAnswer(`the catalogue has ${found.length} of the ${codes.length} items that are measured`);
}
function expectCount(body, text, count) {
    const found = countOf(body, text);
    if (found !== count)
        throw new WrongAnswer(`${found} × ${text} where ${count} were expected: ${body.toString('utf8', 0, 400)}`);
}
