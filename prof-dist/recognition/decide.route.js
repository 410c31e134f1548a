import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { requireScope } from '../security/require-scope.js';
import { decide } from './decide.js';
import { DecisionAnswer, DecisionRequest } from './decision.schema.js';
export const decideRoute = async (app, { savings }) => {
    app.post('/recognition-decisions', {
        schema: {
            operationId: 'decide',
            summary: 'Recognise prior results, or say why not',
            description: 'For items of a check of the own institution, one by one or all that one source institution issued. Only what was `recognisable` can be recognised. The same answer again gets the same decision (200), another one 409. An item that is not answered is no refusal; the answer names it.',
            tags: ['Recognition'],
            body: DecisionRequest,
            response: { 200: DecisionAnswer, 201: DecisionAnswer, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, body } = request;
        requireScope(caller, 'recognition.decide');
        const practitioner = requirePractitioner(caller);
        const { isNew, answer } = await transact(app.db, (tx) => decide(tx, savings, caller, practitioner, body, new Date()));
        return reply.code(isNew ? 201 : 200).send(answer);
    });
};
