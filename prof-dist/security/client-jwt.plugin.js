import fp from 'fastify-plugin';
import { Failure } from '../failure.js';
import { selectClientByCdsIssuer } from './client.queries.js';
import { JwtRefused } from './client-jwt.js';
/**
 * Lets nobody into its scope without a JWT that the calling client has signed for this very request (CDS Hooks 2.0, "Trusting CDS
 * Clients"): discovery and feedback are asked for it as well. Its `aud` is the called address as the world outside writes it, without a
 * query; its `iss` is the one that the operator registered for the client.
 *
 * Tells the scope who calls: `request.signer`, and `request.caller` with the registered scopes, for treatment, without a clinician, whom
 * only the body names. Refuses with `token-missing`, `token-invalid`.
 */
export const clientJwtPlugin = fp(async (app, { jwts, publicUrl }) => {
    app.decorateRequest('caller', null);
    app.decorateRequest('signer', null);
    app.addHook('onRequest', async (request) => {
        const jwt = readJwt(request.headers.authorization);
        const audiences = [`${publicUrl}${request.url.split('?')[0]}`];
        const clientOf = (issuer) => selectClientByCdsIssuer(app.db, issuer);
        try {
            const { client, jti } = await jwts.prove(jwt, { audiences, form: 'cds-hooks', clientOf }, new Date());
            request.signer = client;
            request.caller = callerOf(client, jti, request);
        }
        catch (error) {
            if (error instanceof JwtRefused)
                throw refused(error.message, error.zh);
            throw error;
        }
    });
}, { name: 'client-jwt', fastify: '5.x', dependencies: ['database'] });
function readJwt(authorization) {
    const [, scheme, jwt] = /^(\S+)(?:\s+(.*))?$/.exec(authorization?.trim() ?? '') ?? [];
    if (scheme?.toLowerCase() !== 'bearer') {
        throw new Failure('token-missing', {
            path: 'Authorization',
            en: 'Send a JWT that you sign for this very address: "Authorization: Bearer <JWT>" (CDS Hooks 2.0). Access tokens are not taken here.',
            zh: '请携带为本接口地址签发的 JWT：“Authorization: Bearer <JWT>”（CDS Hooks 2.0）。此处不接受访问令牌。',
        });
    }
    if (!jwt || jwt.length > JWT_LENGTH_MAX)
        throw refused('This is not a signed JWT.', '不是带签名的 JWT。');
    return jwt;
}
const JWT_LENGTH_MAX = 8_192;
function callerOf(client, tokenId, request) {
    return {
        client: client.id,
        institution: client.institution,
        scopes: client.scopes,
        tokenId,
        practitioner: null,
        purpose: 'TREAT',
        emergencyReason: null,
        requestId: request.id,
        address: request.ip,
    };
}
function refused(en, zh) {
    return new Failure('token-invalid', { path: 'Authorization', en, zh });
}
