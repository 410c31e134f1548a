import type { FastifyRequest } from 'fastify';
import type { AccessTokens } from './access-tokens.ts';
import { readBearerToken } from './bearer-token.ts';
import type { ClientAuthentication, ClientCredentials } from './client-authentication.ts';
import { OAuthError } from './oauth-error.ts';

/** The client that asks something about tokens, and the scopes it asks with. */
export interface IdentifiedClient {
  readonly client: string;
  readonly scopes: readonly string[];
}

/**
 * Which client calls an OAuth endpoint beside the token endpoint: by an access token if there is an Authorization header, else by a client
 * assertion. Throws OAuthError: `invalid_token`, `invalid_client`.
 */
export async function identifyClient(
  authentication: ClientAuthentication,
  tokens: AccessTokens,
  request: FastifyRequest,
  credentials: ClientCredentials,
  now: Date,
): Promise<IdentifiedClient> {
  if (request.headers.authorization === undefined) {
    const { client } = await authentication.authenticate(credentials, now);
    return { client: client.id, scopes: client.scopes };
  }
  const claims = await tokens.read(readBearerToken(request.headers.authorization), now);
  if (typeof claims !== 'string') return { client: claims.client, scopes: claims.scopes };
  throw new OAuthError('invalid_token', {
    en: `The access token in the Authorization header is ${claims}.`,
    zh: 'Authorization 请求头中的访问令牌无效、已过期或已被撤销。',
  });
}
