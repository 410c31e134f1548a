import { patientOf, personOf } from './people.js';
import { bundleText } from './publication.js';
import { WrongAnswer } from './subject.js';
/** Patients in one transaction while the bench is prepared. */
const PATIENTS_AT_ONCE = 100;
/** Publishes a report; answers where each of its resources is (`Type/id`), in the order of the entries. Throws WrongAnswer. */
export async function publishReport(client, hospital, publication) {
    const { body } = await client.send(hospital, { method: 'POST', path: '/fhir', body: bundleText(publication) });
    return placesOf(body, publication.entries.length);
}
/** Makes persons known to a hospital; answers the ids of its Patients. */
export async function publishPatients(client, hospital, persons) {
    const places = [];
    for (let start = 0; start < persons.length; start += PATIENTS_AT_ONCE) {
        const entries = persons.slice(start, start + PATIENTS_AT_ONCE).map((it) => ({
            resource: patientOf(personOf(it)),
            request: { method: 'POST', url: 'Patient' },
        }));
        const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries });
        const reply = await client.send(hospital, { method: 'POST', path: '/fhir', body });
        places.push(...placesOf(reply.body, entries.length));
    }
    return places.map((it) => it.split('/')[1] ?? '');
}
/** Does the work for every item, from as many sides at once as the stage has clients, and says how far it has come. */
export async function forEach(stage, what, items, work) {
    const startedAt = performance.now();
    let saidAt = startedAt;
    let next = 0;
    let done = 0;
    const side = async () => {
        for (let item = items[next++]; item !== undefined; item = items[next++]) {
            await work(item);
            done += 1;
            if (performance.now() - saidAt < 1_000)
                continue;
            saidAt = performance.now();
            stage.say(`  ${what}: ${done} of ${items.length}, ${Math.round((done * 1_000) / (saidAt - startedAt))}/s`);
        }
    };
    await Promise.all(Array.from({ length: stage.clients }, side));
}
/** Checks that a transaction-response says "created" for each of this many entries. */
export function placesOf(body, entries) {
    const { entry = [] } = JSON.parse(body.toString('utf8'));
    const created = entry.filter((it) => it.response.status.startsWith('201'));
    if (created.length === entries && entry.length === entries)
        return entry.map((it) => (it.response.location ?? '').split('/_history')[0] ?? '');
    throw new WrongAnswer(`${created.length} of ${entry.length} entries created where ${entries} were sent`);
}
