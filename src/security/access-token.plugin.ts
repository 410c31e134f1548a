import fp from 'fastify-plugin';
import type { AccessTokens } from './access-tokens.ts';
import { readBearerToken, tokenRefused } from './bearer-token.ts';
import type { Caller } from './caller.ts';
import { identifyCaller } from './identify-caller.ts';
import { requireDoorOfToken } from './require-door-of-token.ts';
import { requireRightOfPurpose } from './require-right-of-purpose.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set in every scope that `accessTokenPlugin` guards, before the body is read. */
    caller: Caller;
  }

  interface FastifyContextConfig {
    /** The door takes tokens that are for one patient alone (`ihe_pcf`), and holds the request to that patient. */
    onePatient?: boolean;
  }
}

/**
 * Lets nobody into its scope without an access token, and tells the scope who calls (`request.caller`).
 *
 * Refuses with `token-missing`, `token-invalid`, `parameter-invalid` (a header about clinician, purpose or reason that cannot be
 * understood), `scope-insufficient` (an emergency without the right to it, a token for one patient at a door that is not for one); with `database-unavailable` where it cannot be asked whether
 * the token was revoked.
 */
export const accessTokenPlugin = fp<{ tokens: AccessTokens }>(
  async (app, { tokens }) => {
    app.decorateRequest('caller', null as unknown as Caller);
    app.addHook('onRequest', async (request) => {
      const claims = await tokens.read(readBearerToken(request.headers.authorization), new Date());

      if (typeof claims === 'string') throw tokenRefused(claims);

      request.caller = identifyCaller(claims, request.headers, request.id, request.ip);
      requireRightOfPurpose(request.caller);
      if (!request.is404) requireDoorOfToken(request.caller, request.routeOptions.config);
    });
  },
  { name: 'access-token', fastify: '5.x' },
);
