import { Problem } from '../../faces/problem.js';
import { findInstitutions } from '../../institutions/find-institution.js';
import { CertificateId, CertificateShown, showCertificate } from './certificate.schema.js';
import { requireCertificate } from './require-certificate.js';
export const showCertificateRoute = async (app) => {
    app.get('/catalogue/certificates/:id', {
        config: { unlogged: true },
        schema: {
            operationId: 'showCertificate',
            summary: 'A quality certificate',
            description: 'As it was added, and whether it was withdrawn. For every caller.',
            tags: ['Catalogue'],
            params: CertificateId,
            response: { 200: CertificateShown, default: Problem },
        },
    }, async (request) => {
        const certificate = await requireCertificate(app.db, request.params.id);
        return showCertificate(certificate, await findInstitutions(app.db, [certificate.institution]));
    });
};
