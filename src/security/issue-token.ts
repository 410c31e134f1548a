import { TOKEN_LIFETIME_SECONDS } from './access-token.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Caller } from './caller.ts';
import type { ClientAuthentication, ClientCredentials } from './client-authentication.ts';
import { OAuthError } from './oauth-error.ts';
import { grantScopes } from './scope.rules.ts';

/** The parameters of a token request (RFC 6749 §4.4.2, SMART Backend Services). */
export interface TokenRequest extends ClientCredentials {
  readonly grant_type?: string | undefined;
  readonly scope?: string | undefined;
}

export interface IssuedToken {
  /** Who can call with it. */
  readonly holder: Omit<Caller, 'requestId' | 'address'>;
  /** The answer to the client. */
  readonly answer: {
    readonly access_token: string;
    readonly token_type: 'Bearer';
    readonly expires_in: number;
    readonly scope: string;
  };
}

/**
 * An access token for a client that proves who it is: five minutes, for exactly the scopes asked for. Throws OAuthError: `invalid_request`,
 * `unsupported_grant_type`, `invalid_client`, `invalid_scope`. Four statements, whatever the number of scopes.
 */
export async function issueToken(
  authentication: ClientAuthentication,
  tokens: AccessTokens,
  request: TokenRequest,
  now: Date,
): Promise<IssuedToken> {
  if (!request.grant_type) {
    throw new OAuthError('invalid_request', {
      en: "grant_type is missing; send 'client_credentials'.",
      zh: '缺少 grant_type，应为“client_credentials”。',
    });
  }
  if (request.grant_type !== 'client_credentials') {
    throw new OAuthError('unsupported_grant_type', {
      en: 'Only client_credentials is granted here.',
      zh: '本平台只支持 client_credentials。',
    });
  }
  const { client, actingFor } = await authentication.authenticate(request, now);
  const scopes = grant(client.id, client.scopes, request.scope);
  const { token, tokenId } = await tokens.issue({ client: client.id, institution: client.institution, scopes, actingFor }, now);
  return {
    holder: {
      client: client.id,
      institution: client.institution,
      scopes,
      tokenId,
      practitioner: actingFor.practitioner,
      purpose: actingFor.purpose ?? 'TREAT',
      emergencyReason: null,
    },
    answer: { access_token: token, token_type: 'Bearer', expires_in: TOKEN_LIFETIME_SECONDS, scope: scopes.join(' ') },
  };
}

function grant(client: string, registered: readonly string[], requested: string | undefined): readonly string[] {
  const wanted = (requested ?? '').split(' ').filter((it) => it !== '');
  if (wanted.length === 0) {
    throw new OAuthError(
      'invalid_scope',
      { en: 'scope is missing; name the scopes you need.', zh: '缺少 scope，请写明所需的授权范围。' },
      client,
    );
  }
  const granted = grantScopes(registered, wanted);
  if ('scopes' in granted) return granted.scopes;
  if ('unknown' in granted) {
    throw new OAuthError(
      'invalid_scope',
      { en: `'${granted.unknown}' is not a scope of this server.`, zh: `“${granted.unknown}”不是本平台的授权范围。` },
      client,
    );
  }
  throw new OAuthError(
    'invalid_scope',
    { en: `The scope '${granted.refused}' is not registered for this client.`, zh: `该客户端未登记授权范围“${granted.refused}”。` },
    client,
  );
}
