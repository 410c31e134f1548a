import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../failure.ts';
import { asFailure } from './as-failure.ts';
import { methodsAt } from './doors.ts';
import { languageOf, SHOWN } from './shown-failures.ts';

/** How a face writes a failure. */
export type Shape = (failure: Failure, language: 'zh' | 'en') => object;

/**
 * Gives a scope its one place where failures become answers: logged for the operator, written into the access log, and only then shown.
 * Where the access log cannot be written the answer is 503, whatever it would have been.
 */
export function answerFailures(scope: FastifyInstance, mediaType: string, shape: Shape): void {
  scope.setErrorHandler(async (error, request, reply) => {
    const failure = asFailure(error);
    // Before anybody is known nothing was looked at, and an entry for each would be the very load that is refused. They are counted at /metrics.
    if (failure.code === 'overloaded' && !request.caller) return show(request, reply, failure, mediaType, shape);
    return show(request, reply, await logged(request, failure), mediaType, shape);
  });
}

/**
 * The same for doors that anybody may knock at and behind which nothing is about anybody: their failures are told to the operator alone. In the
 * access log, which those doors show the growth of, each would be an entry more.
 */
export function answerOpenFailures(scope: FastifyInstance, mediaType: string, shape: Shape): void {
  scope.setErrorHandler(async (error, request, reply) => {
    const failure = asFailure(error);
    if (failure.code !== 'overloaded') tell(request, failure, interactionOf(request));
    return show(request, reply, failure, mediaType, shape);
  });
}

/** Lets an address that no door answers be a failure like any other. In a scope with callers, only they are told. */
export function answerUnknownDoors(scope: FastifyInstance): void {
  scope.setNotFoundHandler(async (request) => {
    throw unknownDoor(request);
  });
}

/** The failure of a request that no door answers: `method-not-allowed` where its address is answered to others, else `not-found`. */
export function unknownDoor(request: FastifyRequest): Failure {
  const path = pathOf(request).split('?')[0];
  const methods = methodsAt(request.server.doors, request.url);
  return new Failure(methods.length > 0 && !methods.includes(request.method) ? 'method-not-allowed' : 'not-found', {
    path: request.method,
    en: `nothing answers ${request.method} ${path} here`,
    zh: `此处没有 ${request.method} ${path}`,
  });
}

function show(request: FastifyRequest, reply: FastifyReply, failure: Failure, mediaType: string, shape: Shape): FastifyReply {
  request.failure = failure.code;
  const language = languageOf(request.headers['accept-language']);
  reply.code(SHOWN[failure.code].status).header('content-language', language === 'zh' ? 'zh-CN' : 'en');
  if (failure.code === 'token-missing' || failure.code === 'token-invalid') {
    reply.header('www-authenticate', failure.code === 'token-missing' ? 'Bearer' : 'Bearer error="invalid_token"');
  }
  if (failure.code === 'scope-insufficient') reply.header('www-authenticate', 'Bearer error="insufficient_scope"');
  if (failure.code === 'method-not-allowed' && !reply.hasHeader('allow')) reply.header('allow', allowedAt(request));
  if (failure.retryAfterSeconds !== undefined) reply.header('retry-after', String(failure.retryAfterSeconds));
  return reply.type(mediaType).send(JSON.stringify(shape(failure, language)));
}

/** What else can be done at the address; the method just refused is none of it, even where a door refuses it with a reason. */
function allowedAt(request: FastifyRequest): string {
  return methodsAt(request.server.doors, request.url)
    .filter((it) => it !== request.method)
    .join(', ');
}

/** Writes the failure into both logs; answers the failure to show. */
async function logged(request: FastifyRequest, failure: Failure): Promise<Failure> {
  const interaction = interactionOf(request);
  tell(request, failure, interaction);
  try {
    await request.server.accessLog.recordFailure(
      {
        caller: request.caller ?? null,
        interaction,
        failure: failure.code,
        outcome: outcomeOf(failure),
        person: failure.person,
        decision: failure.decision,
        query: `${request.method} ${pathOf(request)}`,
        requestId: request.id,
        address: request.ip,
      },
      new Date(),
    );
    return failure;
  } catch (error) {
    request.log.error({ err: error, interaction }, 'the access log cannot be written');
    const reason = asFailure(error);
    return reason.code === 'internal'
      ? new Failure('busy', { en: 'the access log cannot be written now', zh: '暂时无法写入访问日志' }, { retryAfterSeconds: 5 })
      : reason;
  }
}

/** Tells the operator of a failure; of a fault of this server also what it was. */
function tell(request: FastifyRequest, failure: Failure, interaction: string): void {
  if (failure.code === 'internal') request.log.error({ err: failure.cause, interaction }, 'failed');
  else request.log.info({ code: failure.code, interaction }, 'refused');
}

function interactionOf(request: FastifyRequest): string {
  return (request.routeOptions.schema as { operationId?: string } | undefined)?.operationId ?? 'unknownRoute';
}

/** AuditEvent.outcome: 4 for what the caller can mend, 8 for what passes, 12 for a fault of this server. */
function outcomeOf(failure: Failure): 4 | 8 | 12 {
  const { status } = SHOWN[failure.code];
  if (status < 500) return 4;
  return status === 500 ? 12 : 8;
}

function pathOf(request: FastifyRequest): string {
  return request.url.slice(0, 2_000);
}
