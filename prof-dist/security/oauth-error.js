import { databaseFailure } from '../database/outage.js';
import { Failure } from '../failure.js';
/** The errors of OAuth: their status (RFC 6749 §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1), and the failure that the access log names. */
const SHOWN = {
    invalid_request: { status: 400, failure: 'malformed' },
    unsupported_grant_type: { status: 400, failure: 'not-supported' },
    invalid_scope: { status: 400, failure: 'scope-insufficient' },
    unauthorized_client: { status: 400, failure: 'not-owner' },
    invalid_client: { status: 401, failure: 'token-invalid' },
    invalid_token: { status: 401, failure: 'token-invalid' },
    server_error: { status: 500, failure: 'internal' },
    temporarily_unavailable: { status: 503, failure: 'database-unavailable' },
};
/** A request to an OAuth endpoint that is refused, in the words of OAuth and in two languages. */
export class OAuthError extends Error {
    name = 'OAuthError';
    code;
    zh;
    /** Who the request said it came from; not to be believed. */
    claimedClient;
    constructor(code, problem, claimedClient) {
        super(problem.en);
        this.code = code;
        this.zh = problem.zh;
        this.claimedClient = claimedClient;
    }
}
/**
 * Lets the OAuth endpoints of a scope answer errors as OAuth has it, never to be cached. Every refusal is logged before its answer
 * leaves; where that is impossible, the answer is 503.
 */
export function answerOAuthErrors(app, logFailedAuthentication) {
    app.setErrorHandler(async (error, request, reply) => {
        const refusal = asOAuthError(error);
        try {
            if (SHOWN[refusal.code].status < 500)
                await logFailedAuthentication(describe(refusal, request), new Date());
        }
        catch (logError) {
            request.log.error(logError, 'A refusal could not be logged.');
            return send(reply, UNAVAILABLE);
        }
        if (refusal.code === 'server_error')
            request.log.error(error, 'An OAuth endpoint broke down.');
        else
            request.log.info({ code: refusal.code, detail: refusal.message }, 'refused');
        return send(reply, refusal);
    });
}
const UNAVAILABLE = new OAuthError('temporarily_unavailable', {
    en: 'The database is not available. Try again in a few seconds.',
    zh: '数据库暂不可用，请数秒后重试。',
});
function asOAuthError(error) {
    if (error instanceof OAuthError)
        return error;
    if (error instanceof Failure) {
        if (error.code === 'overloaded')
            return new OAuthError('temporarily_unavailable', error.issues[0] ?? UNREADABLE);
        const isToken = error.code === 'token-missing' || error.code === 'token-invalid';
        return isToken ? new OAuthError('invalid_token', error.issues[0] ?? UNREADABLE) : UNAVAILABLE;
    }
    if (databaseFailure(error))
        return UNAVAILABLE;
    const { statusCode } = error;
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
        return new OAuthError('invalid_request', UNREADABLE);
    return new OAuthError('server_error', { en: 'The server met an unexpected condition.', zh: '服务器出现意外情况。' });
}
const UNREADABLE = {
    en: 'Send a form (application/x-www-form-urlencoded) of less than 64 KiB with each parameter at most once.',
    zh: '请以表单（application/x-www-form-urlencoded）提交，小于 64 KiB，每个参数至多出现一次。',
};
function describe(refusal, request) {
    return {
        interaction: request.routeOptions.schema?.operationId ?? 'oauth2',
        failure: SHOWN[refusal.code].failure,
        query: `client=${refusal.claimedClient ?? ''} error=${refusal.code}: ${refusal.message}`,
        requestId: request.id,
        address: request.ip,
    };
}
function send(reply, error) {
    if (error.code === 'invalid_token')
        reply.header('www-authenticate', 'Bearer error="invalid_token"');
    if (error.code === 'temporarily_unavailable')
        reply.header('retry-after', '5');
    return reply.code(SHOWN[error.code].status).send({
        error: error.code,
        error_description: toDescription(error.message),
        error_description_zh: error.zh,
    });
}
/** RFC 6749 §5.2 allows printable ASCII without the double quote and the backslash. */
function toDescription(text) {
    return text
        .replaceAll('"', "'")
        .replaceAll('\\', '/')
        .replace(/[^ -~]/g, '?');
}
