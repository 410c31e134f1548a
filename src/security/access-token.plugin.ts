import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Failure } from '../failure.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Caller } from './caller.ts';
import { identifyCaller } from './identify-caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set in every scope that `accessTokenPlugin` guards, before the body is read. */
    caller: Caller;
  }
}

/**
 * Lets nobody into its scope without an access token, and tells the scope who calls (`request.caller`).
 *
 * Refuses with `token-missing`, `token-invalid`, `parameter-invalid` (a header about clinician, purpose or reason that cannot be
 * understood), `database-unavailable` (revocations cannot be asked for).
 */
export const accessTokenPlugin = fp<{ tokens: AccessTokens }>(
  async (app, { tokens }) => {
    app.decorateRequest('caller', null as unknown as Caller);
    app.addHook('onRequest', async (request) => {
      const claims = await tokens.read(readBearerToken(request), new Date());

      if (typeof claims === 'string') throw REFUSALS[claims]();

      request.caller = identifyCaller(claims, request.headers, request.id, request.ip);
    });
  },
  { name: 'access-token', fastify: '5.x' },
);

/** The token of an `Authorization: Bearer` header (RFC 6750 §2.1). Throws `token-missing`, `token-invalid`. */
export function readBearerToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  const [, scheme, rest] = /^(\S+)(?:\s+(.*))?$/.exec(authorization?.trim() ?? '') ?? [];
  if (scheme?.toLowerCase() !== 'bearer') {
    throw new Failure('token-missing', {
      path: 'Authorization',
      en: 'Send an access token: "Authorization: Bearer <token>". Tokens are issued by /oauth2/token (SMART Backend Services).',
      zh: '请携带访问令牌：“Authorization: Bearer <令牌>”。令牌由 /oauth2/token 签发（SMART Backend Services）。',
    });
  }
  if (!rest || !/^[A-Za-z0-9._~+/-]+=*$/.test(rest)) throw REFUSALS.invalid();
  return rest;
}

const REFUSALS = {
  expired: () =>
    new Failure('token-invalid', {
      path: 'Authorization',
      en: 'The access token has expired. Ask /oauth2/token for a new one.',
      zh: '访问令牌已过期，请向 /oauth2/token 重新申请。',
    }),
  invalid: () =>
    new Failure('token-invalid', {
      path: 'Authorization',
      en: 'The access token is not one that this server issued. Ask /oauth2/token for one.',
      zh: '该访问令牌并非本平台签发，请向 /oauth2/token 申请。',
    }),
  revoked: () =>
    new Failure('token-invalid', {
      path: 'Authorization',
      en: 'The access token, or the client it was issued to, has been revoked.',
      zh: '该访问令牌或其所属的客户端已被撤销。',
    }),
};
