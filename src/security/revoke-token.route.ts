import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { AccessTokens } from './access-tokens.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import { identifyClient } from './identify-client.ts';
import { ClientAssertion, OAuthProblem, oauthErrors } from './oauth.schema.ts';
import { revokeToken } from './revoke-token.ts';

interface Options {
  readonly authentication: ClientAuthentication;
  readonly tokens: AccessTokens;
}

/** Token revocation (RFC 7009). */
export const revokeTokenRoute: FastifyPluginAsyncTypebox<Options> = async (app, { authentication, tokens }) => {
  app.post(
    '/oauth2/revoke',
    {
      // What takes a right back is done whatever there is to do.
      config: { unlogged: true, work: 'none' },
      schema: {
        operationId: 'revokeToken',
        summary: 'Take an access token back before its time',
        description:
          'RFC 7009. The client authenticates itself by an access token (`Authorization: Bearer`, which may be the one to be revoked) or by a client assertion. Within a second no gateway takes the token any more. A token that is worth nothing already is answered with 200 as well; the token of another client can be revoked by the operator only.',
        tags: ['OAuth 2.0'],
        consumes: ['application/x-www-form-urlencoded'],
        body: Type.Object({
          token: Type.Optional(Type.String({ description: 'The token to revoke.', maxLength: 16_384 })),
          token_type_hint: Type.Optional(Type.String({ description: 'Not needed: there are access tokens only.' })),
          ...ClientAssertion,
        }),
        response: {
          200: Type.Object({}, { description: 'The token is worth nothing any more.' }),
          ...oauthErrors(OAuthProblem, [400, 401, 503]),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const now = new Date();
      const client = await identifyClient(authentication, tokens, request, body, now);

      await revokeToken(tokens, client, body.token, now);

      return reply.send({});
    },
  );
};
