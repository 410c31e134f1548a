import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import { requirePractitioner } from '../security/require-practitioner.ts';
import { acknowledgeRecall } from './acknowledge-recall.ts';
import { RecallId, RecallListed } from './recall.schema.ts';
import { requireRecallScope } from './recall-reach.ts';

export const acknowledgeRecallRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/recalls/:id/acknowledgement',
    {
      schema: {
        operationId: 'acknowledgeRecall',
        summary: 'Confirm that a correction is known',
        description:
          'By a clinician of the institution that was told (`X-Acting-Practitioner`), with a note if there is something to say; final. The same by the same clinician again is answered alike (200), another one 409.',
        tags: ['Recalls'],
        params: RecallId,
        body: Type.Object(
          { note: Type.Optional(Type.String({ maxLength: 1_000, description: 'What was done.', examples: ['已通知主管医师并复查'] })) },
          { additionalProperties: false },
        ),
        response: { 200: RecallListed, 201: RecallListed, default: Problem },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;

      requireRecallScope(caller);
      const practitioner = requirePractitioner(caller);

      const { isNew, recall } = await transact(app.db, (tx) =>
        acknowledgeRecall(tx, caller, practitioner, { id: params.id, note: body.note }, new Date()),
      );

      return reply.code(isNew ? 201 : 200).send(recall);
    },
  );
};
