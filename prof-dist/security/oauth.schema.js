import { Type } from 'typebox';
/** An error as OAuth 2.0 says it (RFC 6749 §5.2), with the same in Chinese. */
export const OAuthProblem = Type.Object({
    error: Type.String({ description: 'Code of RFC 6749, 6750 or 7009, for programs.', examples: ['invalid_client'] }),
    error_description: Type.String({ description: 'What is wrong, in English.' }),
    error_description_zh: Type.String({ description: 'The same in Chinese.' }),
}, { $id: 'OAuthProblem', title: 'OAuthProblem', description: 'Error of OAuth 2.0 (RFC 6749 §5.2).' });
/** The parameters by which a client authenticates itself (private_key_jwt, RFC 7523 §2.2). */
export const ClientAssertion = {
    client_assertion_type: Type.Optional(Type.String({
        description: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        examples: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    })),
    client_assertion: Type.Optional(Type.String({ description: 'The JWT signed with the private key of the client.', maxLength: 16_384 })),
    client_id: Type.Optional(Type.String({ description: 'Not needed; if sent, it must be the issuer of the assertion.' })),
};
/** The error answers of an OAuth endpoint. */
export function oauthErrors(schema, statuses) {
    return Object.fromEntries(statuses.map((status) => [status, schema]));
}
