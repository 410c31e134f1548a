import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { takeCsv } from '../../faces/csv-body.js';
import { Problem } from '../../faces/problem.js';
import { findInstitutions } from '../../institutions/find-institution.js';
import { requireScope } from '../../security/require-scope.js';
import { CertificateInput, CertificateShown, ROWS_MAX, showCertificate } from './certificate.schema.js';
import { readCertificateCsv } from './certificate-csv.js';
import { setCertificates } from './set-certificates.js';
const List = Type.Object({ certificates: Type.Array(CertificateInput, { minItems: 1, maxItems: ROWS_MAX }) }, { additionalProperties: false });
export const setCertificatesRoute = async (app) => {
    takeCsv(app);
    app.put('/catalogue/certificates', {
        schema: {
            operationId: 'setCertificates',
            summary: 'Add quality certificates',
            description: 'By the operator, as JSON or as CSV (UTF-8, or `charset=gb18030`; columns uscc, item, scheme, scope, score, valid_from, valid_until, mark). All rows or none; a ' +
                'row that is stored already changes nothing. Rows that share a day with another certificate of the same institution, item, scheme and ' +
                'scope are refused. Every fault is told with its row and column.',
            tags: ['Catalogue'],
            consumes: ['application/json', 'text/csv'],
            body: { content: { 'application/json': { schema: List }, 'text/csv': { schema: Type.String() } } },
            response: {
                200: Type.Object({
                    added: Type.Integer({ description: 'How many are new; the others were stored already.' }),
                    certificates: Type.Array(CertificateShown, { description: 'In the order of the rows.' }),
                }),
                default: Problem,
            },
        },
    }, async (request) => {
        const { caller } = request;
        const body = request.body;
        requireScope(caller, 'operator');
        const drafts = typeof body === 'string' ? readCertificateCsv(body) : body.certificates.map(draftOf);
        const set = await transact(app.db, (tx) => setCertificates(tx, caller, drafts, new Date()));
        const institutions = await findInstitutions(app.db, [...new Set(set.certificates.map((it) => it.institution))]);
        return { added: set.added, certificates: set.certificates.map((it) => showCertificate(it, institutions)) };
    });
};
const MEMBERS = {
    uscc: 'uscc',
    item: 'item',
    scheme: 'scheme',
    scope: 'scope',
    score: 'score',
    valid_from: 'validFrom',
    valid_until: 'validUntil',
    mark: 'mark',
};
/** A row of JSON as the cells it would be in a file. */
function draftOf(row, index) {
    const cells = Object.fromEntries(Object.entries(MEMBERS).map(([column, member]) => [column, String(row[member] ?? '').trim()]));
    return {
        cells: cells,
        placeOf: (column) => `certificates[${index}].${MEMBERS[column]}`,
    };
}
