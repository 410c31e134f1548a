import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/access-log/transparency/audit-log.ts';
import { databaseEntries, databaseLeaves, databaseLog } from '../../src/access-log/transparency/database-log.ts';
import { transact } from '../../src/database/client.ts';
import { type Connection, connect, type NetworkAnswer } from '../support/connections.ts';
import { type CallingSystem, callersOf, startGateway } from '../support/gateway.ts';
import { bloodCount, ID_CARD, type Person, somebody, WBC } from '../support/reports.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

/**
 * kill -9 at moments drawn from a seed, while everything goes on at once: publications, corrections, consents, checks, decisions, revocations,
 * citations, look-ups, refusals, and the rounds beside them. A few kills in every run; `KILLS=200 SEED=7` for the long one.
 */
const KILLS = Number(process.env['KILLS'] ?? 3);
const SEED = Number(process.env['SEED'] ?? 1);
const WORKERS = 6;
const PROGRAM = fileURLToPath(new URL('../support/killable-gateway.ts', import.meta.url));

let database: ClonedDatabase;
let observer: FastifyInstance;
let child: ChildProcess | undefined;

beforeAll(async () => {
  database = await cloneDatabase();
  observer = await startGateway(database.url);
});
afterEach(() => kill());
afterAll(async () => {
  await observer?.close();
  await database?.drop();
});

async function kill(): Promise<void> {
  const running = child;
  child = undefined;
  if (!running || running.exitCode !== null || running.signalCode !== null) return;
  const exit = once(running, 'exit');
  running.kill('SIGKILL');
  await exit;
}

async function startProgram(): Promise<number> {
  const started = spawn(process.execPath, ['--import', 'tsx', PROGRAM, database.url, '15'], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let said = '';
  started.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  return await new Promise<number>((resolve, reject) => {
    started.stdout?.once('data', (text: Buffer) => resolve(Number(text.toString())));
    started.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${said}`)));
  });
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What callers were told, and what they have sent without an answer. */
class Witness {
  readonly requests: string[] = [];
  /** Ids of decisions that were acknowledged, by whether they were revoked since. */
  readonly decided = new Map<string, 'stands' | 'revoked' | 'unsure'>();
  /** Decisions that got no answer; sent again they have one. */
  readonly unanswered: string[] = [];
  /** Called at the acknowledgement that a round ends with. */
  #end: { at: number; reached: () => void } | undefined;
  /** Checkpoints that were given out. */
  readonly checkpoints = new Map<string, string>();

  /** Resolves when so many more requests have been acknowledged. */
  after(count: number): Promise<void> {
    return new Promise((reached) => {
      this.#end = { at: this.requests.length + count, reached };
    });
  }

  acknowledge(answer: NetworkAnswer): NetworkAnswer {
    if (this.requests.push(String(answer.headers['x-request-id'])) === this.#end?.at) this.#end.reached();
    if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.text}`);
    return answer;
  }
}

/** One patient's story after the other, each of another course, until the connection breaks. */
async function work(source: Connection, receiver: Connection, who: CallingSystem, random: () => number, seen: Witness): Promise<void> {
  const send = async (connection: Connection, method: string, path: string, body?: unknown) =>
    seen.acknowledge(
      await connection.send(method, path, body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)),
    );
  for (;;) {
    const person = somebody();
    const number = randomUUID();
    const published = await send(source, 'POST', '/fhir', bloodCount({ person, number, analytes: [WBC] }));
    const patient = { identifier: { system: ID_CARD, value: person.idCard } };
    await check(send, receiver, patient);
    await send(receiver, 'POST', '/v1/consents', consentOf(person, who));
    const asked = JSON.parse((await check(send, receiver, patient)).text) as { id: string; items: { verdict: string }[] };
    if (random() < 0.3) await send(source, 'GET', `/fhir/DiagnosticReport/${locationOf(published.text)}`);
    if (random() < 0.3) await send(receiver, 'GET', `/fhir/DiagnosticReport?patient.identifier=${ID_CARD}|${person.idCard}`);
    if (random() < 0.2) await send(receiver, 'GET', `/fhir/Patient/${'0'.repeat(32)}`);
    await keepCheckpoint(receiver, seen);
    const decision = JSON.stringify({ check: asked.id, decisions: [{ item: 'WBC', decision: 'recognised' }] });
    seen.unanswered.push(decision);
    const answer = await send(receiver, 'POST', '/v1/recognition-decisions', decision);
    seen.unanswered.splice(seen.unanswered.indexOf(decision), 1);
    const id = decisionOf(answer);
    if (id === undefined) continue;
    seen.decided.set(id, 'stands');
    if (random() < 0.3) await send(receiver, 'POST', `/v1/recognition-decisions/${id}/citation`, { citedAt: new Date().toISOString() });
    if (random() < 0.4) {
      seen.decided.set(id, 'unsure');
      await send(receiver, 'POST', `/v1/recognition-decisions/${id}/revocation`, { reason: '病情变化' });
      seen.decided.set(id, 'revoked');
    }
    if (random() < 0.3)
      await send(source, 'POST', '/fhir', bloodCount({ person, number, analytes: [{ ...WBC, value: '7.20' }], status: 'corrected' }));
  }
}

