import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { locationsOf } from '../support/bundles.ts';
import { type Connection, connect, listen } from '../support/connections.ts';
import { callersOf, PUBLIC_URL, startGateway } from '../support/gateway.ts';
import { bloodCount, patientOf, somebody, WBC } from '../support/reports.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SENDERS = 8;

let database: ClonedDatabase;
const children: ChildProcess[] = [];
const open: Connection[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
});
afterEach(async () => {
  for (const it of open.splice(0)) it.close();
  for (const child of children.splice(0)) await kill(child);
});
afterAll(() => database?.drop());

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** The program as an operator starts it, on a port of its own; resolves when it serves. */
async function startProgram(): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, PORT: String(port), PUBLIC_URL, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Tongjian serves')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${said}`)));
  });
  return { child, port };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Sent {
  readonly number: string;
  readonly text: string;
  /** Where the answer said that it is; absent where no answer came. */
  locations?: readonly string[];
}

/** Publishes reports one after the other until the connection breaks. */
async function publishUntilBroken(connection: Connection, sent: Sent[], acknowledged: () => void): Promise<void> {
  for (;;) {
    const number = randomUUID();
    const publication: Sent = { number, text: bloodCount({ person: somebody(), number, analytes: [WBC] }) };
    sent.push(publication);
    try {
      const answer = await connection.send('POST', '/fhir', publication.text);
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
      publication.locations = locationsOf(JSON.parse(answer.text));
      acknowledged();
    } catch (error) {
      if ((error as { code?: string }).code === undefined) throw error;
      return;
    }
  }
}

test('kill -9 during a stream of publications: what was acknowledged is there, once, with its access-log entry; the rest can be sent again', async () => {
  const first = await startProgram();
  const app = await startGateway(database.url);
  try {
    const caller = await callersOf(app).register();
    const connections = await connect(first.port, caller.token, SENDERS);
    open.push(...connections);
    const sent: Sent[] = [];
    let count = 0;
    const goal = 40 + Math.floor(Math.random() * 80);
    const streams = connections.map((it) =>
      publishUntilBroken(it, sent, () => {
        count += 1;
        if (count === goal) first.child.kill('SIGKILL');
      }),
    );
    await Promise.all(streams);
    const acknowledged = sent.filter((it) => it.locations !== undefined);
    expect(acknowledged.length).toBeGreaterThanOrEqual(goal);
    expect(sent.length).toBeGreaterThan(acknowledged.length);

    const second = await startProgram();
    const [again] = await connect(second.port, caller.token, 1);
    open.push(again as Connection);
    for (const { text, locations } of acknowledged) {
      for (const location of locations ?? []) expect((await (again as Connection).send('GET', `/fhir/${location}`)).status, text).toBe(200);
    }
    const { rows: logged } = await app.db.$client.query<{ entities: string[] }>(
      "select entities from access_log where institution = $1 and interaction = 'processBundle' and outcome = 0",
      [caller.institution],
    );
    const entries = logged.flatMap((it) => it.entities);
    expect(new Set(entries).size).toBe(entries.length);
    expect(acknowledged.flatMap((it) => it.locations ?? []).filter((it) => !entries.includes(it))).toEqual([]);

    // What was committed without an answer is answered now as it was then; what was not is stored now.
    for (const publication of sent.filter((it) => it.locations === undefined)) {
      const answer = await (again as Connection).send('POST', '/fhir', publication.text);
      expect(answer.status).toBe(200);
      publication.locations = locationsOf(JSON.parse(answer.text));
    }
    const { rows: stored } = await app.db.$client.query<{ reference: string; versions: number }>(
      `select r.type || '/' || lpad(to_hex(r.person), 16, '0') || lpad(to_hex(r.id), 16, '0') || '/_history/' || r.version as reference,
              (select count(*) from resource_versions v where v.person = r.person and v.id = r.id)::integer as versions
         from resources r where r.institution = $1`,
      [caller.institution],
    );
    expect(stored.map((it) => it.reference).toSorted()).toEqual(sent.flatMap((it) => it.locations ?? []).toSorted());
    expect(stored.filter((it) => it.versions !== 1)).toEqual([]);
  } finally {
    await app.close();
  }
}, 60_000);

test('while the database is away: 503 with Retry-After, at once; when it is back the work goes on, without a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-away-'));
  let server = await startEmbeddedPostgres(folder, () => undefined, { durable: false });
  try {
    await migrate(server.url, () => undefined);
    const app = await startGateway(server.url);
    try {
      const caller = await callersOf(app).register();
      const connections = await connect(await listen(app), caller.token, 4);
      open.push(...connections);
      const [connection] = connections as [Connection, ...Connection[]];
      const { text } = await connection.send('POST', '/fhir/Patient', JSON.stringify(patientOf(somebody())));
      const patient = `/fhir/Patient/${JSON.parse(text).id}`;
      expect((await connection.send('GET', patient)).status).toBe(200);

      await server.stop();
      const begun = performance.now();
      const away = await Promise.all([
        connection.send('GET', patient),
        connections[1]?.send('POST', '/fhir', bloodCount({ person: somebody(), number: randomUUID() })),
        connections[2]?.send('GET', '/v1/recognition-decisions'),
        connections[3]?.send('GET', `${patient}/$prior-results`),
      ]);
      expect(performance.now() - begun).toBeLessThan(10_000);
      for (const answer of away) {
        expect(answer?.status, answer?.text).toBe(503);
        expect(answer?.headers['retry-after']).toMatch(/^[1-9]\d*$/);
        expect(answer?.text).not.toMatch(/ECONN|postgres|socket/i);
      }
      expect((await connection.send('GET', '/health/live')).status).toBe(200);
      expect((await connection.send('GET', '/health/ready')).status).toBe(503);

      const { url } = server;
      server = await startEmbeddedPostgres(folder, () => undefined, { durable: false });
      expect(server.url).toBe(url);
      expect((await connection.send('GET', patient)).status).toBe(200);
      expect((await connection.send('POST', '/fhir', bloodCount({ person: somebody(), number: randomUUID() }))).status).toBe(200);
      expect((await connection.send('GET', '/health/ready')).status).toBe(200);
    } finally {
      await app.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
