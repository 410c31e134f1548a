import { Type } from 'typebox';
import { transact } from '../../database/client.js';
import { Problem } from '../../faces/problem.js';
import { requireScope } from '../../security/require-scope.js';
import { FeedbackRequest, ServiceId } from './cds-hooks.schema.js';
import { requireService } from './hook-call.rules.js';
import { recordFeedback } from './record-feedback.js';
/** Feedback (CDS Hooks 2.0): https://cds-hooks.hl7.org/2.0/#feedback */
export const recordFeedbackRoute = async (app, { savings }) => {
    app.post('/:id/feedback', {
        schema: {
            operationId: 'recordFeedback',
            summary: 'What became of cards',
            description: 'An accepted card recognises its items; one overridden for a reason of the list is a decision against it, as by `POST /v1/recognition-decisions`. Overridden without a reason is no answer. The same again is 200 as well, something else 409: decisions are final but for revocation.',
            tags: ['CDS Hooks'],
            security: [{ cdsClient: [] }],
            params: ServiceId,
            body: FeedbackRequest,
            response: { 200: Type.Unsafe({ type: 'null', description: 'Kept; there is no body.' }), default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireScope(caller, 'recognition.decide');
        requireService(params.id);
        await transact(app.db, (tx) => recordFeedback(tx, savings, caller, body.feedback, new Date()));
        return reply.code(200).send(undefined);
    });
};
