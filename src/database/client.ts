import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Pooler } from '../config.ts';
import { shareMemory } from './reference-memory.ts';
import { SharedConnections } from './shared-connections.ts';
import { leaveNamesOut } from './unnamed-statements.ts';

/**
 * The store, outside of any transaction. Drizzle's builder for the everyday, `$client` (a pg pool) for prepared hot statements, `shared` for those of
 * them that are quick by themselves, on connections that requests share.
 */
export type Database = NodePgDatabase & { readonly $client: pg.Pool; readonly shared: Pick<pg.Pool, 'query'> };

declare const inTransaction: unique symbol;

/**
 * An open transaction on one connection. Every function that writes takes one, so that no write can happen outside of it.
 */
export type Transaction = NodePgDatabase & { readonly $client: pg.PoolClient; readonly [inTransaction]: true };

/** Enough to read: the database itself, or a transaction that is open already. */
export type Reader = Pick<Database, 'select' | 'selectDistinct' | 'execute'> & {
  readonly $client: Pick<pg.Pool, 'query'>;
  /** Where a look-up reads what was published, if not here (`Replicas`). */
  readonly contents?: Contents;
};

/** Enough to read what was published, once it is decided who may see it. */
export type Contents = Pick<Reader, '$client'>;

/** Where this reader reads what was published. */
export function contentsOf(reader: Reader): Contents {
  return reader.contents ?? reader;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolMax: number;
  /** Session settings given at log-in, such as `role`; they cost no statement per request. */
  readonly settings?: Readonly<Record<string, string>>;
  /** 10 s unless said otherwise; 0 is no limit. */
  readonly statementTimeoutMs?: number;
  /** How long is waited for a connection of the pool; 5 s unless said otherwise. */
  readonly waitMs?: number;
  /** Through a pooler there are no session settings: its login brings them along (`requirePooledLogin`). */
  readonly pooler?: Pooler | undefined;
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
export function openDatabase(options: DatabaseOptions): { db: Database; close: () => Promise<void> } {
  const pooled = options.pooler !== undefined && options.pooler !== 'none';
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
  const settings = { statement_timeout: String(statementTimeoutMs), ...options.settings };
  // Options inside the URL would take the place of these settings, the role among them, so they are taken out and put before them.
  const url = new URL(options.url);
  const given = url.searchParams.get('options');
  if (!pooled) url.searchParams.delete('options');
  const pool = new pg.Pool({
    connectionString: url.href,
    max: options.poolMax,
    connectionTimeoutMillis: options.waitMs ?? 5_000,
    // The server ends a statement that takes too long; this is for a server, or a network, that says nothing any more.
    ...(statementTimeoutMs > 0 && {
      query_timeout: (pooled ? Math.max(statementTimeoutMs, POOLED_LIMIT_MS) : statementTimeoutMs) + SILENCE_MS,
    }),
    keepAlive: true,
    // Statements may go behind one another without waiting for each answer; a pooler is not asked to understand that.
    pipeline: !pooled,
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
  if (options.pooler === 'transaction') pool.on('connect', leaveNamesOut);
  // Behind a pooler each statement waits for the one before.
  const shared = pooled ? pool : new SharedConnections(pool, options.poolMax);
  shareMemory(pool, shared);
  return { db: Object.assign(drizzle(pool), { shared }), close: () => pool.end() };
}

/** Of each connection with an open transaction. */
interface OpenTransaction {
  /** What runs once it has committed. */
  readonly afterCommit: (() => void)[];
  /** Statements whose answers nobody waited for. */
  readonly sentOff: Promise<unknown>[];
}

const openTransactions = new WeakMap<pg.PoolClient, OpenTransaction>();
/** Made once a connection: making one takes as long as a small statement. */
const transactions = new WeakMap<pg.PoolClient, Transaction>();

function transactionOn(client: pg.PoolClient): Transaction {
  const known = transactions.get(client);
  if (known) return known;
  const made = drizzle(client) as unknown as Transaction;
  transactions.set(client, made);
  return made;
}

function openOn(tx: Transaction): OpenTransaction {
  const open = openTransactions.get(tx.$client);
  if (!open) throw new Error('no transaction is open on this connection');
  return open;
}

/** Has the step run once the transaction has committed, and never if it rolls back. The step may not throw. */
export function afterCommit(tx: Transaction, step: () => void): void {
  openOn(tx).afterCommit.push(step);
}

/** A statement that cannot fail on its way to the database: its values are sent as they are, or as what they print. */
export interface PlainStatement {
  readonly name: string;
  readonly text: string;
  readonly values: (string | number | bigint | Date | null)[];
}

/**
 * A write whose answer the work does not need: what comes next, the commit too, is sent behind it without waiting. Where it fails, the database
 * makes nothing of what is behind it, and the transaction fails with its error. Behind a pooler it is waited for.
 */
export async function sendOff(tx: Transaction, statement: PlainStatement): Promise<void> {
  const sent = tx.$client.query(statement);
  if (!tx.$client.pipeline) {
    await sent;
    return;
  }
  // Its error is told by the transaction.
  sent.catch(() => undefined);
  openOn(tx).sentOff.push(sent);
}

/**
 * Does the work in one transaction: commits when it returns, rolls back when it throws.
 *
 * A connection whose rollback fails is thrown away instead of going back into the pool.
 */
export async function transact<Result>(db: Database, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const client = await db.$client.connect();
  const open: OpenTransaction = { afterCommit: [], sentOff: [] };
  let broken: Error | undefined;
  try {
    await client.query('begin');
    openTransactions.set(client, open);
    const result = await work(transactionOn(client));
    const [{ command }] = await Promise.all([client.query('commit'), ...open.sentOff]);
    // PostgreSQL answers the commit of a transaction in which a statement failed by rolling it back, without an error.
    if (command !== 'COMMIT') throw new Error('a statement of the transaction failed and its error was swallowed; nothing was stored');
    for (const step of open.afterCommit) step();
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw await firstError(open.sentOff, error);
  } finally {
    openTransactions.delete(client);
    client.release(broken);
  }
}

/** What was sent off has failed before what came behind it, whose error says no more than that. */
function firstError(sentOff: readonly Promise<unknown>[], error: unknown): Promise<unknown> {
  return Promise.all(sentOff).then(
    () => error,
    (first: unknown) => first,
  );
}
