import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { databaseFailure } from '../database/outage.ts';
import { Failure, type FailureCode } from '../failure.ts';

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
} as const satisfies Record<string, { status: number; failure: FailureCode }>;

export type OAuthErrorCode = keyof typeof SHOWN;

/** A request to an OAuth endpoint that is refused, in the words of OAuth and in two languages. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthErrorCode;
  readonly zh: string;
  /** Who the request said it came from; not to be believed. */
  readonly claimedClient: string | undefined;

  constructor(code: OAuthErrorCode, problem: { readonly en: string; readonly zh: string }, claimedClient?: string) {
    super(problem.en);
    this.code = code;
    this.zh = problem.zh;
    this.claimedClient = claimedClient;
  }
}

/** A refused request to an OAuth endpoint, as the access log keeps it. */
export interface FailedAuthentication {
  /** operationId of the door. */
  readonly interaction: string;
  readonly failure: FailureCode;
  /** What was asked for and what was wrong with it, with the client that the request names; never with a token. */
  readonly query: string;
  readonly requestId: string;
  readonly address: string;
}

/** Writes the entry down durably before it resolves. */
export type LogFailedAuthentication = (entry: FailedAuthentication, now: Date) => Promise<void>;

/**
 * Lets the OAuth endpoints of a scope answer errors as OAuth has it, never to be cached. Every refusal is logged before its answer
 * leaves; where that is impossible, the answer is 503.
 */
export function answerOAuthErrors(app: FastifyInstance, logFailedAuthentication: LogFailedAuthentication): void {
  app.setErrorHandler(async (error: FastifyError | OAuthError | Failure, request, reply) => {
    const refusal = asOAuthError(error);
    if (error instanceof Failure && error.code === 'overloaded') {
      // Counted at /metrics, as at every other door.
      request.failure = error.code;
      return send(reply, refusal);
    }
    try {
      if (SHOWN[refusal.code].status < 500) await logFailedAuthentication(describe(refusal, request), new Date());
    } catch (logError) {
      request.log.error(logError, 'A refusal could not be logged.');
      return send(reply, UNAVAILABLE);
    }
    if (refusal.code === 'server_error') request.log.error(error, 'An OAuth endpoint broke down.');
    else request.log.info({ code: refusal.code, detail: refusal.message }, 'refused');
    return send(reply, refusal);
  });
}

const UNAVAILABLE = new OAuthError('temporarily_unavailable', {
  en: 'The database is not available. Try again in a few seconds.',
  zh: '数据库暂不可用，请数秒后重试。',
});

function asOAuthError(error: FastifyError | OAuthError | Failure): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof Failure) {
    if (error.code === 'overloaded') return new OAuthError('temporarily_unavailable', error.issues[0] ?? UNREADABLE);
    const isToken = error.code === 'token-missing' || error.code === 'token-invalid';
    return isToken ? new OAuthError('invalid_token', error.issues[0] ?? UNREADABLE) : UNAVAILABLE;
  }
  if (databaseFailure(error)) return UNAVAILABLE;
  const { statusCode } = error;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new OAuthError('invalid_request', UNREADABLE);
  return new OAuthError('server_error', { en: 'The server met an unexpected condition.', zh: '服务器出现意外情况。' });
}

const UNREADABLE = {
  en: 'Send a form (application/x-www-form-urlencoded) of less than 64 KiB with each parameter at most once.',
  zh: '请以表单（application/x-www-form-urlencoded）提交，小于 64 KiB，每个参数至多出现一次。',
};

function describe(refusal: OAuthError, request: FastifyRequest): FailedAuthentication {
  return {
    interaction: (request.routeOptions.schema as { operationId?: string } | undefined)?.operationId ?? 'oauth2',
    failure: SHOWN[refusal.code].failure,
    query: `client=${refusal.claimedClient ?? ''} error=${refusal.code}: ${refusal.message}`,
    requestId: request.id,
    address: request.ip,
  };
}

function send(reply: FastifyReply, error: OAuthError): FastifyReply {
  if (error.code === 'invalid_token') reply.header('www-authenticate', 'Bearer error="invalid_token"');
  if (error.code === 'temporarily_unavailable') reply.header('retry-after', '5');
  return reply.code(SHOWN[error.code].status).send({
    error: error.code,
    error_description: toDescription(error.message),
    error_description_zh: error.zh,
  });
}

/** RFC 6749 §5.2 allows printable ASCII without the double quote and the backslash. */
function toDescription(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[^ -~]/g, '?');
}
