import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Failure } from '../failure.ts';
import type { Caller } from './caller.ts';
import { type Client, selectClientByCdsIssuer } from './client.queries.ts';
import { type ClientJwts, JwtRefused } from './client-jwt.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The client that signed the request; set in every scope that `clientJwtPlugin` guards. */
    signer: Client;
  }
}

/**
 * Lets nobody into its scope without a JWT that the calling client has signed for this very request (CDS Hooks 2.0, "Trusting CDS
 * Clients"): discovery and feedback are asked for it as well. Its `aud` is the called address as the world outside writes it, without a
 * query; its `iss` is the one that the operator registered for the client.
 *
 * Tells the scope who calls: `request.signer`, and `request.caller` with the registered scopes, for treatment, without a clinician, whom
 * only the body names. Refuses with `token-missing`, `token-invalid`.
 */
export const clientJwtPlugin = fp<{ jwts: ClientJwts; publicUrl: string }>(
  async (app, { jwts, publicUrl }) => {
    app.decorateRequest('caller', null as unknown as Caller);
    app.decorateRequest('signer', null as unknown as Client);
    app.addHook('onRequest', async (request) => {
      const jwt = readJwt(request.headers.authorization);
      const audiences = [`${publicUrl}${request.url.split('?')[0]}`];
      const clientOf = (issuer: string) => selectClientByCdsIssuer(app.db, issuer);
      try {
        const { client, jti } = await jwts.prove(jwt, { audiences, form: 'cds-hooks', clientOf }, new Date());
        request.signer = client;
        request.caller = callerOf(client, jti, request);
      } catch (error) {
        if (error instanceof JwtRefused) throw refused(error.message, error.zh);
        throw error;
      }
    });
  },
  { name: 'client-jwt', fastify: '5.x', dependencies: ['database'] },
);

function readJwt(authorization: string | undefined): string {
  const [, scheme, jwt] = /^(\S+)(?:\s+(.*))?$/.exec(authorization?.trim() ?? '') ?? [];
  if (scheme?.toLowerCase() !== 'bearer') {
    throw new Failure('token-missing', {
      path: 'Authorization',
      en: 'Send a JWT that you sign for this very address: "Authorization: Bearer <JWT>" (CDS Hooks 2.0). Access tokens are not taken here.',
      zh: '请携带为本接口地址签发的 JWT：“Authorization: Bearer <JWT>”（CDS Hooks 2.0）。此处不接受访问令牌。',
    });
  }
  if (!jwt || jwt.length > JWT_LENGTH_MAX) throw refused('This is not a signed JWT.', '不是带签名的 JWT。');
  return jwt;
}

const JWT_LENGTH_MAX = 8_192;

function callerOf(client: Client, tokenId: string, request: FastifyRequest): Caller {
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

function refused(en: string, zh: string): Failure {
  return new Failure('token-invalid', { path: 'Authorization', en, zh });
}
