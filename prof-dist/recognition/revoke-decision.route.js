import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { requireScope } from '../security/require-scope.js';
import { Words } from './check.schema.js';
import { DecisionId, DecisionShown } from './decision.schema.js';
import { revokeDecision } from './revoke-decision.js';
export const revokeDecisionRoute = async (app, { savings }) => {
    app.post('/recognition-decisions/:id/revocation', {
        schema: {
            operationId: 'revokeDecision',
            summary: 'Take a decision back',
            description: 'With the reason; what was posted to the savings account is reversed in the same moment. The decision stays on record.',
            tags: ['Recognition'],
            params: DecisionId,
            body: Type.Object({ reason: Words(500, { examples: ['患者病情变化，需复查'] }) }, { additionalProperties: false }),
            response: { 200: DecisionShown, 201: DecisionShown, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireScope(caller, 'recognition.decide');
        const practitioner = requirePractitioner(caller);
        const { isNew, decision } = await transact(app.db, (tx) => revokeDecision(tx, savings, caller, practitioner, { id: params.id, reason: body.reason }, new Date()));
        return reply.code(isNew ? 201 : 200).send(decision);
    });
};
