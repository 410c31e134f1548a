import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { expect, test } from 'vitest';
import { type Entry, type EntryAnswer, post, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const ENTRIES = 2_000;
const MIB = 1024 * 1024;

/** A transaction about one person, of so many entries and about five MB. */
function history(): string {
  const patient = urn();
  const note = '检验备注'.repeat(180);
  const entries: Entry[] = Array.from({ length: ENTRIES - 1 }, (_, index) =>
    post({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: `${1_000 + (index % 500)}-4` }] },
      subject: { reference: patient },
      effectiveDateTime: new Date(Date.UTC(2020, 0, 1 + (index % 900))).toISOString(),
      valueQuantity: { value: index / 10, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
      note: [{ text: note }],
    }),
  );
  return JSON.stringify(transaction(post(patientOf(somebody()), { fullUrl: patient }), ...entries));
}

/** What is still held once everything that can go has gone. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

test('a transaction of 2,000 entries and 5 MB is stored in time, and eight at once leave nothing behind', async () => {
  const hospital = await gateway.register();
  const bundles = Array.from({ length: 9 }, history);
  expect(Buffer.byteLength(bundles[0] as string) / MIB).toBeGreaterThan(5);
  const began = performance.now();
  expect((await hospital.post('/fhir', bundles[0])).status).toBe(200);
  const alone = performance.now() - began;
  const before = await heldBytes();

  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }, 5);
  const statuses = await Promise.all(bundles.slice(1).map(async (it) => (await hospital.post('/fhir', it)).status));
  clearInterval(watch);

  expect(statuses).toEqual(Array(8).fill(200));
  expect(peak).toBeLessThan(800 * MIB);
  expect((await heldBytes()) - before).toBeLessThan(40 * MIB);
  expect(alone).toBeLessThan(30_000);
}, 180_000);

/** A transaction of one result with remarks of eight million characters, nearly all that a Bundle may have. */
function wordy(): string {
  const patient = urn();
  const result = { resourceType: 'Observation', status: 'final', code: { text: '血常规' }, subject: { reference: patient } };
  const note = Array.from({ length: 8 }, () => ({ text: 'x'.repeat(1_000_000) }));
  return JSON.stringify(transaction(post(patientOf(somebody()), { fullUrl: patient }), post({ ...result, note })));
}

test('six of the largest wait; more are told at once to come again, and are taken when they do', async () => {
  const hospital = await gateway.register();
  const outside = new pg.Client({ connectionString: gateway.databaseUrl });
  await outside.connect();
  await outside.query('begin; lock table published_texts in access exclusive mode');

  const refused: { status: number; body: { issue: { details: { coding: { code: string }[] } }[] }; headers: object; sent: string }[] = [];
  const answers = Array.from({ length: 9 }, wordy).map(async (sent) => {
    const answer = await hospital.post('/fhir', sent);
    if (answer.status !== 200) refused.push({ ...answer, sent });
    return answer.status;
  });
  await expect.poll(() => refused.length, { timeout: 30_000 }).toBe(2);
  expect(refused.map((it) => it.status)).toEqual([503, 503]);
  expect(refused[0]?.body.issue[0]?.details.coding[0]?.code).toBe('overloaded');
  expect(refused[0]?.headers).toMatchObject({ 'retry-after': '10' });
  await outside.end();

  expect((await Promise.all(answers)).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 503, 503]);
  expect((await hospital.post('/fhir', refused[0]?.sent)).status).toBe(200);
}, 120_000);

test('a batch of 2,000 entries is done in groups, each entry by itself', async () => {
  const hospital = await gateway.register();
  const entries = Array.from({ length: ENTRIES }, (_, index) =>
    post({
      resourceType: 'Practitioner',
      identifier: [{ system: 'urn:staff', value: `B-${index}` }],
      ...(index % 400 === 7 ? { gender: 'x' } : {}),
    }),
  );
  const began = performance.now();

  const { status, body } = await hospital.post('/fhir', { ...transaction(...entries), type: 'batch' });

  expect(status).toBe(200);
  const refused = body.entry.flatMap((it: EntryAnswer, index: number) => (it.response.status === '400' ? [index] : []));
  expect(refused).toEqual([7, 407, 807, 1207, 1607]);
  expect(performance.now() - began).toBeLessThan(30_000);
}, 60_000);
