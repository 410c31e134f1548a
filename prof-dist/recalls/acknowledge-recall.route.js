import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { acknowledgeRecall } from './acknowledge-recall.js';
import { RecallId, RecallListed } from './recall.schema.js';
import { requireRecallScope } from './recall-reach.js';
export const acknowledgeRecallRoute = async (app) => {
    app.post('/recalls/:id/acknowledgement', {
        schema: {
            operationId: 'acknowledgeRecall',
            summary: 'Confirm that a correction is known',
            description: 'By a clinician of the institution that was told (`X-Acting-Practitioner`), with a note if there is something to say; final. The same by the same clinician again is answered alike (200), another one 409.',
            tags: ['Recalls'],
            params: RecallId,
            body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 1_000, description: 'What was done.', examples: ['已通知主管医师并复查'] })) }, { additionalProperties: false }),
            response: { 200: RecallListed, 201: RecallListed, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireRecallScope(caller);
        const practitioner = requirePractitioner(caller);
        const { isNew, recall } = await transact(app.db, (tx) => acknowledgeRecall(tx, caller, practitioner, { id: params.id, note: body.note }, new Date()));
        return reply.code(isNew ? 201 : 200).send(recall);
    });
};
