import formbody from '@fastify/formbody';
import type { FastifyPluginAsync } from 'fastify';
import type { AccessTokens } from './access-tokens.ts';
import { ClientAuthentication } from './client-authentication.ts';
import { ClientKeys } from './client-keys.ts';
import { introspectTokenRoute } from './introspect-token.route.ts';
import { issueTokenRoute, type LogAuthentication } from './issue-token.route.ts';
import { type LogFailedAuthentication, speakOAuthErrors } from './oauth-error.ts';
import { revokeTokenRoute } from './revoke-token.route.ts';
import { showSigningKeysRoute } from './show-signing-keys.route.ts';

/** Requests are forms of a few parameters, the largest of which is a signed JWT. */
const BODY_LIMIT_BYTES = 64 * 1024;

export interface OAuth2Options {
  readonly publicUrl: string;
  /** Whether a JWKS URL may be at a private address, or without TLS. */
  readonly privateJwksUrls: boolean;
  readonly tokens: AccessTokens;
  readonly logAuthentication: LogAuthentication;
  readonly logFailedAuthentication: LogFailedAuthentication;
}

/** The OAuth 2.0 endpoints: forms in, answers that nobody may cache, errors in the words of OAuth. */
export const oauth2Plugin: FastifyPluginAsync<OAuth2Options> = async (app, options) => {
  const { publicUrl, tokens, logAuthentication, logFailedAuthentication } = options;
  const authentication = new ClientAuthentication(app.db, publicUrl, new ClientKeys(options));
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
  });
  speakOAuthErrors(app, logFailedAuthentication);

  await app.register(issueTokenRoute, { authentication, tokens, logAuthentication });
  await app.register(introspectTokenRoute, { publicUrl, authentication, tokens });
  await app.register(revokeTokenRoute, { authentication, tokens });
  await app.register(showSigningKeysRoute, { tokens });
};
