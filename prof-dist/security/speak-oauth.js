import formbody from '@fastify/formbody';
import { answerOAuthErrors } from './oauth-error.js';
/** Requests are forms of a few parameters, the largest of which is a signed JWT. */
const BODY_LIMIT_BYTES = 64 * 1024;
/** The manners of the OAuth 2.0 scope: forms in, answers that nobody may cache, errors in the words of OAuth (RFC 6749 §5). */
export async function speakOAuth(scope, logFailedAuthentication) {
    scope.removeAllContentTypeParsers();
    await scope.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
    scope.addHook('onRequest', async (_request, reply) => {
        reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    });
    answerOAuthErrors(scope, logFailedAuthentication);
}
