import pg from 'pg';
import { expect, test } from 'vitest';
import { followLog } from '../../src/access-log/transparency/follow-log.ts';
import { LogSigner } from '../../src/access-log/transparency/log-signer.ts';
import { sequenceEntries } from '../../src/access-log/transparency/sequence-entries.ts';
import type { Database } from '../../src/database/client.ts';
import { recallFollower } from '../../src/recalls/follow-corrections.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { check } from '../support/recognition.ts';
import { HGB, WBC } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';
import { correct, listed, lookUp, type Publication, permitted, published, recognise, resultsOf } from './corrections.ts';

const gateway = useGateway();
const signer = new LogSigner({ publicUrl: PUBLIC_URL });

const HIGH = { ...WBC, value: '16.10' };
const follow = () => gateway.app.rounds.runAll();
const followOnce = (db: Database = gateway.db) => followLog(db, recallFollower(savingsBook), new Date());

/** A corrected report that three institutions relied on, of which the log is followed up to the correction. */
async function corrected() {
  const made = await published(await gateway.register());
  const receivers = await Promise.all([1, 2, 3].map(async () => permitted(await gateway.register(), made.person)));
  for (const it of receivers) await recognise(it, made.person, ['WBC']);
  await follow();
  await correct(made, [HIGH, HGB]);
  await sequenceEntries(gateway.db, signer, new Date());
  return { made, receivers };
}

const toldOf = async (receivers: readonly CallingSystem[]) => {
  const all = await Promise.all(receivers.map((it) => listed(it)));
  return all.map((it) => it.length);
};

/**
 * The database, whose server ends the connection at the n-th statement: before it is done, or when it is done and before its answer is read.
 * `done` says how many statements came through.
 */
function dyingAt(fatal: number, when: 'before' | 'after') {
  let done = 0;
  const kill = (client: pg.PoolClient) => client.query('set role none; select pg_terminate_backend(pg_backend_pid())');
  const pool = new Proxy(gateway.db.$client, {
    get(target, name) {
      if (name !== 'connect') return Reflect.get(target, name);
      return async () => {
        const client = await target.connect();
        return new Proxy(client, {
          get(of, member) {
            if (member !== 'query') {
              const value: unknown = Reflect.get(of, member);
              return typeof value === 'function' ? value.bind(of) : value;
            }
            return async (...asked: [string]) => {
              done += 1;
              if (done === fatal && when === 'before') await kill(of);
              const answer = await of.query(...asked);
              if (done === fatal && when === 'after') await kill(of);
              return answer;
            };
          },
        });
      };
    },
  });
  return {
    db: new Proxy(gateway.db, { get: (target, name) => (name === '$client' ? pool : Reflect.get(target, name)) }),
    done: () => done,
  };
}

test.for(['before', 'after'] as const)(
  'whatever statement the process dies at (%s it), every institution is told exactly once',
  async (when) => {
    const { receivers } = await corrected();

    let [fatal, survived] = [1, false];
    for (; !survived && fatal < 60; fatal += 1) {
      const dying = dyingAt(fatal, when);
      await followOnce(dying.db as Database).then(
        () => {
          survived = true;
        },
        () => undefined,
      );
      // Nothing at all, or, where it died after its commit, everything.
      expect([0, 1]).toContain(new Set(await toldOf(receivers)).size === 1 ? (await toldOf(receivers))[0] : -1);
    }
    while ((await followOnce()) > 0);

    expect(survived).toBe(true);
    expect(fatal).toBeGreaterThan(12);
    expect(await toldOf(receivers)).toEqual([1, 1, 1]);
    const { rows } = await gateway.db.$client.query('select from follower_failures');
    expect(rows).toEqual([]);
  },
);

test('several processes at once tell every institution exactly once', async () => {
  const { receivers } = await corrected();

  const worker = async () => {
    for (let seen = 1; seen > 0; ) seen = await followOnce();
  };
  await Promise.all(Array.from({ length: 5 }, worker));
  await worker();

  expect(await toldOf(receivers)).toEqual([1, 1, 1]);
});

/** Holds back what one institution writes into the log, as a slow connection would, until `release`. */
async function heldBack(institution: number, work: () => Promise<unknown>) {
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  await owner.query('select pg_advisory_lock(4711)');
  await owner.query(`
    create or replace function hold_back() returns trigger language plpgsql as $$
    begin
      if new.institution = ${institution} then perform pg_advisory_xact_lock_shared(4711); end if;
      return new;
    end $$;
    create or replace trigger hold_back before insert on access_log for each row execute function hold_back()`);
  const working = work();
  // It waits for the lock now.
  while ((await owner.query("select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted")).rowCount === 0);
  return {
    release: async () => {
      await owner.query('select pg_advisory_unlock(4711)');
      const answer = await working;
      await owner.query('drop trigger hold_back on access_log');
      await owner.end();
      return answer;
    },
  };
}

