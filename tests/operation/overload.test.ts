import pg from 'pg';
import { expect, test } from 'vitest';
import { connect, listen, type NetworkAnswer } from '../support/connections.ts';
import { useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';

/** Few of everything, so that a test can use it up. */
const gateway = useGateway({
  databasePoolMax: 4,
  limits: { requestsAtOnce: 6, requestsWaiting: 2, waitMs: 500, statementMs: 2_000, reportStatementMs: 3_000, reportPoolMax: 2 },
});

/** Keeps everybody from reading the tables while the work lasts. */
async function whileLocked<Result>(tables: string, work: () => Promise<Result>): Promise<Result> {
  const outside = new pg.Client({ connectionString: gateway.databaseUrl });
  await outside.connect();
  try {
    await outside.query(`begin; lock table ${tables} in access exclusive mode`);
    return await work();
  } finally {
    await outside.end();
  }
}

const codeOf = ({ text }: NetworkAnswer): string => {
  const body = JSON.parse(text);
  return body.code ?? body.issue[0].details.coding[0].code;
};

async function measured(name: string): Promise<string[]> {
  const { body } = await gateway.app.inject({ url: '/metrics' });
  return body.split('\n').filter((it) => it.startsWith(name));
}

test('more than can be worked on is told so at once, or after a bounded wait, and the next request is served', async () => {
  const hospital = await gateway.register();
  const report = await publish(hospital, { person: somebody() });
  const connections = await connect(await listen(gateway.app), hospital.token, 12);
  const entriesBefore = await countEntries();

  const answers = await whileLocked('resources', async () => {
    const all = connections.map((it) => it.send('GET', `/fhir/DiagnosticReport/${report}`, undefined, { 'accept-language': 'zh' }));
    expect((await gateway.app.inject({ url: '/health/live' })).statusCode).toBe(200);
    return Promise.all(all);
  });

  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 503));
  expect(answers.every((it) => Number(it.headers['retry-after']) >= 1)).toBe(true);
  const overloaded = answers.filter((it) => codeOf(it) === 'overloaded');
  // Six are worked on; six were too many: two of them waited, and nobody ended in time.
  expect(overloaded).toHaveLength(6);
  expect(overloaded.every((it) => it.text.includes('系统繁忙'))).toBe(true);
  expect(answers.filter((it) => ['timeout', 'busy'].includes(codeOf(it)))).toHaveLength(6);
  expect((await hospital.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
  // Six that were let in, the two that waited in vain and are known, and the next one; of the four that could not even wait only those who were
  // known by then, as they are who came while there was still room in the line.
  const entries = (await countEntries()) - entriesBefore;
  expect(entries).toBeGreaterThanOrEqual(9);
  expect(entries).toBeLessThanOrEqual(13);
  expect(await measured('tongjian_not_served_total{work="order-entry",reason="overloaded"}')).toEqual([
    'tongjian_not_served_total{work="order-entry",reason="overloaded"} 6',
  ]);
  expect(await measured('tongjian_requests{work="order-entry"')).toEqual([
    'tongjian_requests{work="order-entry",state="inside"} 0',
    'tongjian_requests{work="order-entry",state="waiting"} 0',
  ]);
  for (const it of connections) it.close();
});

test('statistics that do not come to an end leave order entry alone, are ended, and are told apart in the measurements', async () => {
  const hospital = await gateway.register();
  const report = await publish(hospital, { person: somebody() });
  const summary = () => hospital.get('/v1/savings/summary?from=2026-01-01&to=2026-02-01');

  const [slow, reads] = await whileLocked('savings_postings, savings_entries', async () => {
    let ended = 0;
    const asked = Array.from({ length: 8 }, () => summary().finally(() => (ended += 1)));
    const seen: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) seen.push((await hospital.get(`/fhir/DiagnosticReport/${report}`)).status);
    expect(ended).toBeLessThan(8);
    return [await Promise.all(asked), seen] as const;
  });

  expect(reads).toEqual([200, 200, 200, 200, 200]);
  expect(slow.map((it) => it.status)).toEqual(slow.map(() => 503));
  const codes = slow.map((it) => it.body.code).toSorted();
  expect(codes).toEqual(['overloaded', 'overloaded', 'overloaded', 'overloaded', 'overloaded', 'overloaded', 'timeout', 'timeout']);
  expect(slow.every((it) => it.headers['retry-after'] !== undefined)).toBe(true);
  expect(await measured('tongjian_not_served_total{work="report",reason="timeout"}')).toEqual([
    'tongjian_not_served_total{work="report",reason="timeout"} 2',
  ]);
  expect((await summary()).status).toBe(200);
});

test.for([
  ['many patients', 503, '/fhir/Observation?status=final'],
  ['many patients, by POST', 503, 'POST'],
  ['one patient', 200, '/fhir/Observation?patient=0&status=final'],
  ['the directory', 200, '/fhir/Organization?name=x'],
  ['the history of a type', 503, '/fhir/Observation/_history'],
] as const)('while statistics fill all there is for them, a search of %s is answered %i', async ([, status, address]) => {
  const hospital = await gateway.register();

  const answer = await whileLocked('savings_postings, savings_entries', async () => {
    const slow = Array.from({ length: 4 }, () => hospital.get('/v1/savings/summary?from=2026-01-01&to=2026-02-01'));
    await expect.poll(() => gateway.app.admission.count('report').waiting, { timeout: 30_000 }).toBe(2);
    const asked =
      address === 'POST'
        ? await hospital.post('/fhir/Observation/_search', 'status=final', { 'content-type': 'application/x-www-form-urlencoded' })
        : await hospital.get(address);
    await Promise.all(slow);
    return asked;
  });

  expect(answer.status).toBe(status);
});

test('a token that cannot be given now is refused in the words of OAuth', async () => {
  const hospital = await gateway.register();
  const answer = await whileLocked('resources', async () => {
    const reads = Array.from({ length: 8 }, () => hospital.get(`/fhir/DiagnosticReport/${'0'.repeat(32)}`));
    await expect.poll(() => gateway.app.admission.count('order-entry').waiting, { timeout: 30_000 }).toBe(2);
    const token = await gateway.app.inject({
      method: 'POST',
      url: '/oauth2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'grant_type=client_credentials',
    });
    await Promise.all(reads);
    return token;
  });

  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  expect(answer.json()).toMatchObject({ error: 'temporarily_unavailable' });
});

async function countEntries(): Promise<number> {
  const { rows } = await gateway.db.$client.query<{ count: string }>('select count(*) from access_log');
  return Number(rows[0]?.count);
}
