import { expect, test } from 'vitest';
import type { Entry } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';

const gateway = useGateway();
const MIB = 1024 * 1024;

const read = (url: string): Entry => ({ request: { method: 'GET', url } });
const sendAll = (system: CallingSystem, type: 'batch' | 'transaction', entry: readonly Entry[]) =>
  system.post('/fhir', { resourceType: 'Bundle', type, entry });
const statusesOf = (entries: readonly { response: { status: string } }[]) => entries.map((it) => it.response.status.slice(0, 3));

test('a Bundle of few characters cannot ask for more than an answer may hold', async () => {
  const hospital = await gateway.register();
  const binary = { resourceType: 'Binary', contentType: 'text/plain', data: Buffer.alloc(3.6 * MIB).toString('base64') };
  const { body } = await hospital.post('/fhir/Binary', binary);
  const entries = Array.from({ length: 30 }, () => read(`Binary/${body.id}`));

  const answer = await sendAll(hospital, 'batch', entries);
  const whole = await sendAll(hospital, 'transaction', entries);

  expect(statusesOf(answer.body.entry)).toEqual([...Array.from({ length: 4 }, () => '200'), ...Array.from({ length: 26 }, () => '413')]);
  expect(answer.text.length).toBeLessThan(24 * MIB);
  expect(whole).toMatchObject({ status: 413, body: { issue: [{ expression: ['Bundle.entry[4].request.url'] }] } });
});

test('the access log is not read inside of a Bundle, rather than told to be empty', async () => {
  const auditor = await gateway.register({ scopes: ['system/*.cruds', 'audit.read'] });

  const answer = await sendAll(auditor, 'batch', [read('AuditEvent?date=ge2020'), read('AuditEvent/1')]);

  expect(statusesOf(answer.body.entry)).toEqual(['400', '400']);
});

test.for(['batch', 'transaction'] as const)('a %s searches a hundred times at most', async (type) => {
  const hospital = await gateway.register();
  const searches = Array.from({ length: 100 }, (_, index) => read(index % 2 === 0 ? `Basic?_id=${index}` : 'Basic/_history?_count=1'));

  expect((await sendAll(hospital, type, searches)).status).toBe(200);
  expect(await sendAll(hospital, type, [...searches, read('Basic?_count=1')])).toMatchObject({
    status: 413,
    body: { resourceType: 'OperationOutcome', issue: [{ code: 'too-long', expression: ['Bundle.entry'] }] },
  });
});
