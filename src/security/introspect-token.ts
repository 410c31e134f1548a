import { audiences, extensionsOf } from './access-token.ts';
import type { AccessTokens } from './access-tokens.ts';
import { OAuthError } from './oauth-error.ts';

/** What RFC 7662 §2.2 answers about a token. */
export type Introspection =
  | { active: false }
  | {
      active: true;
      scope: string;
      client_id: string;
      token_type: 'Bearer';
      exp: number;
      iat: number;
      sub: string;
      aud: string[];
      iss: string;
      jti: string;
      institution: number;
      extensions?: Record<string, unknown>;
    };

/** What the token says while it is worth something; otherwise that it is not, without a word why. Throws `invalid_request`. */
export async function introspectToken(
  tokens: AccessTokens,
  publicUrl: string,
  token: string | undefined,
  now: Date,
): Promise<Introspection> {
  if (!token) throw new OAuthError('invalid_request', { en: 'token is missing.', zh: '缺少 token。' });
  const claims = await tokens.read(token, now);
  if (typeof claims === 'string') return { active: false };
  const extensions = extensionsOf(claims, publicUrl);
  return {
    active: true,
    scope: claims.scopes.join(' '),
    client_id: claims.client,
    token_type: 'Bearer',
    exp: claims.expiresAt.getTime() / 1000,
    iat: claims.issuedAt.getTime() / 1000,
    sub: claims.client,
    aud: audiences(publicUrl),
    iss: publicUrl,
    jti: claims.tokenId,
    institution: claims.institution,
    ...(extensions && { extensions }),
  };
}
