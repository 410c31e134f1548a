import { expect, test } from 'vitest';
import { beijingDay } from '../../../src/beijing-time.ts';
import { csvOf, row } from '../../support/editions.ts';
import { useGateway } from '../../support/gateway.ts';

const gateway = useGateway();

test('an edition that begins today is in force at once, for checks and prices and terminology, and closed', async () => {
  const operator = await gateway.register({ scopes: ['operator', 'system/*.cruds'] });
  const query = new URLSearchParams({ title: '今日目录', effectiveFrom: beijingDay(new Date()) });
  const load = (rows: readonly ReturnType<typeof row>[]) =>
    operator.put(`/v1/catalogue/editions/today?${query.toString()}`, csvOf(rows), { 'content-type': 'text/csv' });

  expect((await load([row({ code: 'NEW' })])).status).toBe(201);

  const { body } = await operator.get('/v1/catalogue/items');
  expect([body.edition, body.items.map((it: { code: string }) => it.code)]).toEqual(['today', ['NEW']]);
  expect((await operator.get('/fhir/CodeSystem/item-edition')).body.version).toBe('today');
  expect((await load([row({ code: 'NEW' })])).status).toBe(200);
  expect((await load([row({ code: 'NEWER' })])).status).toBe(409);
});
