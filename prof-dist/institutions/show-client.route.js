import { Problem } from '../faces/problem.js';
import { findClient } from '../security/find-clients.js';
import { requireScope } from '../security/require-scope.js';
import { ClientId, StoredClient, showClient } from './client.schema.js';
import { findInstitution } from './find-institution.js';
export const showClientRoute = async (app) => {
    app.get('/clients/:id', {
        config: { unlogged: true },
        schema: {
            operationId: 'showClient',
            summary: 'Show a calling system',
            description: 'By the operator. A removed one is still shown, since the access log refers to it.',
            tags: ['Clients'],
            params: ClientId,
            response: { 200: StoredClient, default: Problem },
        },
    }, async (request) => {
        const { caller, params } = request;
        requireScope(caller, 'operator');
        const client = await findClient(app.db, params.id);
        return showClient(client, await findInstitution(app.db, client.institution));
    });
};
