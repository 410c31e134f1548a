import { OAuthError } from './oauth-error.js';
import { allows } from './scope.rules.js';
/**
 * Takes a token back (RFC 7009 §2.1). One that is worth nothing already is taken back as well. Throws OAuthError: `invalid_request`, and
 * `unauthorized_client` where the token is another client's, unless the operator asks.
 */
export async function revokeToken(tokens, by, token, now) {
    if (!token)
        throw new OAuthError('invalid_request', { en: 'token is missing.', zh: '缺少 token。' }, by.client);
    const claims = await tokens.read(token, now);
    if (typeof claims === 'string')
        return;
    if (claims.client !== by.client && !allows(by.scopes, 'operator')) {
        throw new OAuthError('unauthorized_client', { en: 'The token was issued to another client.', zh: '该令牌是签发给其他客户端的。' }, by.client);
    }
    await tokens.revoke(claims);
}
