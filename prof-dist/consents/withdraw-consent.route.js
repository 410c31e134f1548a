import { Type } from 'typebox';
import { Problem } from '../faces/problem.js';
import { transactAgain } from '../resources/transact-again.js';
import { requireScope } from '../security/require-scope.js';
import { ConsentId, ConsentView } from './consent.schema.js';
import { withdrawConsent } from './withdraw-consent.js';
export const withdrawConsentRoute = async (app, options) => {
    app.post('/consents/:id/withdrawal', {
        schema: {
            operationId: 'withdrawConsent',
            summary: 'Take a consent or a denial back',
            description: 'Holds for the next request on every face. Sent again it changes nothing and answers the same. Only the institution that recorded it.',
            tags: ['Consent'],
            params: Type.Object({ id: ConsentId }),
            response: { 200: ConsentView, default: Problem },
        },
    }, async (request) => {
        const { caller, params } = request;
        requireScope(caller, 'system/Consent.u');
        return transactAgain(app.db, (tx) => withdrawConsent(tx, options, caller, params.id, new Date()));
    });
};
