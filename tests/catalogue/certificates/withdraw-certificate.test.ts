import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import type { ConcernedRecognition } from '../../../src/catalogue/certificates/recognitions-concerned.ts';
import { withdrawCertificate } from '../../../src/catalogue/certificates/withdraw-certificate.ts';
import { transact } from '../../../src/database/client.ts';
import type { Caller } from '../../../src/security/caller.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';

const gateway = useGateway();
let operator: CallingSystem;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'] });
});

async function certificate(): Promise<string> {
  const { uscc } = await gateway.register();
  const period = { validFrom: '2026-01-01', validUntil: '2026-12-31' };
  const { body } = await operator.put('/v1/catalogue/certificates', {
    certificates: [{ uscc, item: 'K', scheme: '常规化学 2026', scope: 'nation', ...period }],
  });
  return body.certificates[0].id;
}
const withdraw = (id: string, body: object) => operator.post(`/v1/catalogue/certificates/${id}/withdrawal`, body);
const FAILED = { from: '2026-06-01', reason: '第二次质评不合格' };

test('a certificate is withdrawn once: the same again is answered alike, another day or reason is a conflict', async () => {
  const id = await certificate();

  const first = await withdraw(id, FAILED);

  expect(first).toMatchObject({ status: 201, body: { certificate: { id, withdrawal: FAILED }, recognitions: [] } });
  expect(await withdraw(id, { ...FAILED, reason: ` ${FAILED.reason} ` })).toMatchObject({ status: 200, body: first.body });
  expect(await withdraw(id, { ...FAILED, from: '2026-06-02' })).toMatchObject({ status: 409, body: { errors: [{ path: 'from' }] } });
  expect(await withdraw(id, { ...FAILED, reason: '其他' })).toMatchObject({ status: 409, body: { errors: [{ path: 'reason' }] } });
  expect(await operator.get(`/v1/catalogue/certificates/${id}`)).toMatchObject({ status: 200, body: first.body.certificate });
});

test('of several withdrawals at once one is the first', async () => {
  const id = await certificate();
  const answers = await Promise.all(Array.from({ length: 8 }, () => withdraw(id, FAILED)));
  expect(answers.map((it) => it.status).sort()).toEqual([...Array.from({ length: 7 }, () => 200), 201]);
  expect(new Set(answers.map((it) => it.text)).size).toBe(1);
});

test.for<[string, object, number]>([
  ['its first day', { from: '2026-01-01' }, 201],
  ['a day before it began', { from: '2025-06-01' }, 201],
  ['its last day', { from: '2026-12-31' }, 201],
  ['the day after its last', { from: '2027-01-01' }, 422],
  ['a day that is none', { from: '2026-02-30' }, 422],
  ['a time', { from: '2026-06-01T' }, 400],
  ['a blank reason', { reason: '  ' }, 422],
  ['no reason', { reason: undefined }, 400],
  ['an unknown member', { until: '2026-07-01' }, 400],
])('withdrawn with %s: %j %i', async ([, but, status]) => {
  expect(await withdraw(await certificate(), { ...FAILED, ...but })).toMatchObject({ status });
});

test('it takes the operator, and a certificate', async () => {
  const hospital = await gateway.register();
  const id = await certificate();
  expect(await hospital.post(`/v1/catalogue/certificates/${id}/withdrawal`, FAILED)).toMatchObject({ status: 403 });
  expect(await withdraw('hr-0123456789abcdef', FAILED)).toMatchObject({ status: 404 });
});

test('the recognitions concerned are asked for from the beginning of that day in Beijing, answered and logged', async () => {
  const id = await certificate();
  const concerned: ConcernedRecognition = {
    decision: 'd-1',
    institution: { uscc: operator.uscc, name: '某院' },
    item: 'K',
    report: 'DiagnosticReport/r-1',
    reportVersion: 1,
    performedAt: '2026-06-01T00:00:00.000Z',
    decidedAt: '2026-06-02T00:00:00.000Z',
  };
  const caller: Caller = {
    client: operator.client,
    institution: operator.institution,
    scopes: ['operator'],
    tokenId: 't',
    practitioner: null,
    purpose: 'TREAT',
    emergencyReason: null,
    requestId: randomUUID(),
    address: '127.0.0.1',
  };
  const asked: unknown[] = [];

  const { recognitions } = await transact(gateway.db, (tx) =>
    withdrawCertificate(
      tx,
      async (_, ...question) => {
        asked.push(question);
        return [concerned];
      },
      caller,
      { id, ...FAILED },
      new Date(),
    ),
  );

  expect(asked).toEqual([[id, new Date('2026-06-01T00:00:00+08:00')]]);
  expect(recognitions).toEqual([concerned]);
  const entries = await gateway.db.select().from(accessLog).where(eq(accessLog.requestId, caller.requestId));
  expect(entries).toMatchObject([
    { interaction: 'withdrawCertificate', action: 'U', entities: [`Certificate/${id}`, 'RecognitionDecision/d-1'] },
  ]);
});
