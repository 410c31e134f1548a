import { Type } from 'typebox';
import { Problem } from '../faces/problem.js';
import { requireScope } from '../security/require-scope.js';
import { ConsentId, ConsentView } from './consent.schema.js';
import { readConsentFor } from './read-consent.js';
export const readConsentRoute = async (app) => {
    app.get('/consents/:id', {
        schema: {
            operationId: 'readConsent',
            summary: 'One consent as it stands now',
            description: 'One that the calling institution recorded, or a permit by which it may look; any other is not found.',
            tags: ['Consent'],
            params: Type.Object({ id: ConsentId }),
            response: { 200: ConsentView, default: Problem },
        },
    }, async (request) => {
        const { caller, params } = request;
        requireScope(caller, 'system/Consent.r');
        return readConsentFor(app.db, app.accessLog, caller, params.id, new Date());
    });
};
