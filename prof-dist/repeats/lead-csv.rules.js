import { csvLine } from '../faces/csv-cells.rules.js';
const COLUMNS = [
    ['id', (it) => it.id],
    ['state', (it) => it.state],
    ['outcome', (it) => it.outcome],
    ['institutionUscc', (it) => it.institution.uscc],
    ['institutionName', (it) => it.institution.name],
    ['item', (it) => it.item],
    ['report', (it) => it.report],
    ['performedAt', (it) => it.performedAt],
    ['doctorSystem', (it) => it.doctor?.system],
    ['doctorValue', (it) => it.doctor?.value],
    ['doctorName', (it) => it.doctor?.name],
    ['openedAt', (it) => it.openedAt],
    ['changedAt', (it) => it.changedAt],
    ['reviewerSystem', (it) => it.reviewer?.system],
    ['reviewerValue', (it) => it.reviewer?.value],
    ['reviewerName', (it) => it.reviewer?.name],
];
/** The columns of the leads as CSV. */
export const LEAD_COLUMNS = COLUMNS.map(([name]) => name);
/** A lead as a line of CSV. */
export function leadLine(lead) {
    return csvLine(COLUMNS.map(([, value]) => value(lead) ?? ''));
}