/** Keeps the newest checkpoint, as an auditor would; there is none before the first entry has its place. */
async function keepCheckpoint(connection: Connection, seen: Witness): Promise<void> {
  const { status, text } = await connection.send('GET', '/audit-log/checkpoint');
  if (status === 200) seen.checkpoints.set(text.split('\n')[1] ?? '', text);
}

type Send = (connection: Connection, method: string, path: string, body?: unknown) => Promise<NetworkAnswer>;

const check = (send: Send, receiver: Connection, patient: unknown) =>
  send(receiver, 'POST', '/v1/recognition-checks', {
    patient,
    setting: 'outpatient',
    trigger: 'order-entry',
    items: ['WBC'],
    encounter: randomUUID(),
    insurance: 'employee',
  });

const consentOf = (person: Person, grantee: CallingSystem) => ({
  patient: { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate },
  decision: 'permit',
  grantee: { uscc: grantee.uscc },
  method: 'on-site-id-card',
});

const locationOf = (text: string): string => /DiagnosticReport\/([0-9a-f]+)/.exec(text)?.[1] ?? '';
const decisionOf = ({ text }: NetworkAnswer): string | undefined =>
  (JSON.parse(text) as { decisions?: { id: string }[] }).decisions?.[0]?.id;

/** What a broken connection rejects with; anything else is a finding. */
const isBroken = (error: unknown): boolean =>
  ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ECONNABORTED'].includes((error as { code?: string }).code ?? '') ||
  (error as Error).message === 'aborted';

test(
  `kill -9, ${KILLS} times: no acknowledged access without its entry, none twice, every saving once, and the tree whole`,
  async () => {
    const random = randomOf(SEED);
    const callers = callersOf(observer);
    const [a, b] = [await callers.register(), await callers.register()];
    const seen = new Witness();

    for (let round = 0; round < KILLS; round += 1) {
      const port = await startProgram();
      const from = seen.requests.length;
      // Tokens live for five minutes.
      const [publisher, asker] = [
        await callers.clientOf(a.institution, a.uscc, SCOPES),
        await callers.clientOf(b.institution, b.uscc, SCOPES),
      ];
      const [sources, receivers] = [await connect(port, publisher.token, WORKERS), await connect(port, asker.token, WORKERS)];
      for (const body of seen.unanswered.splice(0)) {
        const answer = seen.acknowledge(await (receivers[0] as Connection).send('POST', '/v1/recognition-decisions', body));
        const id = decisionOf(answer);
        if (id !== undefined) seen.decided.set(id, 'stands');
      }
      const fates = await Promise.all([
        ...sources.map((source, at) =>
          work(source, receivers[at] as Connection, b, randomOf(Math.floor(random() * 2 ** 32)), seen).catch((error: unknown) => error),
        ),
        seen
          .after(20 + Math.floor(random() * 100))
          .then(() => new Promise((resolve) => setTimeout(resolve, random() * 30)))
          .then(kill),
      ]);
      for (const connection of [...sources, ...receivers]) connection.close();
      await settled();
      expect(fates.filter((it) => it !== undefined && !isBroken(it))).toEqual([]);

      await expectEntries(seen.requests.slice(from));
      await expectSavings(seen);
      await expectTree();
    }
    expect(seen.requests.length).toBeGreaterThan(KILLS * WORKERS);
    expect([...seen.decided.values()]).toContain('stands');
    await expectAudit(seen);
    process.stderr.write(
      `${KILLS} kills (seed ${SEED}): ${seen.requests.length} acknowledged requests, ${seen.decided.size} decisions, ${seen.checkpoints.size} checkpoints kept\n`,
    );
  },
  60_000 + KILLS * 20_000,
);

