import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { databaseFailure } from '../../src/database/outage.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

const POOL_MAX = 8;
let database: ClonedDatabase;
let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ db, close } = openDatabase({ url: database.url, poolMax: POOL_MAX }));
});
afterAll(async () => {
  await close();
  await database.drop();
});

interface Answer {
  readonly pid: number;
  readonly it: number;
}

/** The number comes back, and which connection it went over. */
async function ask(it: number): Promise<Answer> {
  const { rows } = await db.shared.query<Answer>({ name: 'echo', text: 'select pg_backend_pid() as pid, $1::integer as it', values: [it] });
  return rows[0] as Answer;
}

const askAll = (count: number): Promise<readonly Answer[]> => Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

test('statements at the same time share a few connections, and each gets its own answer', async () => {
  const answers = await askAll(16);

  expect(answers.map((it) => it.it)).toEqual(Array.from({ length: 16 }, (_, index) => index));
  // Two, and on a machine that stands still for a while some more.
  expect(new Set(answers.map((it) => it.pid)).size).toBeLessThan(POOL_MAX);
});

test('more than all connections should share wait for nobody else', async () => {
  const answers = await askAll(40 * POOL_MAX);

  expect(answers.map((it) => it.it)).toEqual(Array.from({ length: 40 * POOL_MAX }, (_, index) => index));
  expect(db.$client.totalCount).toBeLessThanOrEqual(POOL_MAX);
});

test('a statement that fails fails alone', async () => {
  const [failed, ...answers] = await Promise.allSettled([
    db.shared.query({ text: 'select 1 / 0' }),
    ...Array.from({ length: 20 }, (_, index) => ask(index)),
  ]);

  expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(answers.every((it) => it.status === 'fulfilled')).toBe(true);
});

test('what is slow delays nobody who comes later', async () => {
  const order: string[] = [];
  const slow = Promise.all(Array.from({ length: 3 }, () => db.shared.query('select pg_sleep(1)').then(() => order.push('slow'))));
  await new Promise((resolve) => setTimeout(resolve, 100));

  await askAll(20).then(() => order.push('quick'));
  await slow;

  expect(order).toEqual(['quick', 'slow', 'slow', 'slow']);
});

test('a connection that is cut fails what is under way on it, and the next statements find others', async () => {
  const cut = db.shared.query('select pg_sleep(5)').catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await db.$client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(5)'`,
  );

  expect(databaseFailure(await cut)).toMatchObject({ code: 'database-unavailable' });
  expect((await askAll(20)).length).toBe(20);
});

test('statements behind one of their name that was ended before it was prepared are done by themselves', async () => {
  const { db: hasty, close: closeHasty } = openDatabase({ url: database.url, poolMax: 1, statementTimeoutMs: 300 });
  const locking = await db.$client.connect();
  try {
    await locking.query('begin; lock table institutions in access exclusive mode');
    const asked = { name: 'locked', text: 'select count(*) from institutions' };
    const ends = await Promise.all(
      Array.from({ length: 4 }, () =>
        hasty.shared.query(asked).then(
          () => 'done',
          (error: unknown) => databaseFailure(error)?.code ?? String(error),
        ),
      ),
    );
    expect(ends).toEqual(['timeout', 'timeout', 'timeout', 'timeout']);
  } finally {
    await locking.query('rollback');
    locking.release();
    await closeHasty();
  }
});

test('connections go back into the pool when nothing is under way on them', async () => {
  await askAll(50);
  await new Promise((resolve) => setImmediate(resolve));

  const { totalCount, idleCount, waitingCount } = db.$client;
  expect({ busy: totalCount - idleCount, waitingCount }).toEqual({ busy: 0, waitingCount: 0 });
});

test('without a free connection it is busy, as the pool is, and well again after', async () => {
  const { db: small, close: closeSmall } = openDatabase({ url: database.url, poolMax: 1, waitMs: 100 });
  try {
    const held = await small.$client.connect();
    const errors = await Promise.all([1, 2].map(() => small.shared.query('select 1').catch((error: unknown) => error)));
    expect(errors.map((it) => databaseFailure(it)?.code)).toEqual(['busy', 'busy']);

    held.release();
    expect((await small.shared.query('select 1 as it')).rows).toEqual([{ it: 1 }]);
  } finally {
    await closeSmall();
  }
});
