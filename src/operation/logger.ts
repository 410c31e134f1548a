import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { FastifyServerOptions } from 'fastify';
import pg from 'pg';
import { pino } from 'pino';

/**
 * JSON lines for the operator. No personal data, no tokens: of a request only its door is named, never its address with the query, and of
 * a database error never the text, which may quote values.
 */
export function loggerOptions(
  level: string,
  stream?: { write(line: string): void },
): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level,
    ...(stream ? { stream } : {}),
    redact: ['req.headers.authorization'],
    serializers: {
      req: (request) => ({ method: request.method }),
      err: (error: Error) => describeError(error),
    },
  };
}

/** Lines are gathered into writes of this size: a pipe takes that in one piece, so that lines of several processes do not mix. */
const WRITE_BYTES = 4_096;
const FLUSH_MS = 100;
/** Where nobody reads them, lines beyond these are lost rather than kept. */
const WAITING_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Standard output for log lines. They are written several at once, a tenth of a second late at most, and what is left when the process ends;
 * writing each by itself took a tenth of what a look-up costs.
 */
export function logOutput(): { write(line: string): void } {
  return pino.destination({
    dest: 1,
    sync: false,
    minLength: WRITE_BYTES - 1_024,
    maxWrite: WRITE_BYTES,
    periodicFlush: FLUSH_MS,
    maxLength: WAITING_BYTES_MAX,
  });
}

function describeError(error: Error & { code?: string }): { type: string; message: string; stack: string; code?: string } {
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((it) => it.trimStart().startsWith('at '))
    .join('\n');
  // Its own message repeats the statement with every value given to it.
  if (error instanceof DrizzleQueryError) return { ...describeError(error.cause ?? new Error('a statement failed')), stack: frames };
  if (error instanceof pg.DatabaseError) {
    const { code, constraint, table, routine } = error;
    return {
      type: 'DatabaseError',
      message: [code, table, constraint, routine].filter(Boolean).join(' '),
      stack: frames,
      ...(code ? { code } : {}),
    };
  }
  const cause = error.cause instanceof Error ? `; caused by ${describeError(error.cause).message}` : '';
  return { type: error.name, message: error.message + cause, stack: frames, ...(error.code ? { code: error.code } : {}) };
}
