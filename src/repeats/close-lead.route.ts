import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import { requirePractitioner } from '../security/require-practitioner.ts';
import { LeadId, LeadWithEvidence, OutcomeRequest } from './lead.schema.ts';
import { reviewReach } from './lead-reach.ts';
import { closeLead } from './review-lead.ts';

export const closeLeadRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/leads/:id/outcome',
    {
      schema: {
        operationId: 'closeLead',
        summary: 'Close a lead with what the review came to',
        description:
          'In the name of the reviewer (`X-Acting-Practitioner`), with the scope `leads.review`; a lead that nobody has taken is taken with it. The same again 200; 409 where somebody else has it, or it is closed otherwise.',
        tags: ['Repeats'],
        params: LeadId,
        body: OutcomeRequest,
        response: { 200: LeadWithEvidence, 201: LeadWithEvidence, default: Problem },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;

      const reach = reviewReach(caller);
      const reviewer = requirePractitioner(caller);

      const { isNew, lead } = await transact(app.db, (tx) => closeLead(tx, caller, reviewer, { id: params.id, reach }, body, new Date()));

      return reply.code(isNew ? 201 : 200).send(lead);
    },
  );
};
