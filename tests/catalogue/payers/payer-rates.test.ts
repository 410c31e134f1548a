import { expect, test } from 'vitest';
import { findPayerRate } from '../../../src/catalogue/payers/find-payer-rate.ts';
import { useGateway } from '../../support/gateway.ts';

const gateway = useGateway();

const CSV = { 'content-type': 'text/csv' };
const rate = (district: string, level: number, at = '2026-03-01T00:00:00Z') =>
  findPayerRate(gateway.db, { district, scheme: 'employee', level }, new Date(at));

test('the published rates of Chongqing are there from the start', async () => {
  const caller = await gateway.register();

  const { body } = await caller.get('/v1/catalogue/payer-rates?division=50');

  const table = (body.rates as { scheme: string; level: number; fundPercent: number; version: number }[]).map((it) => [
    it.scheme,
    it.level,
    it.fundPercent,
    it.version,
  ]);
  expect(table).toEqual([
    ['employee', 1, 90, 1],
    ['employee', 2, 87, 1],
    ['employee', 3, 85, 1],
    ['resident-1', 1, 80, 1],
    ['resident-1', 2, 70, 1],
    ['resident-1', 3, 50, 1],
    ['resident-2', 1, 85, 1],
    ['resident-2', 2, 75, 1],
    ['resident-2', 3, 55, 1],
  ]);
});

test('the operator sets rates: the smallest division that has one decides, from its beginning on', async () => {
  const operator = await gateway.register({ scopes: ['operator'] });
  const rates = [{ scheme: 'employee', level: 3, fundPercent: 82.5, validFrom: '2026-03-01' }];

  const set = await operator.put('/v1/catalogue/payer-rates', { division: '5001', rates });
  const county = await operator.put('/v1/catalogue/payer-rates?division=500103', 'level,scheme,fund_percent\r\n2,employee,60\r\n', CSV);

  expect(set.body).toEqual({
    division: '5001',
    rates: [{ scheme: 'employee', level: 3, fundPercent: 82.5, version: 1, validFrom: '2026-02-28T16:00:00.000Z' }],
  });
  expect(county.status).toBe(200);
  expect(await rate('500112', 3, '2026-02-28T15:59:59.999Z')).toEqual({ fundPercent: 85, version: '50 v1' });
  expect(await rate('500112', 3, '2026-02-28T16:00:00.000Z')).toEqual({ fundPercent: 82.5, version: '5001 v1' });
  expect(await rate('500112', 2)).toEqual({ fundPercent: 87, version: '50 v1' });
  expect(await rate('500103', 2, '9000-01-01T00:00:00Z')).toEqual({ fundPercent: 60, version: '500103 v1' });
  expect(await rate('510100', 3)).toBeUndefined();
});

test('what changes is a new version, what does not is none; the file a list gives can be sent back', async () => {
  const operator = await gateway.register({ scopes: ['operator', 'system/AuditEvent.rs'] });
  const put = (fundPercent: number, validFrom: string) =>
    operator.put('/v1/catalogue/payer-rates', { division: '31', rates: [{ scheme: 'employee', level: 1, fundPercent, validFrom }] });

  expect((await put(90, '2026-01-01')).body.rates).toMatchObject([{ version: 1 }]);
  expect((await put(90, '2026-02-01')).body.rates).toMatchObject([{ version: 1, validFrom: '2025-12-31T16:00:00.000Z' }]);
  expect((await put(91, '2026-02-01')).body.rates).toMatchObject([{ version: 2 }]);
  const listed = await operator.get('/v1/catalogue/payer-rates?division=31', { accept: 'text/csv' });
  const { status, body } = await operator.put(
    '/v1/catalogue/payer-rates?division=32',
    listed.text.replace(/\r\n31,employee,1,90,.*/, ''),
    CSV,
  );

  expect(listed.headers['content-type']).toMatch(/^text\/csv/);
  expect({ status, rates: body.rates }).toMatchObject({
    status: 200,
    rates: [{ scheme: 'employee', level: 1, fundPercent: 91, version: 1 }],
  });
  expect(await rate('310101', 1, '2026-01-15T00:00:00Z')).toEqual({ fundPercent: 90, version: '31 v1' });
  const logged = (await operator.get('/v1/access-log?interaction=setPayerRates')).body.entries;
  expect(logged.map((it: { entities: string[] }) => it.entities)).toContainEqual(['PayerRates/31/_history/2']);
});

test('pages', async () => {
  const caller = await gateway.register();
  const first = await caller.get('/v1/catalogue/payer-rates?division=50&limit=4');
  const second = await caller.get(`/v1/catalogue/payer-rates?division=50&limit=100&cursor=${first.body.next}`);

  expect(first.body.rates).toHaveLength(4);
  expect(second.body.rates).toHaveLength(5);
  expect(second.body.next).toBeUndefined();
});

test('an institution sets no rates', async () => {
  const hospital = await gateway.register();
  const rates = [{ scheme: 'employee', level: 3, fundPercent: 1 }];
  expect((await hospital.put('/v1/catalogue/payer-rates', { division: '50', rates })).status).toBe(403);
});

test('faults of a CSV are told with row and column; nothing of it is set', async () => {
  const operator = await gateway.register({ scopes: ['operator'] });

  const { status, body } = await operator.put(
    '/v1/catalogue/payer-rates?division=11',
    'scheme,level,fund_percent\r\nemployee,1,90\r\nemployee,4,x\r\n',
    CSV,
  );

  expect(status).toBe(422);
  expect(body.errors.map((it: { path: string }) => it.path)).toEqual(['row 3, column level', 'row 3, column fund_percent']);
  expect((await operator.get('/v1/catalogue/payer-rates?division=11')).body).toEqual({ rates: [] });
  expect((await operator.put('/v1/catalogue/payer-rates', 'scheme,level,fund_percent\r\nemployee,1,90\r\n', CSV)).status).toBe(400);
  expect((await operator.put('/v1/catalogue/payer-rates?division=11', 'scheme,level,fund_percent\r\n', CSV)).status).toBe(422);
});
