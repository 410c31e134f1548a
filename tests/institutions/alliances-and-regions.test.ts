import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { type CallingSystem, freshUscc, useGateway } from '../support/gateway.ts';

const gateway = useGateway();
let operator: CallingSystem;
let hospitals: CallingSystem[];

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'] });
  hospitals = await Promise.all([gateway.register(), gateway.register(), gateway.register()]);
});

type Listed = { code: string };
async function listed(kind: 'alliances' | 'regions', code: string, by: CallingSystem = operator) {
  const { status, body } = await by.get(`/v1/${kind}`);
  expect(status).toBe(200);
  return body[kind].find((it: Listed) => it.code === code);
}
const usccs = (...which: number[]) => which.map((it) => hospitals[it]?.uscc ?? '').sort();

describe('a medical alliance', () => {
  test('is what was set last, and every caller can see it', async () => {
    const first = await operator.put('/v1/alliances/yubei-1', { name: '渝北医共体', members: usccs(0, 1) });
    expect(first).toMatchObject({ status: 200, body: { code: 'yubei-1', name: '渝北医共体', members: usccs(0, 1) } });
    const second = await operator.put('/v1/alliances/yubei-1', { name: '渝北区医共体', members: usccs(1, 2) });
    expect(second.status).toBe(200);
    expect(await listed('alliances', 'yubei-1', hospitals[0])).toEqual(second.body);
  });

  test('set twice alike is the same; a member given twice is one', async () => {
    const body = { name: '医联体', members: [...usccs(0), ...usccs(0), ...usccs(2)] };
    for (const _ of [1, 2])
      expect(await operator.put('/v1/alliances/twice', body)).toMatchObject({ status: 200, body: { members: usccs(0, 2) } });
    expect(await listed('alliances', 'twice')).toMatchObject({ members: usccs(0, 2) });
  });

  test('with members that take no part is refused, each with its place, and nothing changes', async () => {
    await operator.put('/v1/alliances/kept', { name: '原名', members: usccs(0) });
    const members = [...usccs(0), freshUscc(), ...usccs(1), freshUscc()];
    const answer = await operator.put('/v1/alliances/kept', { name: '新名', members });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'rule-violated', errors: [{ path: 'members[1]' }, { path: 'members[3]' }] },
    });
    expect(await listed('alliances', 'kept')).toMatchObject({ name: '原名', members: usccs(0) });
  });

  test('set by many at the same moment is one of theirs', async () => {
    const wishes = [usccs(0), usccs(1), usccs(2), usccs(0, 1), usccs(1, 2)];
    const answers = await Promise.all(wishes.map((members) => operator.put('/v1/alliances/race', { name: members.join(), members })));
    expect(answers.map((it) => it.status)).toEqual([200, 200, 200, 200, 200]);
    const outcome = await listed('alliances', 'race');
    expect(outcome.name).toBe(outcome.members.join());
  });

  test('is gone when it is removed, and may be removed again', async () => {
    await operator.put('/v1/alliances/leaving', { name: '将撤销', members: usccs(0) });
    for (const _ of [1, 2]) expect(await operator.send('DELETE', '/v1/alliances/leaving')).toMatchObject({ status: 204 });
    expect(await listed('alliances', 'leaving')).toBeUndefined();
  });

  test.for<[string, string, unknown]>([
    ['no members', 'x', { name: '名', members: [] }],
    ['a blank name', 'x', { name: ' ', members: ['12330000470051726F'] }],
    ['a name with a NUL', 'x', { name: '名\u0000', members: ['12330000470051726F'] }],
    ['an unknown member of the body', 'x', { name: '名', members: ['12330000470051726F'], level: 3 }],
    ['a code with a space', 'a%20b', { name: '名', members: ['12330000470051726F'] }],
    ['a code of 65 characters', 'a'.repeat(65), { name: '名', members: ['12330000470051726F'] }],
  ])('%s is refused with 400', async ([, code, body]) => {
    expect(await operator.put(`/v1/alliances/${code}`, body)).toMatchObject({ status: 400 });
  });
});

