import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pooler } from '../../src/config.ts';
import { openDatabase } from '../../src/database/client.ts';
import { migrate, requireMigrated } from '../../src/database/migrate.ts';
import { requirePooledLogin } from '../../src/database/pooled-login.ts';
import { callersOf, startGateway } from '../support/gateway.ts';
import { findPgBouncer, type RunningPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { ID_CARD, somebody, WBC } from '../support/reports.ts';
import { type ClonedDatabase, cloneDatabase, createEmptyDatabase } from '../support/template-database.ts';

const bouncer = await findPgBouncer();
const [major = 0, minor = 0] = bouncer?.version ?? [];
const knowsNames = major > 1 || minor >= 21;
const CLIENTS = 8;

let database: ClonedDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database?.drop());

describe.skipIf(!bouncer)('through PgBouncer, two connections for eight clients (skipped where PgBouncer is not installed)', () => {
  const throughPool = async (pooler: Pooler, work: (bouncer: RunningPgBouncer) => Promise<void>, prepared = 0) => {
    const pool = await startPgBouncer(bouncer?.path ?? '', database.url, pooler !== 'none', prepared);
    try {
      await work(pool);
    } finally {
      await pool.stop();
    }
  };

  test.for<[Pooler, string]>([
    ['transaction', 'statements without names'],
    ['transaction-prepared', 'named statements, which PgBouncer knows from 1.21 on'],
  ])('%s: publish, consent, look up, check and decide; %s', { timeout: 240_000 }, async ([pooler], context) => {
    if (pooler === 'transaction-prepared' && !knowsNames) context.skip(`PgBouncer here is ${major}.${minor}`);
    await throughPool(
      pooler,
      async ({ url }) => {
        await requireMigrated(url);
        const app = await startGateway(url, { databasePooler: pooler });
        await requirePooledLogin(app.db.$client);
        const callers = callersOf(app);
        const [source, reader] = [await callers.register(), await callers.register()];
        const walk = async () => {
          const person = somebody();
          const report = await publish(source, { person, number: randomUUID(), analytes: [WBC] });
          const without = await check(reader, person, ['WBC']);
          await permit(reader, person);
          const asked = await check(reader, person, ['WBC'], { encounter: 'OP-1' });
          const decided = await reader.post('/v1/recognition-decisions', {
            check: asked.body.id,
            decisions: [{ item: 'WBC', decision: 'recognised' }],
          });
          const patients = await reader.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
          const looked = await reader.get(`/fhir/Patient/${patients.body.entry[0].resource.id}/$prior-results?item=WBC`);
          expect([without, asked].map((it) => it.body.items[0].verdict)).toEqual(['consent-required', 'recognisable']);
          expect(decided.status).toBe(201);
          expect(looked.body.entry[0].resource.id).toBe(report);
        };
        await Promise.all(Array.from({ length: CLIENTS }, walk));
        await app.rounds.runAll();
        await app.close();
      },
      pooler === 'transaction-prepared' ? 200 : 0,
    );
  });

  test('a login that brings no settings along is refused, with what to do', async () => {
    await throughPool('none', async ({ url, login }) => {
      const { db, close } = openDatabase({ url, poolMax: 1, pooler: 'transaction' });

      const refused = await requirePooledLogin(db.$client).catch((it: Error) => it.message);

      await close();
      expect(refused).toContain(`alter role "${login}" set role = tongjian_gateway; alter role "${login}" set statement_timeout = '10s';`);
    });
  });
});

test('an owner who brings no settings along would work as the owner, and is refused', async () => {
  const { db, close } = openDatabase({ url: database.url, poolMax: 1, pooler: 'transaction' });

  await expect(requirePooledLogin(db.$client)).rejects.toThrow('set role = tongjian_gateway');
  await close();
});

test('nothing is migrated through a pooler', async () => {
  const empty = await createEmptyDatabase();

  await expect(requireMigrated(empty.url)).rejects.toThrow('has to be migrated');
  expect(await migrate(empty.url, () => undefined)).not.toHaveLength(0);
  await requireMigrated(empty.url);
  await empty.drop();
}, 60_000);
