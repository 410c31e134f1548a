import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { shareMemory } from './reference-memory.js';
import { leaveNamesOut } from './unnamed-statements.js';
/** Where this reader reads what was published. */
export function contentsOf(reader) {
    return reader.contents ?? reader;
}
/**
 * A named statement is planned once a connection. Where its values are lists the server would otherwise plan it anew for each of them, which takes
 * longer than doing it; and what requests ask is about persons, so that no other values would lead to another plan. Reports are planned for
 * their values: a filter by outcome or purpose leads to an index of its own.
 */
export const PLANNED_ONCE = { plan_cache_mode: 'force_generic_plan' };
const SILENCE_MS = 5_000;
/** What the login of a pooler is given for a limit. */
const POOLED_LIMIT_MS = 10_000;
/** Opens a pool. No connection is made until the first statement; `close` waits for the statements under way. */
export function openDatabase(options) {
    const pooled = options.pooler !== undefined && options.pooler !== 'none';
    const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
    const settings = { statement_timeout: String(statementTimeoutMs), ...options.settings };
    // Options inside the URL would take the place of these settings, the role among them, so they are taken out and put before them.
    const url = new URL(options.url);
    const given = url.searchParams.get('options');
    if (!pooled)
        url.searchParams.delete('options');
    const pool = new pg.Pool({
        connectionString: url.href,
        max: options.poolMax,
        connectionTimeoutMillis: options.waitMs ?? 5_000,
        // The server ends a statement that takes too long; this is for a server, or a network, that says nothing any more.
        ...(statementTimeoutMs > 0 && {
            query_timeout: (pooled ? Math.max(statementTimeoutMs, POOLED_LIMIT_MS) : statementTimeoutMs) + SILENCE_MS,
        }),
        keepAlive: true,
        idleTimeoutMillis: 30_000,
        application_name: 'tongjian',
        ...(!pooled && {
            options: [...(given ? [given] : []), ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)].join(' '),
        }),
    });
    // A connection that dies is replaced at the next statement, and the statement under way fails. Without the two listeners, for
    // connections at rest and for those in use, its death would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    if (options.pooler === 'transaction')
        pool.on('connect', leaveNamesOut);
    shareMemory(pool);
    return { db: drizzle(pool), close: () => pool.end() };
}
const stepsAfterCommit = new WeakMap();
/** Made once a connection: making one takes as long as a small statement. */
const transactions = new WeakMap();
function transactionOn(client) {
    const known = transactions.get(client);
    if (known)
        return known;
    const made = drizzle(client);
    transactions.set(client, made);
    return made;
}
/** Has the step run once the transaction has committed, and never if it rolls back. The step may not throw. */
export function afterCommit(tx, step) {
    const steps = stepsAfterCommit.get(tx.$client);
    if (!steps)
        throw new Error('no transaction is open on this connection');
    steps.push(step);
}
/**
 * Does the work in one transaction: commits when it returns, rolls back when it throws.
 *
 * A connection whose rollback fails is thrown away instead of going back into the pool.
 */
export async function transact(db, work) {
    const client = await db.$client.connect();
    let broken;
    try {
        await client.query('begin');
        const steps = [];
        stepsAfterCommit.set(client, steps);
        const result = await work(transactionOn(client));
        const { command } = await client.query('commit');
        // PostgreSQL answers the commit of a transaction in which a statement failed by rolling it back, without an error.
        if (command !== 'COMMIT')
            throw new Error('a statement of the transaction failed and its error was swallowed; nothing was stored');
        for (const step of steps)
            step();
        return result;
    }
    catch (error) {
        await client.query('rollback').catch((rollbackError) => {
            broken = rollbackError;
        });
        throw error;
    }
    finally {
        stepsAfterCommit.delete(client);
        client.release(broken);
    }
}
