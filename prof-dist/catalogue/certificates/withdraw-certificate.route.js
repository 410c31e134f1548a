import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { Problem } from '../../faces/problem.js';
import { findInstitutions } from '../../institutions/find-institution.js';
import { requireScope } from '../../security/require-scope.js';
import { CertificateId, CertificateShown, showCertificate } from './certificate.schema.js';
import { CONCERNED_MAX } from './recognitions-concerned.js';
import { withdrawCertificate } from './withdraw-certificate.js';
const Withdrawn = Type.Object({
    certificate: CertificateShown,
    recognitions: Type.Array(Type.Object({
        decision: Type.String({ description: 'Id of the decision.' }),
        institution: Type.Object({ uscc: Type.String(), name: Type.String() }, { description: 'Who recognised the result.' }),
        item: Type.String({ examples: ['K'] }),
        report: Type.String({ description: 'Reference to the report.' }),
        reportVersion: Type.Integer(),
        performedAt: Type.String({ description: 'Sampling or examination.' }),
        decidedAt: Type.String(),
    }), {
        description: `Recognitions that stand and relied on the certificate for a result sampled or examined on that day or later, the first ${CONCERNED_MAX}.`,
    }),
});
export const withdrawCertificateRoute = async (app, { recognitionsConcerned }) => {
    app.post('/catalogue/certificates/:id/withdrawal', {
        schema: {
            operationId: 'withdrawCertificate',
            summary: 'Withdraw a quality certificate',
            description: 'By the operator: results sampled or examined on the day named, or later, lose the mark. The same again gets the same answer, another day ' +
                'or reason 409. What was recognised in reliance on it stays as it was, and is listed.',
            tags: ['Catalogue'],
            params: CertificateId,
            body: Type.Object({
                from: Type.String({ maxLength: 10, description: 'First day in Beijing without it.', examples: ['2026-06-01'] }),
                reason: Type.String({ minLength: 1, maxLength: 500, examples: ['2026年第二次室间质评不合格'] }),
            }, { additionalProperties: false }),
            response: { 200: Withdrawn, 201: Withdrawn, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireScope(caller, 'operator');
        const { isNew, certificate, recognitions } = await transact(app.db, (tx) => withdrawCertificate(tx, recognitionsConcerned, caller, { ...params, ...body }, new Date()));
        const institutions = await findInstitutions(app.db, [certificate.institution]);
        return reply
            .code(isNew ? 201 : 200)
            .send({ certificate: showCertificate(certificate, institutions), recognitions: [...recognitions] });
    });
};
