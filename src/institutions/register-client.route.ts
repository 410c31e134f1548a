import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { transact } from '../database/client.ts';
import { Problem } from '../faces/problem.ts';
import type { Custody } from '../resources/custody.ts';
import { registerClient } from '../security/register-client.ts';
import { requireScope } from '../security/require-scope.ts';
import { CdsHooks, ClientName, ClientScopes, Jwks, JwksUrl, StoredClient, showClient, Uscc } from './client.schema.ts';
import { requireInstitution } from './require-institution.ts';

interface Options {
  readonly record: Custody['record'];
  /** Whether a JWKS URL may be at a private address, or without TLS. */
  readonly privateJwksUrls: boolean;
}

export const registerClientRoute: FastifyPluginAsyncTypebox<Options> = async (app, { record, privateJwksUrls }) => {
  app.post(
    '/clients',
    {
      schema: {
        operationId: 'registerClient',
        summary: 'Register a calling system',
        description:
          'By the operator. The institution must be registered (as a FHIR Organization). The client proves itself by keys that are given here (`jwks`) or that it publishes (`jwksUrl`); it can get tokens at once.',
        tags: ['Clients'],
        body: Type.Object(
          {
            institution: Uscc,
            name: ClientName,
            jwks: Type.Optional(Jwks),
            jwksUrl: Type.Optional(JwksUrl),
            scopes: ClientScopes,
            cdsHooks: Type.Optional(CdsHooks),
          },
          { additionalProperties: false },
        ),
        response: { 201: StoredClient, default: Problem },
      },
    },
    async (request, reply) => {
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
    },
  );
};
