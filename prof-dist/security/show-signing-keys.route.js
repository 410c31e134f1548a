import { Type } from 'typebox';
import { OAuthProblem, oauthErrors } from './oauth.schema.js';
/** The public keys that access tokens are signed with, as a JWK set (RFC 7517). */
export const showSigningKeysRoute = async (app, { tokens }) => {
    app.get('/oauth2/jwks', {
        config: { unlogged: true },
        schema: {
            operationId: 'showSigningKeys',
            summary: 'The public keys of the access tokens',
            description: 'A JWK set (RFC 7517), for resource servers that verify tokens by themselves.',
            tags: ['OAuth 2.0'],
            security: [],
            response: {
                200: Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown())) }, { description: 'The newest key comes first.' }),
                ...oauthErrors(OAuthProblem, [503]),
            },
        },
    }, async (_request, reply) => {
        const jwks = await tokens.keys.publicJwks(new Date());
        return reply.header('cache-control', 'public, max-age=300').send(jwks);
    });
};
