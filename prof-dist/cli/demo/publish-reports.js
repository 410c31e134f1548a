import { listAt, textAt } from './answer.js';
import { Progress } from './terminal.js';
/** Sends one publication; an error that names the refusal if it is not taken. */
export async function publishReport(system, publication) {
    return publishedAs(publication, (await system.publish(publication.text)).expectOk(`Report ${publication.identifier.value}`));
}
/** What the transaction response says the entries became (R4, 3.1.0.11.2: in the order of the request). */
export function publishedAs(publication, answer) {
    const entries = listAt(answer.body, 'entry');
    const references = new Map(publication.entries.map((sent, index) => [sent.fullUrl, located(entries[index])]));
    return { publication, references };
}
/** Sends all of them over as many connections as given, each by its own hospital's system. */
export async function publishReports(systemOf, publications, connections, print) {
    const progress = new Progress(print, 'reports published', publications.length);
    const published = [];
    const queue = publications.values();
    const worker = async () => {
        for (const publication of queue) {
            published.push(await publishReport(systemOf(publication), publication));
            progress.add();
        }
    };
    // Nobody goes on sending behind the back of whoever hears of a failure.
    const outcomes = await Promise.allSettled(Array.from({ length: connections }, worker));
    for (const it of outcomes)
        if (it.status === 'rejected')
            throw it.reason;
    return published;
}
/** What the first entry of a type became, without its version; `holding` finds one among several by a piece of its text. */
export function referenceOf(published, type, holding = '') {
    const sent = published.publication.entries.find((it) => it.type === type && it.text.includes(holding));
    return unversioned(published.references.get(sent?.fullUrl ?? '') ?? '');
}
/** `Observation/1/_history/2` → `Observation/1`. */
export function unversioned(reference) {
    return reference.replace(/\/_history\/.*$/, '');
}
/** The relative, versioned reference an entry of a transaction response names in its location. */
function located(entry) {
    const location = textAt(entry, 'response', 'location');
    return /[A-Z]\w+\/[\w.-]+(?:\/_history\/[\w.-]+)?$/.exec(location)?.[0] ?? '';
}
