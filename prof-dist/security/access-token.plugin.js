import fp from 'fastify-plugin';
import { readBearerToken, tokenRefused } from './bearer-token.js';
import { identifyCaller } from './identify-caller.js';
import { requireDoorOfToken } from './require-door-of-token.js';
import { requireRightOfPurpose } from './require-right-of-purpose.js';
/**
 * Lets nobody into its scope without an access token, and tells the scope who calls (`request.caller`).
 *
 * Refuses with `token-missing`, `token-invalid`, `parameter-invalid` (a header about clinician, purpose or reason that cannot be
 * understood), `scope-insufficient` (an emergency without the right to it, a token for one patient at a door that is not for one); with `database-unavailable` where it cannot be asked whether
 * the token was revoked.
 */
export const accessTokenPlugin = fp(async (app, { tokens }) => {
    app.decorateRequest('caller', null);
    app.addHook('onRequest', async (request) => {
        const claims = await tokens.read(readBearerToken(request.headers.authorization), new Date());
        if (typeof claims === 'string')
            throw tokenRefused(claims);
        request.caller = identifyCaller(claims, request.headers, request.id, request.ip);
        requireRightOfPurpose(request.caller);
        if (!request.is404)
            requireDoorOfToken(request.caller, request.routeOptions.config);
    });
}, { name: 'access-token', fastify: '5.x' });
