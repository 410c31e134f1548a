import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { LeadId, LeadWithEvidence } from './lead.schema.js';
import { leadReach } from './lead-reach.js';
import { showLead } from './show-lead.js';
export const showLeadRoute = async (app) => {
    app.get('/leads/:id', {
        schema: {
            operationId: 'showLead',
            summary: 'A lead with its evidence',
            description: 'What could have been recognised, the check that was made, and everything that happened to the lead. 404 for a lead of another institution. Of another institution’s result it tells what an own check has shown, or what the patient consents to now.',
            tags: ['Repeats'],
            params: LeadId,
            response: { 200: LeadWithEvidence, default: Problem },
        },
    }, async (request) => {
        const { caller, params } = request;
        const reach = leadReach(caller);
        return await transact(app.db, (tx) => showLead(tx, caller, { id: params.id, reach }, new Date()));
    });
};
