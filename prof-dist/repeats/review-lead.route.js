import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { LeadId, LeadWithEvidence } from './lead.schema.js';
import { reviewReach } from './lead-reach.js';
import { takeLead } from './review-lead.js';
export const reviewLeadRoute = async (app) => {
    app.post('/leads/:id/review', {
        schema: {
            operationId: 'reviewLead',
            summary: 'Take a lead into review',
            description: 'In the name of the reviewer (`X-Acting-Practitioner`), who is not the clinician whom it is about, with the scope `leads.review`. Again by the same one 200; 409 where somebody else has it, or it is closed.',
            tags: ['Repeats'],
            params: LeadId,
            response: { 200: LeadWithEvidence, 201: LeadWithEvidence, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params } = request;
        const reach = reviewReach(caller);
        const reviewer = requirePractitioner(caller);
        const { isNew, lead } = await transact(app.db, (tx) => takeLead(tx, caller, reviewer, { id: params.id, reach }, new Date()));
        return reply.code(isNew ? 201 : 200).send(lead);
    });
};
