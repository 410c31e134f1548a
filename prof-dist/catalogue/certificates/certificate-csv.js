import { csvLine } from '../../faces/csv-cells.rules.js';
import { readCsv } from '../../faces/read-csv.js';
import { CERTIFICATE_COLUMNS } from './certificate.rules.js';
import { ROWS_MAX } from './certificate.schema.js';
/** What a list says beside the columns that make a certificate. */
const FURTHER_COLUMNS = ['id', 'institution', 'recorded_at', 'withdrawn_from', 'withdrawal_reason'];
/** The rows of a list of certificates; the further columns of `certificateLine` are passed over, so that what was exported can be sent back. */
export function readCertificateCsv(text) {
    return readCsv(text, {
        needed: ['uscc', 'item', 'scheme', 'scope', 'valid_from', 'valid_until'],
        optional: ['score', 'mark'],
        passedOver: FURTHER_COLUMNS,
        rowsMax: ROWS_MAX,
    });
}
/** The columns of a list as CSV. */
export const LIST_COLUMNS = [...CERTIFICATE_COLUMNS, ...FURTHER_COLUMNS];
/** A certificate as a line of CSV. */
export function certificateLine(it) {
    const own = {
        uscc: it.uscc,
        item: it.item,
        scheme: it.scheme,
        scope: it.scope,
        score: it.score === null ? '' : String(it.score),
        valid_from: it.validFrom,
        valid_until: it.validUntil,
        mark: it.mark,
    };
    const further = {
        id: it.id,
        institution: it.institutionName,
        recorded_at: it.recordedAt,
        withdrawn_from: it.withdrawal?.from ?? '',
        withdrawal_reason: it.withdrawal?.reason ?? '',
    };
    return csvLine([...CERTIFICATE_COLUMNS.map((column) => own[column]), ...FURTHER_COLUMNS.map((column) => further[column])]);
}