describe('alliances in an alliance', () => {
  const set = (code: string, body: object) => operator.put(`/v1/alliances/${code}`, { name: code, ...body });

  test('are shown by their codes, beside its own members', async () => {
    await set('town-1', { members: usccs(0) });
    await set('town-2', { members: usccs(1) });
    const county = await set('county', { members: usccs(2), alliances: ['town-2', 'town-1', 'town-1'] });
    expect(county).toMatchObject({ status: 200, body: { members: usccs(2), alliances: ['town-1', 'town-2'] } });
    expect(await listed('alliances', 'county', hospitals[0])).toEqual(county.body);
  });

  test('may be all it has, and what is left out is taken out', async () => {
    await set('leaf', { members: usccs(0) });
    expect(await set('umbrella', { alliances: ['leaf'] })).toMatchObject({ status: 200, body: { members: [], alliances: ['leaf'] } });
    expect(await set('umbrella', { members: usccs(1) })).toMatchObject({ status: 200, body: { members: usccs(1), alliances: [] } });
    expect(await set('umbrella', { members: [], alliances: ['leaf'] })).toMatchObject({ status: 200 });
    for (const nothing of [{}, { alliances: [] }, { members: [], alliances: [] }]) {
      expect(await set('umbrella', nothing)).toMatchObject({ status: 400, body: { code: 'malformed' } });
    }
    expect(await listed('alliances', 'umbrella')).toMatchObject({ members: [], alliances: ['leaf'] });
  });

  test('that are not there, or would close a circle, are refused with their places, and nothing changes', async () => {
    await set('inner', { members: usccs(0) });
    await set('middle', { alliances: ['inner'] });
    await set('outer', { alliances: ['middle'] });
    const answer = await set('inner', { members: usccs(1), alliances: ['outer', 'nowhere', 'inner', 'middle', 'county-of-nobody'] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated' } });
    expect(answer.body.errors.map((it: { path: string }) => it.path)).toEqual([0, 1, 2, 3, 4].map((it) => `alliances[${it}]`));
    expect(await listed('alliances', 'inner')).toMatchObject({ members: usccs(0), alliances: [] });
    expect(await set('new', { alliances: ['new'] })).toMatchObject({ status: 422, body: { errors: [{ path: 'alliances[0]' }] } });
  });

  test('are not removed while they are a part of another; the whole may go, and leaves them', async () => {
    await set('part', { members: usccs(0) });
    await set('whole', { alliances: ['part'] });
    expect(await operator.send('DELETE', '/v1/alliances/part')).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await operator.send('DELETE', '/v1/alliances/whole')).toMatchObject({ status: 204 });
    expect(await listed('alliances', 'part')).toMatchObject({ members: usccs(0) });
    expect(await operator.send('DELETE', '/v1/alliances/part')).toMatchObject({ status: 204 });
  });
});

describe('a named region', () => {
  test('is what was set last', async () => {
    expect(await operator.put('/v1/regions/cy', { name: '川渝', divisions: ['51', '50', '50'] })).toMatchObject({
      status: 200,
      body: { code: 'cy', name: '川渝', divisions: ['50', '51'] },
    });
    await operator.put('/v1/regions/cy', { name: '川渝', divisions: ['50', '5101', '510104'] });
    expect(await listed('regions', 'cy', hospitals[0])).toMatchObject({ divisions: ['50', '5101', '510104'] });
    for (const _ of [1, 2]) expect(await operator.send('DELETE', '/v1/regions/cy')).toMatchObject({ status: 204 });
    expect(await listed('regions', 'cy')).toBeUndefined();
  });

  test('may have regions in it, but never itself', async () => {
    await operator.put('/v1/regions/north', { name: '京津冀', divisions: ['11', '12', '13'] });
    const both = await operator.put('/v1/regions/north-east', { name: '华北东北', divisions: ['21'], regions: ['north'] });
    expect(both).toMatchObject({ status: 200, body: { divisions: ['21'], regions: ['north'] } });
    expect(await listed('regions', 'north-east')).toEqual(both.body);
    expect(await operator.put('/v1/regions/all', { name: '全部', regions: ['north-east'] })).toMatchObject({ body: { divisions: [] } });
    expect(await operator.put('/v1/regions/north', { name: '京津冀', divisions: ['11'], regions: ['nowhere', 'all'] })).toMatchObject({
      status: 422,
      body: { code: 'rule-violated', errors: [{ path: 'regions[0]' }, { path: 'regions[1]' }] },
    });
    expect(await operator.send('DELETE', '/v1/regions/north')).toMatchObject({ status: 409 });
  });

  test.for([['5'], ['500'], ['50011'], ['5001122'], ['渝'], []].map((divisions) => [divisions] as const))(
    'of %j is refused',
    async ([divisions]) => {
      expect(await operator.put('/v1/regions/wrong', { name: '名', divisions })).toMatchObject({
        status: 400,
        body: { code: 'malformed' },
      });
    },
  );
});

test('only the operator sets and removes, and it is written into the access log', async () => {
  const [hospital] = hospitals as [CallingSystem];
  for (const answer of [
    await hospital.put('/v1/alliances/own', { name: '自建', members: usccs(0) }),
    await hospital.send('DELETE', '/v1/alliances/own'),
    await hospital.put('/v1/regions/own', { name: '自建', divisions: ['50'] }),
    await hospital.send('DELETE', '/v1/regions/own'),
  ]) {
    expect(answer).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
  }
  const { headers } = await operator.put('/v1/alliances/logged', { name: '记录', members: usccs(0) });
  const entries = await gateway.db
    .select()
    .from(accessLog)
    .where(eq(accessLog.requestId, String(headers['x-request-id'])));
  expect(entries).toMatchObject([{ interaction: 'setAlliance', action: 'U', outcome: 0, entities: ['Alliance/logged'] }]);
});
