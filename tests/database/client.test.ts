import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterCommit, type Database, openDatabase, type PlainStatement, sendOff, transact } from '../../src/database/client.ts';
import { databasePlugin } from '../../src/database/database.plugin.ts';
import { databaseFailure } from '../../src/database/outage.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

let database: ClonedDatabase;
let owner: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ db: owner, close } = openDatabase({ url: database.url, poolMax: 4 }));
  await owner.$client.query('create table notes (id uuid primary key, text text)');
});
afterAll(async () => {
  await close();
  await database.drop();
});

async function addNote(client: Pick<pg.ClientBase, 'query'>, id: string): Promise<void> {
  await client.query('insert into notes values ($1)', [id]);
}

async function hasNote(id: string): Promise<boolean> {
  return (await owner.$client.query('select 1 from notes where id = $1', [id])).rowCount === 1;
}

async function userOf(client: Pick<pg.ClientBase, 'query'>): Promise<string> {
  return (await client.query<{ name: string }>('select current_user as name')).rows[0]?.name ?? '';
}

test('a transaction whose work returns is stored, and its steps run then', async () => {
  const id = randomUUID();
  const seen: boolean[] = [];

  const result = await transact(owner, async (tx) => {
    afterCommit(tx, () => seen.push(true));
    await addNote(tx.$client, id);
    expect(seen).toEqual([]);
    return 'done';
  });

  expect({ result, seen, stored: await hasNote(id) }).toEqual({ result: 'done', seen: [true], stored: true });
});

test('a transaction whose work throws leaves nothing, runs no step, and passes the error on', async () => {
  const id = randomUUID();
  const seen: boolean[] = [];

  const failing = transact(owner, async (tx) => {
    afterCommit(tx, () => seen.push(true));
    await addNote(tx.$client, id);
    throw new Error('no');
  });

  await expect(failing).rejects.toThrow('no');
  expect({ seen, stored: await hasNote(id) }).toEqual({ seen: [], stored: false });
});

test('a transaction in which a failed statement was swallowed is not taken for stored', async () => {
  const id = randomUUID();

  const failing = transact(owner, async (tx) => {
    await addNote(tx.$client, id);
    await tx.$client.query('select 1 / 0').catch(() => undefined);
  });

  await expect(failing).rejects.toThrow('nothing was stored');
  expect(await hasNote(id)).toBe(false);
});

const noting = (id: string): PlainStatement => ({ name: 'note', text: 'insert into notes values ($1)', values: [id] });

test('what was sent off is stored with the rest', async () => {
  const [sent, waited] = [randomUUID(), randomUUID()];

  await transact(owner, async (tx) => {
    await sendOff(tx, noting(sent));
    await addNote(tx.$client, waited);
  });

  expect([await hasNote(sent), await hasNote(waited)]).toEqual([true, true]);
});

test.each(['nothing comes behind it', 'something does'])(
  'where what was sent off fails nothing is stored, and its error is the one: %s',
  async (what) => {
    const [twice, other] = [randomUUID(), randomUUID()];
    await addNote(owner.$client, twice);
    const steps: string[] = [];

    const failing = transact(owner, async (tx) => {
      afterCommit(tx, () => steps.push('committed'));
      await addNote(tx.$client, other);
      await sendOff(tx, noting(twice));
      if (what === 'something does') await tx.$client.query('select 1');
    });

    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect({ steps, stored: await hasNote(other) }).toEqual({ steps: [], stored: false });
    // The connection is good for the next.
    await transact(owner, (tx) => addNote(tx.$client, other));
    expect(await hasNote(other)).toBe(true);
  },
);

test('work that throws takes back what was sent off, and its own error is told', async () => {
  const id = randomUUID();

  const failing = transact(owner, async (tx) => {
    await sendOff(tx, noting(id));
    throw new Error('no');
  });

  await expect(failing).rejects.toThrow('no');
  expect(await hasNote(id)).toBe(false);
});

test('a connection that is cut while the commit waits behind what was sent off fails the transaction', async () => {
  const failing = transact(owner, async (tx) => {
    const { rows } = await tx.$client.query('select pg_backend_pid() as pid');
    await sendOff(tx, { name: 'sleep', text: 'select pg_sleep($1)', values: [5] });
    setTimeout(() => void owner.$client.query('select pg_terminate_backend($1)', [rows[0].pid]), 100);
  });

  const error = await failing.catch((it: unknown) => it);
  expect(databaseFailure(error)).toMatchObject({ code: 'database-unavailable' });
});

test('behind a pooler what is sent off is waited for', async () => {
  const { db, close: closePooled } = openDatabase({ url: database.url, poolMax: 1, pooler: 'transaction-prepared' });
  const [id, order]: [string, string[]] = [randomUUID(), []];
  try {
    await transact(db, async (tx) => {
      await sendOff(tx, noting(id));
      const { rows } = await tx.$client.query('select count(*)::integer as count from notes where id = $1', [id]);
      order.push(`stored ${rows[0].count}`);
    });
    expect({ order, isShared: db.shared !== db.$client }).toEqual({ order: ['stored 1'], isShared: false });
  } finally {
    await closePooled();
  }
});

test('a connection that is cut inside of a transaction is a failed request, not the end of the process, and the next one works', async () => {
  const cut = transact(owner, async (tx) => {
    const { rows } = await tx.$client.query('select pg_backend_pid() as pid');
    await owner.$client.query('select pg_terminate_backend($1)', [rows[0].pid]);
    // Nothing is under way on the connection when it dies.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await tx.$client.query('select 1');
  });

  const error = await cut.catch((it: unknown) => it);
  expect(databaseFailure(error)).toMatchObject({ code: 'database-unavailable' });
  const id = randomUUID();
  await transact(owner, (tx) => addNote(tx.$client, id));
  expect(await hasNote(id)).toBe(true);
});

test('a statement that takes too long is ended by the server', async () => {
  const { db, close: closeHasty } = openDatabase({ url: database.url, poolMax: 1, statementTimeoutMs: 50 });
  try {
    const error = await db.$client.query('select pg_sleep(5)').catch((it: unknown) => it);
    expect(databaseFailure(error)).toMatchObject({ code: 'timeout' });
  } finally {
    await closeHasty();
  }
});

test('the server works under the gateway role, whatever its login is and whatever the URL says', async () => {
  const named = new URL(database.url);
  named.searchParams.set('options', '-c role=none -c lock_timeout=1234');
  const app = Fastify();
  await app.register(databasePlugin, { url: named.href, poolMax: 1 });
  try {
    expect(await userOf(app.db.$client)).toBe('tongjian_gateway');
    // Other options of the URL hold.
    expect((await app.db.$client.query('show lock_timeout')).rows).toEqual([{ lock_timeout: '1234ms' }]);
    await expect(app.db.$client.query('delete from access_log')).rejects.toMatchObject({ code: '42501' });
  } finally {
    await app.close();
  }
});

test('the clone is open to both: its owner, and the gateway', async () => {
  const gateway = new pg.Client({ connectionString: database.gatewayUrl });
  await gateway.connect();
  try {
    expect(await userOf(gateway)).toBe('tongjian_gateway');
    expect(await userOf(owner.$client)).not.toBe('tongjian_gateway');
  } finally {
    await gateway.end();
  }
});
