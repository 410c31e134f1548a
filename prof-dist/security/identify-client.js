import { readBearerToken } from './bearer-token.js';
import { OAuthError } from './oauth-error.js';
/**
 * Which client calls an OAuth endpoint beside the token endpoint: by an access token if there is an Authorization header, else by a client
 * assertion. Throws OAuthError: `invalid_token`, `invalid_client`.
 */
export async function identifyClient(authentication, tokens, request, credentials, now) {
    if (request.headers.authorization === undefined) {
        const { client } = await authentication.authenticate(credentials, now);
        return { client: client.id, scopes: client.scopes };
    }
    const claims = await tokens.read(readBearerToken(request.headers.authorization), now);
    if (typeof claims !== 'string')
        return { client: claims.client, scopes: claims.scopes };
    throw new OAuthError('invalid_token', {
        en: `The access token in the Authorization header is ${claims}.`,
        zh: 'Authorization 请求头中的访问令牌无效、已过期或已被撤销。',
    });
}
