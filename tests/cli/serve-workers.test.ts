import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveCommand } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../support/connections.ts';
import { callersOf, startGateway } from '../support/gateway.ts';
import { type ServedProgram, serveProgram } from '../support/served-program.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

/** Every process loads the whole program anew, and may have to share the machine. */
const STARTING_MS = 240_000;
/** How old the knowledge of what was taken back may be, in any process. */
const REVOKED_WITHIN_MS = 1_000;

let database: ClonedDatabase;
let app: FastifyInstance;
let program: ServedProgram;
const open: Connection[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startGateway(database.url);
  program = await serveProgram(['--workers', '2'], { DATABASE_URL: database.url });
}, STARTING_MS);
afterAll(async () => {
  for (const it of open) it.close();
  program?.child.kill('SIGKILL');
  await program?.ended;
  await app?.close();
  await database?.drop();
}, STARTING_MS);

/** Connections that the workers have shared out among them. */
async function connections(token: string): Promise<readonly Connection[]> {
  const made = await connect(program.port, token, 4);
  open.push(...made);
  return made;
}

const statuses = async (asked: readonly Connection[], path = '/v1/catalogue/items?limit=1') =>
  await Promise.all(asked.map(async (it) => (await it.send('GET', path)).status));

const figure = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((it) => it.startsWith(`${name} `))
      ?.split(' ')[1],
  );
const answersOf = (text: string, operation: string): number =>
  figure(text, `tongjian_request_duration_seconds_count{operation="${operation}",status="200"}`);

test('a removed client is refused by every worker a second later', async () => {
  const operator = await callersOf(app).register({ scopes: ['operator'] });
  const hospital = await callersOf(app).register();
  const asked = await connections(hospital.token);

  const before = await statuses(asked);
  const [removal] = await connect(program.port, operator.token, 1);
  const removed = await removal?.send('DELETE', `/v1/clients/${hospital.client}`);
  removal?.close();
  await sleep(REVOKED_WITHIN_MS);
  const after = await statuses(asked);

  expect(before).toEqual([200, 200, 200, 200]);
  expect(removed?.status).toBe(204);
  expect(after).toEqual([401, 401, 401, 401]);
  expect(program.answerersOf('listItems')).toHaveLength(2);
});

test('a token that is taken back is refused by every worker a second later, and the client’s next one is taken', async () => {
  const callers = callersOf(app);
  const { institution, uscc } = await callers.register();
  const { token } = await callers.clientOf(institution, uscc, ['system/*.cruds']);
  const asked = await connections(token);

  const before = await statuses(asked);
  const revoked = await asked[0]?.send('POST', '/oauth2/revoke', `token=${token}`, { 'content-type': 'application/x-www-form-urlencoded' });
  await sleep(REVOKED_WITHIN_MS);
  const after = await statuses(asked);

  expect(before).toEqual([200, 200, 200, 200]);
  expect(revoked?.status).toBe(200);
  expect(after).toEqual([401, 401, 401, 401]);
});

test('whichever worker is asked, it tells what all of them measured', async () => {
  const hospital = await callersOf(app).register();
  const asked = await connections(hospital.token);

  await statuses(asked, '/v1/catalogue/reasons');
  const told = await Promise.all(asked.map(async (it) => (await it.send('GET', '/metrics')).text));

  expect(program.answerersOf('listReasons')).toHaveLength(2);
  expect(told.map((it) => answersOf(it, 'listReasons'))).toEqual([4, 4, 4, 4]);
  expect(told.map((it) => figure(it, 'tongjian_processes'))).toEqual([2, 2, 2, 2]);
  expect(told.map((it) => figure(it, 'tongjian_audit_log_size'))).not.toContain(Number.NaN);
  expect(told.map((it) => it.split('\n').filter((line) => line.startsWith('tongjian_audit_log_size ')).length)).toEqual([1, 1, 1, 1]);
});

test(
  'a worker that dies is replaced while the other serves; told to stop, all of them end in order',
  async () => {
    const own = await serveProgram(['--workers', '2'], { DATABASE_URL: database.url });
    const hospital = await callersOf(app).register();
    const ask = async (path: string) => {
      const asked = await connect(own.port, hospital.token, 4);
      const answers = await Promise.all(asked.map((it) => it.send('GET', path)));
      for (const it of asked) it.close();
      return answers;
    };
    await ask('/v1/catalogue/prices');
    // Log lines are written several at once, a moment later.
    await expect.poll(() => own.answerersOf('listPrices')).toHaveLength(2);
    const [victim = Number.NaN, ...others] = own.answerersOf('listPrices');

    process.kill(victim, 'SIGKILL');
    // A connection that was just being handed to it is lost with it, as those that it had.
    await expect.poll(own.said, { timeout: STARTING_MS }).toContain(`worker ${victim} ended (SIGKILL)`);
    const meanwhile = await ask('/v1/catalogue/items?limit=1');
    const processes = async () => figure((await ask('/metrics'))[0]?.text ?? '', 'tongjian_processes');
    await expect.poll(processes, { timeout: STARTING_MS, interval: 500 }).toBe(2);
    // It measures a little before it listens.
    const answerers = async () => {
      await ask('/v1/catalogue/reasons');
      return own.answerersOf('listReasons');
    };
    await expect.poll(answerers, { timeout: STARTING_MS, interval: 500 }).toHaveLength(2);
    const replaced = own.answerersOf('listReasons');
    own.child.kill('SIGTERM');
    const code = await own.ended;

    expect(others).toHaveLength(1);
    expect(meanwhile.map((it) => it.status)).toEqual([200, 200, 200, 200]);
    expect(replaced).not.toContain(victim);
    expect(code).toBe(0);
    expect([...others, ...replaced].filter(isAlive)).toEqual([]);
  },
  STARTING_MS,
);

test(
  'where they cannot serve, the program ends and says so, and none is left',
  async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;

    const start = serveProgram(['--workers', '2'], { DATABASE_URL: database.url, PORT: String(port) });

    await expect(start).rejects.toThrow(/the program ended with 1:[\s\S]*A worker ended before it could serve/);
    occupant.close();
  },
  STARTING_MS,
);

test.for(['0', '65', '-1', '1.5', 'all', ''])('--workers %j is refused', async (count) => {
  expect(await serveCommand(readConfig({}), [`--workers=${count}`])).toBe(2);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
