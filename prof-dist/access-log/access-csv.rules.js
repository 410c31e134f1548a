import { csvLine } from '../faces/csv-cells.rules.js';
const COLUMNS = [
    ['id', (it) => it.id],
    ['recordedAt', (it) => it.recordedAt],
    ['action', (it) => it.action],
    ['interaction', (it) => it.interaction],
    ['outcome', (it) => String(it.outcome)],
    ['failure', (it) => it.failure],
    ['person', (it) => it.person],
    ['institutionUscc', (it) => it.institution?.uscc],
    ['institutionName', (it) => it.institution?.name],
    ['client', (it) => it.client],
    ['practitionerSystem', (it) => it.practitioner?.system],
    ['practitionerValue', (it) => it.practitioner?.value],
    ['practitionerName', (it) => it.practitioner?.name],
    ['purpose', (it) => it.purpose],
    ['reason', (it) => it.reason],
    ['reviewDue', (it) => String(it.reviewDue)],
    ['entities', (it) => it.entities.join(' ')],
    ['query', (it) => it.query],
    ['requestId', (it) => it.requestId],
    ['address', (it) => it.address],
    ['consents', (it) => it.consents?.join(' ')],
    ['reviewOutcome', (it) => it.review?.outcome],
    ['reviewText', (it) => it.review?.text],
    ['reviewedAt', (it) => it.review?.reviewedAt],
];
const LEAF_COLUMNS = [
    ['leafIndex', (it) => (it.leaf ? String(it.leaf.index) : undefined)],
    ['leafSalt', (it) => it.leaf?.salt],
];
/** The log as CSV, with two columns more where each entry's leaf was asked for. */
export function accessCsv(leaves) {
    const columns = leaves ? [...COLUMNS, ...LEAF_COLUMNS] : COLUMNS;
    return {
        columns: columns.map(([name]) => name),
        lineOf: (entry) => csvLine(columns.map(([, value]) => value(entry) ?? '')),
    };
}
