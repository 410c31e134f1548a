import { audiences, extensionsOf } from './access-token.js';
import { OAuthError } from './oauth-error.js';
/** What the token says while it is worth something; otherwise that it is not, without a word why. Throws `invalid_request`. */
export async function introspectToken(tokens, publicUrl, token, now) {
    if (!token)
        throw new OAuthError('invalid_request', { en: 'token is missing.', zh: '缺少 token。' });
    const claims = await tokens.read(token, now);
    if (typeof claims === 'string')
        return { active: false };
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
