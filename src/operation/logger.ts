import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { FastifyServerOptions } from 'fastify';
import pg from 'pg';

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
