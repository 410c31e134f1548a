import Fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessLogPlugin, refuseUnloggedAnswer } from '../../src/access-log/access-log.plugin.ts';
import { recordAccess } from '../../src/access-log/record-access.ts';
import { transact } from '../../src/database/client.ts';
import { databasePlugin } from '../../src/database/database.plugin.ts';
import { Failure } from '../../src/failure.ts';
import type { Access } from '../../src/resources/custody.ts';
import { freshNumber, freshPerson } from '../../src/resources/resource-id.ts';
import type { Caller } from '../../src/security/caller.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

let database: ClonedDatabase;
let app: FastifyInstance;

const callerOf = (more: Partial<Caller> = {}): Caller => ({
  client: 'client-1',
  institution: 7,
  scopes: [],
  tokenId: 'token-1',
  practitioner: { system: 'urn:oid:2.16.156.10011.1.4', value: 'D-1001', name: '林敏' },
  purpose: 'TREAT',
  emergencyReason: null,
  requestId: String(freshNumber()),
  address: '10.1.2.3',
  ...more,
});
const read = (person: bigint, more: Partial<Access> = {}): Access => ({
  person,
  action: 'R',
  interaction: 'readResource',
  entities: ['Patient/1/_history/1'],
  ...more,
});
const entriesOf = async (person: bigint) =>
  (await app.db.$client.query('select * from access_log where person = $1 order by interaction', [String(person)])).rows;

/** A scope as the faces have it, with doors that keep or break the promise. */
beforeAll(async () => {
  database = await cloneDatabase();
  app = Fastify();
  await app.register(databasePlugin, { url: database.url, poolMax: 4 });
  await app.register(accessLogPlugin);
  await app.register(async (scope) => {
    scope.decorateRequest('caller', null as unknown as Caller);
    scope.addHook('onRequest', async (request) => {
      if (request.headers['x-nobody'] === undefined) request.caller = callerOf();
    });
    scope.addHook('onSend', refuseUnloggedAnswer);
    scope.setErrorHandler((error, _request, reply) => reply.code(error instanceof Failure ? 404 : 500).send({ failed: true }));

    scope.get('/forgets', async () => ({ secret: 1 }));
    scope.get('/open', { config: { unlogged: true } }, async () => ({ open: 1 }));
    scope.get('/records', async (request) => {
      await app.accessLog.record(request.caller, [read(freshPerson())], new Date());
      return { logged: 1 };
    });
    scope.get('/records-nothing', async (request) => {
      await app.accessLog.record(request.caller, [], new Date());
      return { secret: 1 };
    });
    scope.get('/transacts', async (request) => {
      await transact(app.db, (tx) => recordAccess(tx, request.caller, [read(freshPerson())], new Date()));
      return { logged: 1 };
    });
    scope.get('/rolls-back', async (request) => {
      const work = transact(app.db, async (tx) => {
        await recordAccess(tx, request.caller, [read(freshPerson())], new Date());
        throw new Error('after all not');
      });
      await work.catch(() => undefined);
      return { secret: 1 };
    });
    scope.get('/refuses', async () => {
      throw new Failure('not-found', { en: 'no', zh: '无' });
    });
  });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

describe('nothing leaves that is not logged first', () => {
  test.for<[string, number]>([
    ['/forgets', 500],
    ['/records-nothing', 500],
    ['/rolls-back', 500],
    ['/records', 200],
    ['/transacts', 200],
    ['/open', 200],
    ['/refuses', 404],
  ])('%s answers %i', async ([url, status]) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).not.toContain('secret');
  });

  test('nor by a door that has no caller', async () => {
    expect((await app.inject({ url: '/forgets', headers: { 'x-nobody': '1' } })).statusCode).toBe(500);
  });
});

