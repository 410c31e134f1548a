import { csvLine } from '../faces/csv-cells.rules.js';
const COLUMNS = [
    ['id', (it) => it.id],
    ['kind', (it) => it.kind],
    ['postedAt', (it) => it.postedAt],
    ['institutionUscc', (it) => it.institution.uscc],
    ['institutionName', (it) => it.institution.name],
    ['district', (it) => it.district],
    ['level', (it) => it.level],
    ['department', (it) => it.department],
    ['payer', (it) => it.payer],
    ['sourceUscc', (it) => it.source.uscc],
    ['sourceName', (it) => it.source.name],
    ['item', (it) => it.item],
    ['members', (it) => it.members?.join(' ')],
    ['amountFen', (it) => it.amountFen],
    ['fundFen', (it) => movedOn(it, 'fund-relief')],
    ['patientFen', (it) => movedOn(it, 'patient-relief')],
    ['undividedFen', (it) => movedOn(it, 'undivided')],
    ['price', (it) => it.price ?? 'unpriced'],
    ['payerRates', (it) => it.payerRates],
    ['edition', (it) => it.edition],
    ['rulesVersion', (it) => it.rulesVersion],
    ['cause', (it) => it.cause],
    ['causeReport', (it) => it.causeReport],
    ['check', (it) => it.check],
    ['decision', (it) => it.decision],
    ['report', (it) => it.report],
    ['reportVersion', (it) => it.reportVersion],
    ['encounter', (it) => it.encounter],
];
/** The columns of the entries as CSV. Shares have the sign of the amount and add up to it. */
export const ENTRY_COLUMNS = COLUMNS.map(([name]) => name);
/** An entry as a line of CSV. */
export function entryLine(entry) {
    return csvLine(COLUMNS.map(([, value]) => String(value(entry) ?? '')));
}
function movedOn({ postings }, account) {
    return postings.reduce((sum, it) => (it.account === account ? sum + it.debitFen - it.creditFen : sum), 0);
}
