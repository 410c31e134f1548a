import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { reviewReach } from './audit-reach.js';
import { EmergencyAccess, ReviewRequest } from './emergency-access.schema.js';
import { reviewEmergencyAccess } from './review-emergency-access.js';
/** The review that every emergency access gets afterwards. */
export const reviewEmergencyAccessRoute = async (app) => {
    app.post('/emergency-accesses/:id/review', {
        schema: {
            operationId: 'reviewEmergencyAccess',
            summary: 'Say whether an emergency access was justified',
            description: 'By somebody else than the clinician who looked (`X-Acting-Practitioner`), with the scope `audit.review`; final. The same review by the same person again is answered alike (200), another one 409. The patient’s own log shows it.',
            tags: ['Access log'],
            params: Type.Object({ id: Type.String({ maxLength: 64, description: 'Id of the entry of the access log.' }) }),
            body: ReviewRequest,
            response: { 200: EmergencyAccess, 201: EmergencyAccess, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        const reach = reviewReach(caller);
        const reviewer = requirePractitioner(caller);
        const { isNew, access } = await transact(app.db, (tx) => reviewEmergencyAccess(tx, caller, reviewer, { id: params.id, reach }, body, new Date()));
        return reply.code(isNew ? 201 : 200).send(access);
    });
};
