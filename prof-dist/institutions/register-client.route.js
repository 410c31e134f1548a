import { Type } from 'typebox';
import { transact } from '../database/client.js';
import { Problem } from '../faces/problem.js';
import { registerClient } from '../security/register-client.js';
import { requireScope } from '../security/require-scope.js';
import { CdsHooks, ClientName, ClientScopes, Jwks, JwksUrl, StoredClient, showClient, Uscc } from './client.schema.js';
import { requireInstitution } from './require-institution.js';
export const registerClientRoute = async (app, { record, privateJwksUrls }) => {
    app.post('/clients', {
        schema: {
            operationId: 'registerClient',
            summary: 'Register a calling system',
            description: 'By the operator. The institution must be registered (as a FHIR Organization). The client proves itself by keys that are given here (`jwks`) or that it publishes (`jwksUrl`); it can get tokens at once.',
            tags: ['Clients'],
            body: Type.Object({
                institution: Uscc,
                name: ClientName,
                jwks: Type.Optional(Jwks),
                jwksUrl: Type.Optional(JwksUrl),
                scopes: ClientScopes,
                cdsHooks: Type.Optional(CdsHooks),
            }, { additionalProperties: false }),
            response: { 201: StoredClient, default: Problem },
        },
    }, async (request, reply) => {
        const { caller, body } = request;
        const now = new Date();
        requireScope(caller, 'operator');
        const { client, institution } = await transact(app.db, async (tx) => {
            const institution = await requireInstitution(tx, body.institution, 'institution');
            const client = await registerClient(tx, institution.institution, body, { privateJwksUrls }, now);
            await record(tx, caller, [{ person: 0n, action: 'C', interaction: 'registerClient', entities: [`Client/${client.id}`] }], now);
            return { client, institution };
        });
        return reply.code(201).header('location', `/v1/clients/${client.id}`).send(showClient(client, institution));
    });
};
