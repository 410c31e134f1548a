import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { requireScope } from '../security/require-scope.js';
import { Words } from './check.schema.js';
import { citeDecision } from './cite-decision.js';
import { DecisionId, DecisionShown } from './decision.schema.js';
export const citeDecisionRoute = async (app, { savings }) => {
    app.post('/recognition-decisions/:id/citation', {
        schema: {
            operationId: 'citeDecision',
            summary: 'The recognised result was written into the medical record',
            description: 'Within the hours after the decision that the rules of the check give; accepted also when the report has been corrected or withdrawn since. Not after the decision was taken back.',
            tags: ['Recognition'],
            params: DecisionId,
            body: Type.Object({
                citedAt: Type.Optional(Words(40, { description: 'When it was written; now where it is left out.', examples: ['2026-03-01T08:30:00+08:00'] })),
            }, { additionalProperties: false }),
            response: { 200: DecisionShown, 201: DecisionShown, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, params, body } = request;
        requireScope(caller, 'recognition.decide');
        const practitioner = requirePractitioner(caller);
        const { isNew, decision } = await transact(app.db, (tx) => citeDecision(tx, savings, caller, practitioner, { id: params.id, citedAt: body.citedAt }, new Date()));
        return reply.code(isNew ? 201 : 200).send(decision);
    });
};
