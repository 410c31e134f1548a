import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentsOf } from '../../src/database/client.ts';
import type { Place } from '../../src/database/replicas.ts';
import { type CallingSystem, callersOf, callingSystem, startGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { ID_CARD, type Person, somebody } from '../support/reports.ts';
import { type Pair, startPair } from '../support/standby.ts';
import { statementsOf } from '../support/statements.ts';

const PATIENCE_MS = 15_000;

let pair: Pair;
/** Waits for the replica, so that what it is asked it does answer. */
let patient: FastifyInstance;
/** Does not wait. */
let hasty: FastifyInstance;

beforeAll(async () => {
  pair = await startPair();
  const gateway = (waitMs: number, replica = pair.standbyUrl) =>
    startGateway(pair.primaryUrl, { databaseReplicaUrls: [replica], databaseReplicaWaitMs: waitMs });
  [patient, hasty] = [await gateway(10_000), await gateway(0)];
}, 60_000);
afterAll(async () => {
  await patient?.close();
  await hasty?.close();
  await pair?.stop();
}, 60_000);
beforeEach(async () => {
  await pair.caughtUp();
});

/** What a look-up's reads were answered by, while something is done. */
async function placesOf(app: FastifyInstance, work: () => Promise<unknown>): Promise<Record<Place, number>> {
  const before = { ...app.replicas.answered };
  await work();
  const places = { ...app.replicas.answered };
  for (const place of Object.keys(places) as Place[]) places[place] -= before[place];
  return places;
}

/** A system with the same token at both gateways. */
async function registered(): Promise<{ patient: CallingSystem; hasty: CallingSystem }> {
  const atPatient = await callersOf(patient).register();
  return { patient: atPatient, hasty: callingSystem(hasty, atPatient) };
}

async function patientIdOf(hospital: CallingSystem, person: Person): Promise<string> {
  const { body } = await hospital.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
  return body.entry[0].resource.id as string;
}

/** The report by each way of looking it up; what each found. */
async function lookUp(hospital: CallingSystem, report: string, patientId: string): Promise<readonly string[]> {
  const read = await hospital.get(`/fhir/DiagnosticReport/${report}`);
  const version = await hospital.get(`/fhir/DiagnosticReport/${report}/_history/1`);
  const search = await hospital.get(`/fhir/DiagnosticReport?patient=${patientId}&_count=1&_include=DiagnosticReport:result`);
  const results = await hospital.get(`/fhir/Patient/${patientId}/$prior-results?_count=1`);
  return [read.body.id, version.body.id, search.body.entry?.[0]?.resource.id, results.body.entry?.[0]?.resource.id];
}

async function pauseReplay(): Promise<void> {
  await pair.onStandby('select pg_wal_replay_pause()');
  for (let state = ''; state !== 'paused'; ) {
    ({ state } = (await pair.onStandby('select pg_get_wal_replay_pause_state() as state')).rows[0]);
  }
}

async function resumeReplay(): Promise<void> {
  await pair.onStandby('select pg_wal_replay_resume()');
  await pair.caughtUp();
}

test('what one gateway has just stored is found on the replica by another, while others publish; nothing is read from the primary', async () => {
  const { patient: reader, hasty: publisher } = await registered();
  const walk = async (): Promise<void> => {
    const person = somebody();
    const report = await publish(publisher, { person });
    await permit(reader, person);
    const patientId = await patientIdOf(reader, person);
    const again = await publish(publisher, { person, number: randomUUID() });
    expect(await lookUp(reader, again, patientId)).toEqual([again, again, again, again]);
    expect((await reader.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
  };

  const places = await placesOf(patient, () => Promise.all([walk(), walk(), walk(), walk()]));

  expect(places).toMatchObject({ behind: 0, away: 0, failed: 0 });
  expect(places.replica).toBeGreaterThanOrEqual(4 * 7);
});

test('while the replay stands still, look-ups find what was published, corrected and deleted since, on the primary', async () => {
  const { hasty: hospital } = await registered();
  const person = somebody();
  await publish(hospital, { person });
  await permit(hospital, person);
  const patientId = await patientIdOf(hospital, person);
  const { body: device } = await hospital.post('/fhir/Device', { resourceType: 'Device', status: 'active' });
  await pair.caughtUp();
  await pauseReplay();
  try {
    const places = await placesOf(hasty, async () => {
      const report = await publish(hospital, { person, number: randomUUID() });
      expect(await lookUp(hospital, report, patientId)).toEqual([report, report, report, report]);
      await hospital.put(`/fhir/Device/${device.id}`, { ...device, status: 'inactive' });
      expect((await hospital.get(`/fhir/Device/${device.id}`)).body.status).toBe('inactive');
      await hospital.send('DELETE', `/fhir/Device/${device.id}`);
      expect((await hospital.get(`/fhir/Device/${device.id}`)).status).toBe(410);
    });
    expect(places.replica).toBe(0);
    expect(places.behind).toBeGreaterThanOrEqual(6);
    expect((await hospital.get('/metrics')).text).toMatch(/tongjian_replica_lag_bytes\{replica="[^"]+"\} [1-9]/);
  } finally {
    await resumeReplay();
  }
});

test('a consent that is withdrawn while the replay stands still counts for the next look-up', async () => {
  const [source, receiver] = [await registered(), await registered()];
  const person = somebody();
  const report = await publish(source.patient, { person });
  const consent = await permit(receiver.patient, person);
  const patientId = await patientIdOf(receiver.patient, person);
  expect(await lookUp(receiver.patient, report, patientId)).toEqual([report, report, report, report]);
  await pair.caughtUp();
  await pauseReplay();
  try {
    await receiver.hasty.post(`/v1/consents/${consent}/withdrawal`, {});

    expect((await receiver.hasty.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(404);
    expect((await receiver.hasty.get(`/fhir/DiagnosticReport?patient=${patientId}`)).body.entry ?? []).toEqual([]);
    expect((await receiver.hasty.get(`/fhir/Patient/${patientId}/$prior-results`)).body.issue[0].details.coding[0].code).toBe(
      'consent-required',
    );
  } finally {
    await resumeReplay();
  }
});

test('the primary is sent no statement more than without replicas: its position in place of the texts', async () => {
  const [source, receiver] = [await registered(), await registered()];
  const person = somebody();
  const report = await publish(source.patient, { person });
  await permit(receiver.patient, person);
  const patientId = await patientIdOf(receiver.patient, person);
  // A connection says once whose replica it leads to.
  await lookUp(receiver.patient, report, patientId);
  const sentBy = async (path: string) => [...new Set(await statementsOf(() => receiver.patient.get(path)))].slice(0, -1);

  expect(await sentBy(`/fhir/Patient/${patientId}/$prior-results`)).toEqual([
    'find-keys-of-patient',
    'find-consents-concerning',
    'primary-position',
    'replayed',
    'find-reports',
  ]);
  expect(await sentBy(`/fhir/DiagnosticReport/${report}`)).toEqual([
    'primary-position',
    'replayed',
    'find-resource',
    'find-links',
    'find-consents-concerning',
  ]);
});

test('look-ups at the same time ask the primary together where it stands', async () => {
  const { patient: hospital } = await registered();
  const report = await publish(hospital, { person: somebody() });

  const sent = await statementsOf(() => Promise.all(Array.from({ length: 12 }, () => hospital.get(`/fhir/DiagnosticReport/${report}`))));

  expect(sent.filter((it) => it === 'find-resource')).toHaveLength(12);
  expect(sent.filter((it) => it === 'primary-position').length).toBeLessThan(12);
});

test('a statement that is ended on the replica, since it is in the way of the replay, is answered by the primary', async () => {
  const { hasty: hospital } = await registered();
  const report = await publish(hospital, { person: somebody() });
  await pair.caughtUp();
  const slow = 'select pg_is_in_recovery() as replica, pg_sleep(case when pg_is_in_recovery() then 9 else 0 end) from resources limit 1';

  const places = await placesOf(hasty, async () => {
    const answer = contentsOf(hasty.replicas.reader()).$client.query({ text: slow });
    const running = "select from pg_stat_activity where query like '%pg_sleep(case%' and state = 'active' and pid <> pg_backend_pid()";
    while ((await pair.onStandby(running)).rowCount === 0) await sleep(20);
    // As a migration or a vacuum would: the replay has to take a lock that the statement is in the way of.
    await pair.onPrimary('begin; lock table resources in access exclusive mode; commit');
    expect((await answer).rows).toMatchObject([{ replica: false }]);
  });

  expect(places).toEqual({ replica: 0, behind: 0, away: 0, failed: 1 });
  await pair.caughtUp();
  expect((await placesOf(patient, () => callingSystem(patient, hospital).get(`/fhir/DiagnosticReport/${report}`))).replica).toBe(1);
});

test('while the replica is away look-ups go on, and are logged; when it is back it is used again', async () => {
  const { patient: hospital } = await registered();
  const person = somebody();
  const report = await publish(hospital, { person });
  await permit(hospital, person);
  const patientId = await patientIdOf(hospital, person);
  const looked = async () => expect(await lookUp(hospital, report, patientId)).toEqual([report, report, report, report]);
  await looked();
  await pair.stopStandby();
  const up = async () => /tongjian_replica_up\{[^}]*\} (\d)/.exec((await hospital.get('/metrics')).text)?.[1];
  try {
    const places = await placesOf(patient, looked);

    expect(places).toEqual({ replica: 0, behind: 0, away: 5, failed: 0 });
    // Nobody is asked who could not be answered.
    expect(await statementsOf(() => hospital.get(`/fhir/DiagnosticReport/${report}`))).not.toContain('primary-position');
    expect(await up()).toBe('0');
    expect((await hospital.get('/metrics')).text).toMatch(/tongjian_look_up_reads_total\{place="away"\} [5-9]/);
    expect((await hospital.get('/health/ready')).status).toBe(200);
    const { rows } = await patient.db.$client.query("select from access_log where institution = $1 and interaction = 'priorResults'", [
      hospital.institution,
    ]);
    expect(rows).toHaveLength(2);
  } finally {
    await pair.startStandby();
  }
  await expect.poll(up, { timeout: PATIENCE_MS }).toBe('1');
  expect(await placesOf(patient, looked)).toEqual({ replica: 5, behind: 0, away: 0, failed: 0 });
});

test.for<[string, () => string]>([
  ['the primary itself', () => pair.primaryUrl],
  ['another database of the replica', () => pair.standbyUrl.replace(/[^/]+$/, 'postgres')],
  ['an address where nobody listens', () => 'postgres://nobody@127.0.0.1:1/nothing'],
])('what is no replica is not read from: %s', async ([, urlOf]) => {
  const app = await startGateway(pair.primaryUrl, { databaseReplicaUrls: [urlOf(), pair.standbyUrl], databaseReplicaWaitMs: 10_000 });
  try {
    const hospital = await callersOf(app).register();
    const report = await publish(hospital, { person: somebody() });
    const read = async () => {
      for (let index = 0; index < 6; index++) expect((await hospital.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
    };

    expect(await placesOf(app, read)).toEqual({ replica: 5, behind: 0, away: 1, failed: 0 });
  } finally {
    await app.close();
  }
});
