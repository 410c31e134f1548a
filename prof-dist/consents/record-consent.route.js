import { Problem } from '../faces/problem.js';
import { transactAgain } from '../resources/transact-again.js';
import { requireScope } from '../security/require-scope.js';
import { ConsentRequest, ConsentView } from './consent.schema.js';
import { recordConsent } from './record-consent.js';
export const recordConsentRoute = async (app, options) => {
    app.post('/consents', {
        schema: {
            operationId: 'recordConsent',
            summary: 'Record what a patient decided about the sharing of results',
            description: 'A permit lets the grantee see results of other institutions; a denial in force always wins; without any permit in force the ' +
                'answer is no. The same consent is the FHIR resource `/fhir/Consent/{id}`. A patient new to the calling institution is ' +
                'named by identifier, name and birth date, and gets a Patient resource of that institution.',
            tags: ['Consent'],
            body: ConsentRequest,
            response: { 201: ConsentView, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, body } = request;
        requireScope(caller, 'system/Consent.c');
        const consent = await transactAgain(app.db, (tx) => recordConsent(tx, options, caller, body, new Date()));
        return reply
            .code(201)
            .header('location', `${request.url.split('?')[0]}/${consent.id}`)
            .send(consent);
    });
};
