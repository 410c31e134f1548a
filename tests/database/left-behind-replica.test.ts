import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callersOf, callingSystem, startGateway } from '../support/gateway.ts';
import { type Pair, startPair } from '../support/standby.ts';

const PATIENCE_MS = 15_000;

let pair: Pair;

beforeEach(async () => {
  pair = await startPair();
}, 60_000);
afterEach(() => pair?.stop(), 60_000);

/** So that the former primary is further on than the new one, by the count of bytes. */
async function writeMuchLog(): Promise<void> {
  for (let number = 0; number < 4; number++) {
    await pair.onPrimary('select pg_switch_wal()');
    await pair.onPrimary(`create table filler_${number} ()`);
  }
}

test(
  'a former primary that comes back as a replica and did not follow the change is not read from, however far it is',
  async () => {
    const before = await startGateway(pair.primaryUrl, {});
    const hospital = await callersOf(before).register();
    const { body: device } = await hospital.post('/fhir/Device', { resourceType: 'Device', status: 'active' });
    await pair.caughtUp();
    await pair.onStandby("alter system set primary_conninfo = ''");
    await pair.onStandby('select pg_reload_conf()');
    while ((await pair.onStandby('select from pg_stat_wal_receiver')).rowCount !== 0) await sleep(50);
    const lost = await hospital.put(`/fhir/Device/${device.id}`, { ...device, status: 'inactive' });
    expect(lost.status).toBe(200);
    await writeMuchLog();
    await before.close();
    await pair.changePrimary('nobody');

    const after = await startGateway(pair.standbyUrl, { databaseReplicaUrls: [pair.primaryUrl], databaseReplicaWaitMs: 0 });
    try {
      const asked = callingSystem(after, hospital);
      expect((await asked.get(`/fhir/Device/${device.id}`)).body).toMatchObject({ status: 'active', meta: { versionId: '1' } });
      expect(after.replicas.answered).toMatchObject({ replica: 0, behind: 1 });
      const ends = 'select pg_last_wal_replay_lsn() as reached';
      const { rows: replica } = await pair.onPrimary(ends);
      const { rows: primary } = await pair.onStandby(`select pg_current_wal_lsn() < '${replica[0].reached}' as "isShorter"`);
      expect(primary[0].isShorter).toBe(true);
    } finally {
      await after.close();
    }
  },
  4 * PATIENCE_MS,
);

test(
  'a former primary that follows the new one is read from again',
  async () => {
    await pair.caughtUp();
    await pair.changePrimary('the new one');
    const gateway = await startGateway(pair.standbyUrl, { databaseReplicaUrls: [pair.primaryUrl], databaseReplicaWaitMs: 1_000 });
    try {
      const hospital = await callersOf(gateway).register();
      const { body: device } = await hospital.post('/fhir/Device', { resourceType: 'Device', status: 'active' });
      // Until its next restart point a standby may not say which timeline it has come to.
      await pair.onStandby('checkpoint');
      for (const since = performance.now(); gateway.replicas.answered.replica === 0; await sleep(200)) {
        if (performance.now() - since > PATIENCE_MS) throw new Error('the replica is not read from');
        await pair.onPrimary('checkpoint');
        expect((await hospital.get(`/fhir/Device/${device.id}`)).body.status).toBe('active');
      }
    } finally {
      await gateway.close();
    }
  },
  4 * PATIENCE_MS,
);
