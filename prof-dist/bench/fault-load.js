import { setTimeout as sleep } from 'node:timers/promises';
import { makeLookupPeople } from './lookup.js';
import { FIRST_PERSONS, numbersFrom } from './people.js';
import { bundleText, HOSPITALS, laboratoryReport } from './publication.js';
import { publishPatients } from './publish-through.js';
import { GatewayClient, openWays } from './stage.js';
/** What one does who is told to come again later: a little, so that the end of a fault is not missed. */
const PAUSE_MS = 50;
const PERSONS = { few: 5, many: 30 };
const REPORTS_OF_RUN = 1_000_000;
const ALL_KINDS = ['read', 'search', 'check', 'read', 'publish', 'read', 'search', 'check'];
/** Makes the persons whom the load is about. */
export async function prepareFaultLoad(stage, isSmall) {
    const ways = openWays(stage);
    const count = isSmall ? PERSONS.few : PERSONS.many;
    const people = await makeLookupPeople(stage, ways, count);
    const numbers = numbersFrom(FIRST_PERSONS.publish, count);
    for (const [index, hospital] of stage.hospitals.entries()) {
        await publishPatients(ways.client, hospital, numbers.filter((it) => it % HOSPITALS === index));
    }
    const acknowledged = [];
    let turn = 0;
    const nextPiece = (kinds) => {
        const number = turn++;
        const kind = kinds[number % kinds.length];
        const person = people[(number * 7) % people.length];
        if (!person)
            throw new Error('there is nobody to ask about');
        switch (kind) {
            case 'publish': {
                const publication = laboratoryReport(REPORTS_OF_RUN + number, numbers[number % count] ?? 0);
                const request = { method: 'POST', path: '/fhir', body: bundleText(publication) };
                return { kind, hospital: stage.hospitals[publication.hospital], request, publication };
            }
            case 'read':
                return { kind, hospital: person.publisher, request: { path: `/fhir/${person.reports[number % person.reports.length]}` } };
            case 'search': {
                const path = `/fhir/DiagnosticReport?patient=${person.patient}&category=LAB&_sort=-date&_count=20`;
                return { kind, hospital: person.publisher, request: { path } };
            }
            case 'check': {
                const body = JSON.stringify({
                    patient: { id: person.askersPatient },
                    setting: 'outpatient',
                    trigger: 'order-entry',
                    items: ['GLU'],
                });
                return { kind, hospital: stage.asking, request: { method: 'POST', path: '/v1/recognition-checks', body } };
            }
        }
    };
    const ask = async (client, kinds = ALL_KINDS) => {
        const piece = nextPiece(kinds);
        const askedAt = performance.now();
        const { status, saysWhen } = await client.ask(piece.hospital, piece.request).then((it) => ({ status: it.status, saysWhen: it.headers['retry-after'] !== undefined }), () => ({ status: 0, saysWhen: false }));
        if (piece.publication && status === 200)
            acknowledged.push(piece.publication);
        return { askedAt, answeredAt: performance.now(), status, saysWhen, kind: piece.kind };
    };
    return {
        ask,
        acknowledged,
        keepAsking: (clients, kinds = ALL_KINDS, gateway = stage.gateway) => {
            const outcomes = [];
            const client = new GatewayClient({ gateway, clients });
            let isOver = false;
            const side = async () => {
                while (!isOver) {
                    const outcome = await ask(client, kinds);
                    outcomes.push(outcome);
                    if (outcome.status >= 400 || outcome.status === 0)
                        await sleep(PAUSE_MS);
                }
            };
            const sides = Array.from({ length: clients }, side);
            return {
                stop: async () => {
                    isOver = true;
                    await Promise.all(sides);
                    client.close();
                    return outcomes;
                },
            };
        },
        close: () => ways.close(),
    };
}
