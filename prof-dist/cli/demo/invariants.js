import { DemoError } from './answer.js';
import { cameBackExactly } from './exact-text.js';
import { unversioned } from './publish-reports.js';
import { Progress } from './terminal.js';
const READERS = 8;
/** Types whose every resource is read again; the rest of a publication are directory entries that several share. */
const READ_AGAIN = ['DiagnosticReport', 'Observation', 'ImagingStudy', 'Specimen', 'ServiceRequest'];
/** Reads again everything that was published, by the hospital that published it, and compares it byte for byte. */
export async function verifyPublications(scene, published, readerOf) {
    const wanted = published.flatMap((it) => it.publication.entries.filter((entry) => READ_AGAIN.includes(entry.type)).map((entry) => ({ it, fullUrl: entry.fullUrl })));
    const progress = new Progress(scene.print, 'resources read again', wanted.length);
    const altered = [];
    const queue = wanted.values();
    const reader = async () => {
        for (const { it, fullUrl } of queue) {
            const reference = unversioned(it.references.get(fullUrl) ?? '');
            const answer = await readerOf(it).send('GET', `/fhir/${reference}`, { headers: { accept: 'application/fhir+json' } });
            if (!answer.ok || !cameBackExactly(it, fullUrl, answer.text))
                altered.push(`${reference} ${answer.status}`);
            progress.add();
        }
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    if (wanted.length === 0)
        throw new DemoError('Nothing was published that could be read again');
    scene.findings.verify(`everything published is read again as it was sent, byte for byte (${wanted.length} resources)`, altered.length === 0, altered.slice(0, 5));
}
