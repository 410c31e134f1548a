import { isUtf8 } from 'node:buffer';
import { Failure } from '../failure.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { draftOfDocument } from './draft-of.js';
import { fingerprint } from './hash.js';
import { versionedReference } from './outcome-headers.js';
import { isPerson } from './resource-id.js';
import { storeResources } from './store-resources.js';
const HEADER = 'X-Provenance';
/**
 * Stores what the X-Provenance header says about the versions just written (R4, 6.3.4.2): the Provenance as it was sent, with them as its
 * target; of a request about several persons one for each, since what is said about one of them is nobody else's. Nothing without the
 * header, or where nothing was written.
 *
 * Throws `malformed` for a header that is no Provenance, or one that names a target itself.
 */
export async function recordProvenance(tx, custody, caller, header, outcomes, request, now) {
    if (header === undefined)
        return;
    const source = readProvenance(header);
    const targets = new Map();
    for (const outcome of outcomes) {
        if (outcome.status !== 'created' && outcome.status !== 'updated')
            continue;
        const person = isPerson(outcome.key.person) ? outcome.key.person : 0n;
        const list = targets.get(person);
        if (list)
            list.push(versionedReference(outcome));
        else
            targets.set(person, [versionedReference(outcome)]);
    }
    const drafts = [...targets.values()].map((references) => {
        const target = JSON.stringify(references.map((reference) => ({ reference })));
        const document = parseExactJson(withTarget(source, target), HEADER);
        return draftOfDocument(document, 'Provenance', { kind: 'create' }, HEADER);
    });
    if (drafts.length === 0)
        return;
    await storeResources(tx, custody, caller, drafts, { ...request, fingerprint: fingerprint(header) }, now);
}
function readProvenance(header) {
    // A header arrives byte by byte; its text is UTF-8 where it is more than ASCII.
    const bytes = Buffer.from(header, 'latin1');
    const document = parseExactJson(isUtf8(bytes) ? bytes.toString('utf8') : header, HEADER);
    draftOfDocument(document, 'Provenance', { kind: 'create' }, HEADER);
    if (document.value['target'] === undefined)
        return document;
    throw new Failure('malformed', {
        path: `${HEADER}.target`,
        en: 'is set by this server; leave it out',
        zh: '由系统填写，请勿提供',
    });
}
function withTarget({ text, value, spans }, target) {
    const first = spans.get(value)?.members.get('resourceType');
    if (!first)
        throw new Error('a resource without its type');
    return `${text.slice(0, first.end)},"target":${target}${text.slice(first.end)}`;
}
