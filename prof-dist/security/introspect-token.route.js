import { Type } from 'typebox';
import { identifyClient } from './identify-client.js';
import { introspectToken } from './introspect-token.js';
import { ClientAssertion, OAuthProblem, oauthErrors } from './oauth.schema.js';
/** Token introspection (RFC 7662), for resource servers that cannot verify a token by themselves. */
export const introspectTokenRoute = async (app, { publicUrl, authentication, tokens }) => {
    app.post('/oauth2/introspect', {
        config: { unlogged: true },
        schema: {
            operationId: 'introspectToken',
            summary: 'Ask what an access token is worth',
            description: 'RFC 7662. The asking system authenticates itself by an access token of its own (`Authorization: Bearer`) or by a client assertion. A token that is expired, revoked or not ours is answered with `{"active": false}` and nothing else.',
            tags: ['OAuth 2.0'],
            consumes: ['application/x-www-form-urlencoded'],
            body: Type.Object({
                token: Type.Optional(Type.String({ description: 'The token in question.', maxLength: 16_384 })),
                token_type_hint: Type.Optional(Type.String({ description: 'Not needed: there are access tokens only.' })),
                ...ClientAssertion,
            }),
            response: {
                200: Type.Object({
                    active: Type.Boolean(),
                    scope: Type.Optional(Type.String()),
                    client_id: Type.Optional(Type.String()),
                    token_type: Type.Optional(Type.Literal('Bearer')),
                    exp: Type.Optional(Type.Integer({ description: 'Seconds since 1970.' })),
                    iat: Type.Optional(Type.Integer({ description: 'Seconds since 1970.' })),
                    sub: Type.Optional(Type.String()),
                    aud: Type.Optional(Type.Array(Type.String())),
                    iss: Type.Optional(Type.String()),
                    jti: Type.Optional(Type.String()),
                    institution: Type.Optional(Type.Integer({ description: 'Number of the institution the client belongs to.' })),
                    extensions: Type.Optional(Type.Unknown({ description: 'ihe_iua: acting clinician and purpose of use.' })),
                }, { description: 'What the token says, while it is active.' }),
                ...oauthErrors(OAuthProblem, [400, 401, 503]),
            },
        },
    }, async (request, reply) => {
        const { body } = request;
        const now = new Date();
        await identifyClient(authentication, tokens, request, body, now);
        const answer = await introspectToken(tokens, publicUrl, body.token, now);
        return reply.send(answer);
    });
};
