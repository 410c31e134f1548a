import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { expect, test } from 'vitest';
import { databaseFailure, mayLieInRow } from '../../src/database/outage.ts';
import { Failure } from '../../src/failure.ts';

function sqlState(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('said by the server', 0, 'error');
  error.code = code;
  return error;
}

function socketError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

test.for<[string, unknown, string | undefined]>([
  ['nobody listens', socketError('ECONNREFUSED', 'connect'), 'database-unavailable'],
  ['the socket is gone', socketError('ENOENT', 'connect'), 'database-unavailable'],
  ['a file is gone', socketError('ENOENT', 'open'), undefined],
  ['the connection is reset', socketError('ECONNRESET', 'read'), 'database-unavailable'],
  ['the name is not known', socketError('ENOTFOUND', 'getaddrinfo'), 'database-unavailable'],
  ['both addresses of a name refuse', new AggregateError([socketError('ECONNREFUSED', 'connect')]), 'database-unavailable'],
  [
    'another server that refuses, as fetch tells it',
    new TypeError('fetch failed', { cause: socketError('ECONNREFUSED', 'connect') }),
    undefined,
  ],
  ['the server is stopped by its operator', sqlState('57P01'), 'database-unavailable'],
  ['the server is starting', sqlState('57P03'), 'database-unavailable'],
  ['too many connections', sqlState('53300'), 'database-unavailable'],
  ['the disk is full', sqlState('53100'), 'database-unavailable'],
  ['the connection failed', sqlState('08006'), 'database-unavailable'],
  ['a standby that cannot write', sqlState('25006'), 'database-unavailable'],
  ['the connection ended without a word', new Error('Connection terminated unexpectedly'), 'database-unavailable'],
  ['the statement took too long', sqlState('57014'), 'timeout'],
  ['no connection came free', new Error('timeout exceeded when trying to connect'), 'busy'],
  ['a serialization failure', sqlState('40001'), 'busy'],
  ['a deadlock', sqlState('40P01'), 'busy'],
  ['a lock that is not available', sqlState('55P03'), 'busy'],
  ['a duplicate key', sqlState('23505'), undefined],
  ['a missing right', sqlState('42501'), undefined],
  ['a wrong statement', sqlState('42601'), undefined],
  ['a fault of the program', new TypeError('x is undefined'), undefined],
  ['something that is no error', 'no', undefined],
])('%s', ([, error, code]) => {
  expect(databaseFailure(error)?.code).toBe(code);
  expect(databaseFailure(new DrizzleQueryError('select', [], error as Error))?.code).toBe(code);
});

test('a failure that passes tells when to try again, in both languages, and keeps its cause for the log', () => {
  const cause = sqlState('57P01');

  expect(databaseFailure(cause)).toMatchObject({
    retryAfterSeconds: 5,
    cause,
    issues: [{ en: expect.any(String), zh: expect.stringMatching(/数据库/) }],
  });
});

test('a failure of the domain is no outage; one that is told twice stays itself', () => {
  const outage = databaseFailure(sqlState('57P01'));

  expect(databaseFailure(new Failure('not-found', { en: 'no', zh: '无' }))).toBeUndefined();
  expect(databaseFailure(outage)).toBe(outage);
});

test.for<[string, unknown, boolean]>([
  ['a duplicate key may lie in one row', sqlState('23505'), true],
  ['a text that is no date too', sqlState('22007'), true],
  ['a value the program cannot write too', new TypeError('Do not know how to serialize a BigInt'), true],
  ['an outage lies in no row', sqlState('57P01'), false],
  ['a missing right neither', sqlState('42501'), false],
  ['a failure of the domain neither', new Failure('busy', { en: 'no', zh: '无' }), false],
])('%s', ([, error, expected]) => {
  expect(mayLieInRow(error)).toBe(expected);
});
