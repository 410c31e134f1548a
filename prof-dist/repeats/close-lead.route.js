import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { LeadId, LeadWithEvidence, OutcomeRequest } from './lead.schema.js';
import { reviewReach } from './lead-reach.js';
import { closeLead } from './review-lead.js';
export const closeLeadRoute = async (app) => {
    app.post('/leads/:id/outcome', {
        schema: {
            operationId: 'closeLead',
            summary: 'Close a lead with what the review came to',
            description: 'In the name of the reviewer (`X-Acting-Practitioner`), with the scope `leads.review`; a lead that nobody has taken is taken with it. The same again 200; 409 where somebody else has it, or it is closed otherwise.',
            tags: ['Repeats'],
            params: LeadId,
            body: OutcomeRequest,
            response: { 200: LeadWithEvidence, 201: LeadWithEvidence, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        const reach = reviewReach(caller);
        const reviewer = requirePractitioner(caller);
        const { isNew, lead } = await transact(app.db, (tx) => closeLead(tx, caller, reviewer, { id: params.id, reach }, body, new Date()));
        return reply.code(isNew ? 201 : 200).send(lead);
    });
};
