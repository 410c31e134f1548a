import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { listen } from '../support/connections.ts';
import { useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';

const gateway = useGateway({ limits: { requestsAtOnce: 4, requestsWaiting: 1, receiveMs: 1_500, headersMs: 1_500, sendMs: 500 } });

const sockets: net.Socket[] = [];
afterEach(() => {
  for (const it of sockets.splice(0)) it.destroy();
});

async function open(): Promise<net.Socket> {
  const socket = net.connect({ port: await listen(gateway.app), host: '127.0.0.1' });
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** What a connection says until it is ended. */
async function saidBy(socket: net.Socket): Promise<string> {
  let said = '';
  socket.setEncoding('utf8').on('data', (it) => {
    said += String(it);
  });
  await once(socket, 'close');
  return said;
}

/** An export of some ten megabytes, far more than lies between two sockets. */
async function fillLog(institution: number): Promise<void> {
  await gateway.db.$client.query(
    `insert into access_log (person, recorded_at, id, action, interaction, outcome, institution, purpose, entities, query, request_id)
     select 0, '2026-03-01'::timestamptz + make_interval(secs => it / 10), $1::bigint * 100000 + it, 'E', 'searchResources', 0, $1::int, 'TREAT', '{}', repeat('x', 1000), 'r'
     from generate_series(1, 20000) as it`,
    [institution],
  );
}

test('who takes a byte now and then holds no connection to the database, no place, and is cut off', { timeout: 90_000 }, async () => {
  const auditor = await gateway.register({ scopes: ['audit.read'] });
  const hospital = await gateway.register();
  await fillLog(hospital.institution);
  const report = await publish(hospital, { person: somebody() });
  const readers = await Promise.all(Array.from({ length: 4 }, open));
  let sips = 0;
  const sipping = setInterval(() => {
    sips += 1;
    for (const it of readers) it.read(1);
  }, 50);
  for (const it of readers) {
    it.pause();
    it.write(
      `GET /v1/access-log?institution=${hospital.uscc} HTTP/1.1\r\nhost: x\r\naccept: application/x-ndjson\r\nauthorization: Bearer ${auditor.token}\r\n\r\n`,
    );
  }

  const { db, reportDb, server, admission } = gateway.app;
  const isAtRest = () => [db, reportDb].every(({ $client }) => $client.idleCount === $client.totalCount);
  await expect
    .poll(() => reportDb.$client.totalCount > 0 && isAtRest() && admission.count('report').inside === 0, { timeout: 30_000 })
    .toBe(true);
  expect((await hospital.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);

  await expect.poll(() => (server as unknown as { _connections: number })._connections, { timeout: 60_000, interval: 100 }).toBe(0);
  clearInterval(sipping);
  expect(sips).toBeGreaterThan(1);
});

test('who takes what is sent gets all of it, however long the whole takes', async () => {
  const auditor = await gateway.register({ scopes: ['audit.read'] });
  const hospital = await gateway.register();
  await fillLog(hospital.institution);
  const reader = await open();
  let bytes = 0;
  let tail = '';
  reader.write(
    `GET /v1/access-log?institution=${hospital.uscc} HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: application/x-ndjson\r\nauthorization: Bearer ${auditor.token}\r\n\r\n`,
  );
  for await (const chunk of reader) {
    bytes += (chunk as Buffer).length;
    tail = (tail + (chunk as Buffer).toString('latin1')).slice(-300);
    // Some two megabytes a second: the whole takes many times the time that a piece of it has.
    await sleep((chunk as Buffer).length / 4_000);
  }

  expect(bytes).toBeGreaterThan(20_000_000);
  expect(tail).toContain('{"end":{"entries":20000');
});

test.for<[string, string]>([
  ['its first line', 'GET /health/li'],
  ['its headers', 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-slow: '],
])('who does not come to the end of %s is told so, and cut off', async ([, text]) => {
  const sender = await open();
  sender.write(text);

  expect(await saidBy(sender)).toMatch(/^HTTP\/1\.1 408 /);
});

test('who sends a body slowly holds no place, and is cut off', async () => {
  const hospital = await gateway.register();
  const report = await publish(hospital, { person: somebody() });
  const senders = await Promise.all(Array.from({ length: 8 }, open));
  for (const it of senders) {
    it.write(
      `POST /fhir HTTP/1.1\r\nhost: x\r\ncontent-type: application/fhir+json\r\ncontent-length: 1000\r\nauthorization: Bearer ${hospital.token}\r\n\r\n{"resource`,
    );
  }
  const ends = senders.map(saidBy);
  await sleep(200);

  expect((await hospital.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
  expect(gateway.app.admission.count('publication')).toEqual({ inside: 0, waiting: 0 });
  for (const it of await Promise.all(ends)) expect(it).toMatch(/^HTTP\/1\.1 408 /);
});