const SCOPES = ['system/*.cruds', 'recognition.check', 'recognition.decide'];

/** Waits for the sessions of the killed program: the database finishes the statement that one was in the middle of, a commit among them. */
async function settled(): Promise<void> {
  for (;;) {
    const { rowCount } = await observer.db.$client.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state is distinct from 'idle'
          and backend_type = 'client backend'`,
    );
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Every acknowledged request stands in the log; and whatever a request did with somebody's data stands in it once, acknowledged or not. */
async function expectEntries(requests: readonly string[]): Promise<void> {
  const { rows } = await observer.db.$client.query<{ request: string }>(
    'select distinct request_id as request from access_log where request_id = any ($1)',
    [requests],
  );
  const logged = new Set(rows.map((it) => it.request));
  expect(requests.filter((it) => !logged.has(it))).toEqual([]);

  const twice = await observer.db.$client.query(
    'select request_id, interaction, person, entities, query from access_log group by 1, 2, 3, 4, 5 having count(*) > 1',
  );
  expect(twice.rows).toEqual([]);
}

/** A decision that stands has one saving, one that was revoked a reversal beside it; nothing else was posted, and debits are credits. */
async function expectSavings(seen: Witness): Promise<void> {
  const { rows } = await observer.db.$client.query<{ decision: string; savings: number; reversals: number }>(
    `select lpad(to_hex(person), 16, '0') || lpad(to_hex(decision), 16, '0') as decision,
            (count(*) filter (where kind = 'saving'))::int as savings, (count(*) filter (where kind = 'reversal'))::int as reversals
       from savings_entries group by person, decision`,
  );
  const posted = new Map(rows.map((it) => [it.decision, it]));
  const wrong = [...seen.decided].filter(([id, state]) => {
    const { savings, reversals } = posted.get(id) ?? { savings: 0, reversals: 0 };
    return savings !== 1 || (state !== 'unsure' && reversals !== (state === 'revoked' ? 1 : 0)) || reversals > 1;
  });
  expect(wrong).toEqual([]);
  expect(rows.filter((it) => it.savings !== 1 || it.reversals > 1)).toEqual([]);

  const unbalanced = await observer.db.$client.query(
    `select e.person, e.id from savings_entries e left join savings_postings p on p.person = e.person and p.entry = e.id
      group by e.person, e.id, e.amount_fen
     having coalesce(sum(p.debit_fen), 0) <> coalesce(sum(p.credit_fen), 0) or coalesce(sum(p.debit_fen), 0) <> abs(e.amount_fen)`,
  );
  expect(unbalanced.rows).toEqual([]);
}

/** Once the rounds are through, every entry has one leaf, and the leaves have no gap. */
async function expectTree(): Promise<void> {
  await observer.rounds.runAll();
  const { rows } = await observer.db.$client.query(
    `select (select count(*) from access_log)::int as entries, (select count(*) from audit_log_leaves)::int as leaves,
            (select coalesce(max(index) + 1, 0) from audit_log_leaves)::int as size,
            (select count(*) from access_log a join audit_log_leaves l on l.recorded_at = a.recorded_at and l.entry = a.id)::int as placed,
            (select count(distinct (recorded_at, id)) from access_log)::int as distinct_entries`,
  );
  const [{ entries, ...others }] = rows as [{ entries: number }];
  expect(others).toEqual({ leaves: entries, size: entries, placed: entries, distinct_entries: entries });
}

/** What an auditor finds who kept every checkpoint that was given out: nothing. */
async function expectAudit(seen: Witness): Promise<void> {
  expect(seen.checkpoints.size).toBeGreaterThan(0);
  const own = [...seen.checkpoints].map(([size, note]) => ({ name: size, note }));
  const report = await transact(observer.db, async (tx) => {
    const question = { log: databaseLog(tx), table: await databaseLeaves(tx), entries: databaseEntries(tx), own, keys: [], isPart: false };
    return await auditLog(question, () => undefined);
  });
  expect(report.findings).toEqual([]);
}
