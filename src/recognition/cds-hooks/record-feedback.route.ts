import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../../database/client.ts';
import { Problem } from '../../faces/problem.ts';
import { requireScope } from '../../security/require-scope.ts';
import type { SavingsBook } from '../savings-book.ts';
import { FeedbackRequest, ServiceId } from './cds-hooks.schema.ts';
import { requireService } from './hook-call.rules.ts';
import { recordFeedback } from './record-feedback.ts';

/** Feedback (CDS Hooks 2.0): https://cds-hooks.hl7.org/2.0/#feedback */
export const recordFeedbackRoute: FastifyPluginAsyncTypebox<{ savings: SavingsBook }> = async (app, { savings }) => {
  app.post(
    '/:id/feedback',
    {
      schema: {
        operationId: 'recordFeedback',
        summary: 'What became of cards',
        description:
          'An accepted card recognises its items; one overridden for a reason of the list is a decision against it, as by `POST /v1/recognition-decisions`. Overridden without a reason is no answer. The same again is 200 as well, something else 409: decisions are final but for revocation.',
        tags: ['CDS Hooks'],
        security: [{ cdsClient: [] }],
        params: ServiceId,
        body: FeedbackRequest,
        response: { 200: Type.Unsafe<undefined>({ type: 'null', description: 'Kept; there is no body.' }), default: Problem },
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;

      requireScope(caller, 'recognition.decide');
      requireService(params.id);

      await transact(app.db, (tx) => recordFeedback(tx, savings, caller, body.feedback, new Date()));

      return reply.code(200).send(undefined);
    },
  );
};
