import { Failure } from '../../failure.js';
import { parseExactJson, utf8Text } from '../../fhir/exact-json.js';
import { faultsOfHead } from './edition.rules.js';
import { draftsOfCodeSystem, headOfCodeSystem, placeOfHead } from './edition-code-system.rules.js';
import { readEditionCsv } from './edition-csv.js';
import { ITEM_SYSTEM } from './find-items.js';
import { readItems } from './read-items.rules.js';
/** An edition as CSV, with its head from the address. Throws `malformed`, `too-large`, and `rule-violated` with every fault. */
export function readCsvEdition(edition, { title = '', effectiveFrom = '' }, text) {
    const head = { edition, title: title.trim(), effectiveFrom };
    return accepted(faultsOfHead(head, (part) => part), head, readItems(readEditionCsv(text)));
}
/**
 * An edition as the text of a CodeSystem, which has to be the one of the address. Throws `malformed` and `rule-violated` with every fault.
 */
export function readCodeSystemEdition(edition, query, bytes) {
    const resource = parseExactJson(utf8Text(bytes), 'CodeSystem').value;
    const faults = Object.keys(query).map((path) => ({
        path,
        en: 'is said by the CodeSystem itself and cannot stand in the address',
        zh: '已由 CodeSystem 给出，不能写在地址中',
    }));
    if (!isEditionCodeSystem(resource)) {
        faults.push({ path: 'url', en: `is not a CodeSystem ${ITEM_SYSTEM}`, zh: `应为 CodeSystem ${ITEM_SYSTEM}` });
    }
    if (headOfCodeSystem(resource).edition !== edition) {
        faults.push({ path: 'version', en: `is not "${edition}", as the address says`, zh: `与地址中的“${edition}”不符` });
    }
    return accepted(faults, headOfCodeSystem(resource), editionOf(resource));
}
/** Whether a resource claims to be an edition of our own items. */
export function isEditionCodeSystem(resource) {
    return resource['resourceType'] === 'CodeSystem' && resource['url'] === ITEM_SYSTEM;
}
/** The edition that a CodeSystem is, or everything that is wrong with it. */
export function editionOf(resource) {
    const head = headOfCodeSystem(resource);
    const { drafts, issues } = draftsOfCodeSystem(resource);
    const read = readItems(drafts);
    const all = [...faultsOfHead(head, placeOfHead), ...issues, ...('issues' in read ? read.issues : [])];
    return 'issues' in read || all.length > 0 ? { issues: all } : { head, items: read.items };
}
function accepted(faults, head, read) {
    const all = 'issues' in read ? [...faults, ...read.issues] : faults;
    if ('issues' in read || all.length > 0)
        throw new Failure('rule-violated', all);
    return { head, items: read.items };
}