describe('an entry', () => {
  test('says who, whose, what, why and whence', async () => {
    const [person, now] = [freshPerson(), new Date('2026-03-01T12:00:00.123Z')];
    const caller = callerOf();

    await app.accessLog.record(caller, [read(person, { query: 'GET x' })], now);

    expect(await entriesOf(person)).toMatchObject([
      {
        recorded_at: now,
        action: 'R',
        interaction: 'readResource',
        outcome: 0,
        failure: null,
        institution: 7,
        client: 'client-1',
        practitioner_system: 'urn:oid:2.16.156.10011.1.4',
        practitioner_value: 'D-1001',
        practitioner_name: '林敏',
        purpose: 'TREAT',
        reason: null,
        review_due: false,
        entities: ['Patient/1/_history/1'],
        query: 'GET x',
        request_id: caller.requestId,
        address: '10.1.2.3',
      },
    ]);
  });

  test('is one a person and access, in one transaction with the work', async () => {
    const [first, second] = [freshPerson(), freshPerson()];

    await transact(app.db, (tx) =>
      recordAccess(tx, callerOf(), [read(first), read(second), read(first, { interaction: 'another' })], new Date()),
    );
    await transact(app.db, async (tx) => {
      await recordAccess(tx, callerOf(), [read(second)], new Date());
      throw new Error('after all not');
    }).catch(() => undefined);

    expect((await entriesOf(first)).map((it) => it.interaction)).toEqual(['another', 'readResource']);
    expect(await entriesOf(second)).toHaveLength(1);
  });

  test('of an emergency is due for review where data was looked at', async () => {
    const person = freshPerson();
    const caller = callerOf({ purpose: 'BTG', emergencyReason: '昏迷' });

    await app.accessLog.record(caller, [read(person), read(person, { action: 'C', interaction: 'createResource' })], new Date());

    expect(await entriesOf(person)).toMatchObject([
      { interaction: 'createResource', review_due: false },
      { interaction: 'readResource', review_due: true, reason: '昏迷' },
    ]);
  });

  test('can be written whatever a caller sent', async () => {
    const person = freshPerson();
    const hostile = 'x\0\uD800"\'\\\n},{"person":"1"';

    await app.accessLog.record(
      callerOf({ requestId: hostile, practitioner: { system: hostile, value: hostile, name: hostile } }),
      [read(person, { query: hostile, entities: ['Patient/"a",b{}\\', ''] })],
      new Date(),
    );

    const shown = 'x\uFFFD\uFFFD"\'\\\n},{"person":"1"';
    expect(await entriesOf(person)).toMatchObject([
      { query: shown, request_id: shown, practitioner_name: shown, entities: ['Patient/"a",b{}\\', ''] },
    ]);
  });

  test('of a refusal names the failure, and nobody where nobody was identified', async () => {
    const [person, requestId] = [freshPerson(), String(freshNumber())];
    const refusal = { interaction: 'readResource', outcome: 4, query: 'GET /x', address: '::1' } as const;

    await app.accessLog.recordFailure({ ...refusal, caller: callerOf(), failure: 'not-found', person, requestId }, new Date());
    await app.accessLog.recordFailure({ ...refusal, caller: null, failure: 'token-missing', person: undefined, requestId }, new Date());

    expect(await entriesOf(person)).toMatchObject([{ outcome: 4, failure: 'not-found', institution: 7, entities: [], review_due: false }]);
    const { rows } = await app.db.$client.query('select * from access_log where person = 0 and request_id = $1', [requestId]);
    expect(rows).toMatchObject([{ failure: 'token-missing', institution: null, client: null, purpose: 'UNK', address: '::1' }]);
  });

  test('of many requests at once are all there, each once', async () => {
    const person = freshPerson();

    await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        app.accessLog.record(callerOf(), [read(person, { interaction: `door-${index}` })], new Date()),
      ),
    );

    const doors = (await entriesOf(person)).map((it) => it.interaction);
    expect(doors).toHaveLength(300);
    expect(new Set(doors).size).toBe(300);
  });
});

test('no entry can be changed or taken away by the gateway', async () => {
  const person = freshPerson();
  await app.accessLog.record(callerOf(), [read(person)], new Date());
  for (const statement of ['update access_log set purpose = $1', 'delete from access_log where purpose = $1']) {
    await expect(app.db.$client.query(statement, ['TREAT'])).rejects.toMatchObject({ code: '42501' });
  }
  await expect(app.db.$client.query('truncate access_log')).rejects.toMatchObject({ code: '42501' });
  expect(await entriesOf(person)).toHaveLength(1);
});

test('what waits is written before the server has closed', async () => {
  const person = freshPerson();
  const other = Fastify();
  await other.register(databasePlugin, { url: database.url, poolMax: 2 });
  await other.register(accessLogPlugin);
  await other.ready();

  const written = Array.from({ length: 50 }, () => other.accessLog.record(callerOf(), [read(person)], new Date()));
  await other.close();
  await Promise.all(written);

  expect(await entriesOf(person)).toHaveLength(50);
  await expect(other.accessLog.record(callerOf(), [read(person)], new Date())).rejects.toMatchObject({ code: 'busy' });
});

test('an entry that cannot be written is not counted as written', async () => {
  const caller = callerOf();
  const other = Fastify();
  await other.register(databasePlugin, { url: database.url, poolMax: 2 });
  await other.register(accessLogPlugin);
  other.decorateRequest('caller', null as unknown as Caller);
  other.addHook('onRequest', async (request) => {
    request.caller = caller;
  });
  other.addHook('onSend', refuseUnloggedAnswer);
  other.get('/', async () => {
    await other.accessLog.record(caller, [read(freshPerson())], new Date()).catch(() => undefined);
    return { secret: 1 };
  });
  await other.ready();
  const owner = new pg.Client(database.url);
  await owner.connect();

  try {
    await owner.query('revoke insert on access_log from tongjian_gateway');
    expect((await other.inject('/')).statusCode).toBe(500);
  } finally {
    await owner.query('grant insert on access_log to tongjian_gateway');
    await owner.end();
    await other.close();
  }
});
