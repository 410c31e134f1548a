import { beforeAll, expect, test } from 'vitest';
import { findPlaces } from '../../src/institutions/find-places.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();
let operator: CallingSystem;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'] });
});

async function set(path: string, body: object): Promise<void> {
  expect(await operator.put(`/v1/${path}`, { name: path, ...body })).toMatchObject({ status: 200 });
}

test('an institution lies in the regions of its division and in what these are parts of', async () => {
  const yubei = await gateway.register({ district: '500112' });
  const chengdu = await gateway.register({ district: '510104', level: 2 });
  const beijing = await gateway.register({ district: '110105' });
  await set('regions/cy', { divisions: ['50', '51'] });
  await set('regions/chengdu', { divisions: ['5101'] });
  await set('regions/one-street', { divisions: ['500112'] });
  await set('regions/far', { divisions: ['11'] });
  await set('regions/west', { divisions: ['52'], regions: ['cy'] });
  await set('regions/west-and-more', { regions: ['west', 'cy'] });

  const places = await findPlaces(gateway.db, [yubei.institution, chengdu.institution, beijing.institution, 2_000_000_000]);

  expect([...places.keys()].sort()).toEqual([yubei.institution, chengdu.institution, beijing.institution].sort());
  expect(places.get(yubei.institution)).toMatchObject({
    uscc: yubei.uscc,
    level: 3,
    district: '500112',
    active: true,
    alliances: [],
    regions: ['cy', 'one-street', 'west', 'west-and-more'],
  });
  expect(places.get(chengdu.institution)).toMatchObject({ level: 2, regions: ['chengdu', 'cy', 'west', 'west-and-more'] });
  expect(places.get(beijing.institution)).toMatchObject({ regions: ['far'] });
});

test('an institution is a member of its alliances and of what these are parts of, not of their parts', async () => {
  const [one, two, three] = [await gateway.register(), await gateway.register(), await gateway.register()];
  await set('alliances/village', { members: [one.uscc] });
  await set('alliances/town', { members: [two.uscc], alliances: ['village'] });
  await set('alliances/county', { members: [three.uscc], alliances: ['town'] });
  await set('alliances/other', { members: [one.uscc] });

  const places = await findPlaces(gateway.db, [one.institution, two.institution, three.institution]);

  expect([one, two, three].map((it) => places.get(it.institution)?.alliances)).toEqual([
    ['county', 'other', 'town', 'village'],
    ['county', 'town'],
    ['county'],
  ]);

  await set('alliances/town', { members: [two.uscc] });
  expect((await findPlaces(gateway.db, [one.institution])).get(one.institution)?.alliances).toEqual(['other', 'village']);
});

test('it is one statement, however many there are, and none where nobody is asked for', async () => {
  const some = await Promise.all([gateway.register(), gateway.register(), gateway.register()]);

  const numbers = some.map((it) => it.institution);

  expect(await statementsOf(() => findPlaces(gateway.db, numbers))).toEqual(['find-places']);
  expect(await findPlaces(gateway.db, [])).toEqual(new Map());
});
