import { csvLine } from '../faces/csv-cells.rules.js';
const COLUMNS = [
    ['id', (it) => it.id],
    ['kind', (it) => it.kind],
    ['state', (it) => it.state],
    ['report', (it) => it.report],
    ['reportVersion', (it) => it.reportVersion?.toString()],
    ['changes', (it) => String(it.changes)],
    ['sourceUscc', (it) => it.source.uscc],
    ['sourceName', (it) => it.source.name],
    ['receiverUscc', (it) => it.receiver?.uscc],
    ['receiverName', (it) => it.receiver?.name],
    ['correctedAt', (it) => it.correctedAt],
    ['toldAt', (it) => it.toldAt],
    ['dueAt', (it) => it.dueAt],
    ['ageHours', (it) => String(it.ageHours)],
    ['overdue', (it) => String(it.overdue)],
    ['bases', (it) => it.bases?.join(' ')],
    ['lastReliedAt', (it) => it.lastReliedAt],
    ['acknowledgedAt', (it) => it.acknowledgedAt],
    ['acknowledgedByName', (it) => it.acknowledgedBy?.name],
    ['note', (it) => it.note],
    ['supersedes', (it) => it.supersedes],
    ['supersededBy', (it) => it.supersededBy],
];
/** The columns of a list of recalls as CSV. */
export const RECALL_COLUMNS = COLUMNS.map(([name]) => name);
/** A recall as a line of CSV. */
export function recallLine(recall) {
    return csvLine(COLUMNS.map(([, value]) => value(recall) ?? ''));
}
