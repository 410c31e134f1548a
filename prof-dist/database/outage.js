import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { Failure } from '../failure.js';
/** What the database says of itself when it cannot serve, by SQLSTATE or its first two characters (PostgreSQL, appendix A). */
const OF_SQLSTATE = {
    '08': 'database-unavailable', // connection exception
    '25006': 'database-unavailable', // a standby that cannot write, after a switch-over
    '28': 'database-unavailable', // the login is refused
    '3D000': 'database-unavailable', // no such database
    '53': 'database-unavailable', // too many connections, no memory, disk full
    '57P': 'database-unavailable', // it is shutting down, starting, or cut the connection
    '58': 'database-unavailable', // system error, such as a disk that does not answer
    '25P03': 'timeout', // idle in a transaction
    '25P04': 'timeout', // the transaction took too long
    '57014': 'timeout', // statement_timeout
    '40001': 'busy', // serialization failure
    '40P01': 'busy', // deadlock
    '55P03': 'busy', // lock not available
};
/** Messages of the client library for which it has no code. */
const OF_MESSAGE = {
    'timeout exceeded when trying to connect': 'busy', // no connection of the pool came free
    'Connection terminated due to connection timeout': 'database-unavailable',
    'Connection terminated unexpectedly': 'database-unavailable',
    'Connection terminated': 'database-unavailable',
    'Client has encountered a connection error and is not queryable': 'database-unavailable',
    'Client was closed and is not queryable': 'database-unavailable',
    'Cannot use a pool after calling end on the pool': 'database-unavailable',
    'Query read timeout': 'database-unavailable', // it does not even say that it takes too long
};
const SOCKET_CALLS = ['connect', 'read', 'write', 'getaddrinfo'];
const SHOWN = {
    'database-unavailable': { en: 'the database cannot be reached now', zh: '数据库暂时不可用', retryAfterSeconds: 5 },
    timeout: { en: 'the database took too long', zh: '数据库处理超时', retryAfterSeconds: 5 },
    busy: { en: 'others are at work on the same data, or all connections are in use', zh: '系统繁忙，请稍后重试', retryAfterSeconds: 1 },
};
/**
 * The Failure an error of the database stands for, if it is one that passes by itself: away, too slow, or at odds with other
 * transactions. `undefined` for every other error: a statement that is wrong, or an error that is not the database's.
 *
 * After a connection was lost during a commit, nobody knows whether it was made; a caller who tries again has to be idempotent.
 */
export function databaseFailure(error) {
    if (error instanceof Failure)
        return error.code in SHOWN ? error : undefined;
    const cause = causeOf(error);
    const code = failureCodeOf(cause);
    const shown = code && SHOWN[code];
    if (!shown)
        return undefined;
    const { retryAfterSeconds, ...issue } = shown;
    return new Failure(code, issue, { retryAfterSeconds, cause });
}
/**
 * Whether an error may lie in one of the rows written together, so that the others could be written without it. Not an outage, and not a
 * statement that fails whatever it is given (SQLSTATE class 42: syntax error or access rule violation).
 */
export function mayLieInRow(error) {
    if (error instanceof Failure || databaseFailure(error))
        return false;
    const cause = causeOf(error);
    return !(cause instanceof pg.DatabaseError && cause.code?.startsWith('42'));
}
/** What the client library threw: Drizzle wraps it, and a host name with two addresses fails once for each. */
export function causeOf(error) {
    if (error instanceof DrizzleQueryError)
        return causeOf(error.cause);
    if (error instanceof AggregateError)
        return error.errors[0];
    return error;
}
function failureCodeOf(error) {
    if (error instanceof pg.DatabaseError) {
        const state = error.code ?? '';
        return OF_SQLSTATE[state] ?? OF_SQLSTATE[state.slice(0, 3)] ?? OF_SQLSTATE[state.slice(0, 2)];
    }
    if (!(error instanceof Error))
        return undefined;
    // A file that is missing has a code too: only calls on sockets count.
    const { syscall } = error;
    if (syscall && SOCKET_CALLS.includes(syscall))
        return 'database-unavailable';
    return OF_MESSAGE[error.message];
}
