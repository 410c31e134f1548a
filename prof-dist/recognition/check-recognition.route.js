import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { requirePractitioner } from '../security/require-practitioner.js';
import { requireScope } from '../security/require-scope.js';
import { CheckAnswer, CheckQuestion } from './check.schema.js';
import { checkRecognition } from './check-recognition.js';
import { requireItems } from './require-items.js';
export const checkRecognitionRoute = async (app) => {
    app.post('/recognition-checks', {
        config: { onePatient: true },
        schema: {
            operationId: 'checkRecognition',
            summary: 'Is there a recognisable prior result?',
            description: 'Per item a verdict with its reasons, the best prior result of other institutions, the price that would be saved and the text for the medical record. Without consent every item is `consent-required`, and the answer is the same whether or not there is anything. The check is kept as it was answered.',
            tags: ['Recognition'],
            body: CheckQuestion,
            response: { 201: CheckAnswer, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, body } = request;
        requireScope(caller, 'recognition.check');
        const practitioner = requirePractitioner(caller);
        requireItems(body);
        const answer = await transact(app.db, (tx) => checkRecognition(tx, caller, practitioner, body, new Date()));
        return reply.code(201).header('location', `/v1/recognition-checks/${answer.id}`).send(answer);
    });
};
