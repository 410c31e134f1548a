import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asFailure } from '../database/outage.ts';
import { Failure } from '../failure.ts';

/** How each error of OAuth is shown (RFC 6749 §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1). */
const STATUS = {
  invalid_request: 400,
  invalid_scope: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_client: 401,
  invalid_token: 401,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export type OAuthErrorCode = keyof typeof STATUS;

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
  readonly error: OAuthErrorCode;
  readonly claimedClient: string | undefined;
  readonly requestId: string;
  readonly address: string;
}

/** Writes the entry down durably before it resolves. */
export type LogFailedAuthentication = (entry: FailedAuthentication, now: Date) => Promise<void>;

/**
 * Lets the OAuth endpoints of a scope answer errors as OAuth has it, never to be cached. Every refusal is logged before its answer
 * leaves; where that is impossible, the answer is 503.
 */
export function speakOAuthErrors(app: FastifyInstance, logFailedAuthentication: LogFailedAuthentication): void {
  app.setErrorHandler(async (error: FastifyError | OAuthError | Failure, request, reply) => {
    const refusal = asOAuthError(error);
    try {
      if (STATUS[refusal.code] < 500) await logFailedAuthentication(describe(refusal, request), new Date());
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

function asOAuthError(error: unknown): OAuthError {
  const known = asFailure(error);
  if (known instanceof OAuthError) return known;
  if (known instanceof Failure) {
    const [issue] = known.issues;
    if (known.code === 'token-missing' || known.code === 'token-invalid') return new OAuthError('invalid_token', issue ?? UNREADABLE);
    return UNAVAILABLE;
  }
  const status = (known as { statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) return new OAuthError('invalid_request', UNREADABLE);
  return new OAuthError('server_error', { en: 'The server met an unexpected condition.', zh: '服务器出现意外情况。' });
}

const UNREADABLE = {
  en: 'Send a form (application/x-www-form-urlencoded) of less than 64 KiB with each parameter at most once.',
  zh: '请以表单（application/x-www-form-urlencoded）提交，小于 64 KiB，每个参数至多出现一次。',
};

function describe(refusal: OAuthError, request: FastifyRequest): FailedAuthentication {
  return {
    interaction: (request.routeOptions.schema as { operationId?: string } | undefined)?.operationId ?? 'oauth2',
    error: refusal.code,
    claimedClient: refusal.claimedClient,
    requestId: request.id,
    address: request.ip,
  };
}

function send(reply: FastifyReply, error: OAuthError): FastifyReply {
  if (error.code === 'invalid_token') reply.header('www-authenticate', 'Bearer error="invalid_token"');
  if (error.code === 'temporarily_unavailable') reply.header('retry-after', '5');
  return reply.code(STATUS[error.code]).send({
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
