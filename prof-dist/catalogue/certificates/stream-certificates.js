import { findInstitutions } from '../../institutions/find-institution.js';
import { listCertificates } from './certificate.queries.js';
import { showCertificate } from './certificate.schema.js';
import { certificateLine } from './certificate-csv.js';
const BATCH = 1_000;
/** Every certificate that fits as lines of CSV, read as fast as they are taken. */
export async function* streamCertificates(reader, filter) {
    let after;
    do {
        const rows = await listCertificates(reader, filter, after, BATCH);
        const institutions = await findInstitutions(reader, [...new Set(rows.map((it) => it.institution))]);
        if (rows.length > 0)
            yield rows.map((it) => certificateLine(showCertificate(it, institutions))).join('');
        const last = rows.length === BATCH ? rows.at(-1) : undefined;
        after = last && placeOf(last);
    } while (after);
}
/** Where a list goes on after a certificate. */
export function placeOf({ item, institution, validFrom, id }) {
    return [item, institution, validFrom, id];
}