/** Ways to change a report; each is got ready first, since whatever reads waits behind what is held back. */
const CHANGES: readonly (readonly [string, (made: Publication) => Promise<() => Promise<unknown>>])[] = [
  ['a new version of the report', async (made) => () => correct(made, [HIGH, HGB])],
  [
    'a result changed by itself',
    async (made) => {
      const [result = ''] = await resultsOf(made);
      const { body } = await made.source.get(`/fhir/${result}`);
      return () => made.source.put(`/fhir/${result}`, { ...body, valueQuantity: { ...body.valueQuantity, value: 16.1 } });
    },
  ],
];

test.for(CHANGES)(
  'a look that has read the old version and is committed only after the correction was told is told (%s)',
  async ([, prepare]) => {
    const made = await published(await gateway.register());
    const reader = await permitted(await gateway.register(), made.person);
    await follow();
    const change = await prepare(made);
    const look = await heldBack(reader.institution, () => lookUp(reader, made));
    await change();
    await follow();
    const { rows } = await gateway.db.$client.query('select from recalls where institution = $1', [reader.institution]);
    expect(rows).toEqual([]);

    const answer = await look.release();
    await follow();
    await follow();

    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('6.10') });
    expect(await listed(reader)).toMatchObject([{ bases: ['read'] }]);
  },
);

test.for(CHANGES)('a look that is committed between the correction and its telling is told (%s)', async ([, prepare]) => {
  const made = await published(await gateway.register());
  const reader = await permitted(await gateway.register(), made.person);
  await follow();
  const change = await prepare(made);
  const look = await heldBack(reader.institution, () => lookUp(reader, made));
  await change();
  await look.release();

  await follow();

  expect(await listed(reader)).toMatchObject([{ bases: ['read'] }]);
});

test('a recognition that is committed only after the correction was told is added to what was told', async () => {
  const made = await published(await gateway.register());
  const receiver = await permitted(await gateway.register(), made.person);
  const asked = await check(receiver, made.person, ['WBC']);
  await follow();
  const decisions = [{ item: 'WBC', decision: 'recognised' }];
  const decision = await heldBack(receiver.institution, () =>
    receiver.post('/v1/recognition-decisions', { check: asked.body.id, decisions }),
  );
  await correct(made, [HIGH, HGB]);
  await follow();
  const { rows } = await gateway.db.$client.query('select from recall_reliances r join recalls using (person) where institution = $1', [
    receiver.institution,
  ]);
  expect(rows).toHaveLength(1);

  expect(await decision.release()).toMatchObject({ status: 201 });
  await follow();

  expect(await listed(receiver)).toMatchObject([{ bases: ['recognised', 'read'] }]);
});

test('who looks for the first time when the report is corrected already is not told', async () => {
  const made = await published(await gateway.register());
  const reader = await permitted(await gateway.register(), made.person);
  await correct(made, [HIGH, HGB]);
  await lookUp(reader, made);
  await follow();
  await lookUp(reader, made);
  await follow();

  expect(await listed(reader)).toEqual([]);
});

test('somebody of an institution that was told already is added to it, however late', async () => {
  const made = await published(await gateway.register());
  const reader = await permitted(await gateway.register(), made.person);
  await lookUp(reader, made);
  await correct(made, [HIGH, HGB]);
  await follow();

  const zhao = { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-2002, %E8%B5%B5%E5%B2%9A' };
  await reader.get(`/fhir/DiagnosticReport/${made.report}/_history/1`, zhao);
  await follow();

  const [told, ...more] = await listed(reader);
  expect(more).toEqual([]);
  const { body } = await reader.get(`/v1/recalls/${told.id}`);
  const names = body.reliances.map((it: { practitioner: { value: string } }) => it.practitioner.value);
  expect(names.toSorted()).toEqual(['D-1001', 'D-2002']);
});

test('the number of statements does not grow with institutions, results or corrections', async () => {
  const told = async (institutions: number, reports: number) => {
    const source = await gateway.register();
    const made = await Promise.all(Array.from({ length: reports }, () => published(source)));
    for (const it of made) {
      for (let at = 0; at < institutions; at += 1)
        await recognise(await permitted(await gateway.register(), it.person), it.person, ['WBC']);
    }
    await follow();
    for (const it of made) await correct(it, [HIGH, { ...HGB, value: '99' }]);
    await sequenceEntries(gateway.db, signer, new Date());
    return (await statementsOf(() => followOnce())).map((it) => it.slice(0, 30));
  };

  const [one, many] = [await told(1, 1), await told(4, 3)];

  expect(many).toEqual(one);
  expect(many.length).toBeLessThanOrEqual(20);
});
