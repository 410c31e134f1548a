import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { countOf, type Entry, post, referenceTo, transaction } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

const STAFF = 'urn:staff';
const doctor = (value: string, more: object = {}) => ({ resourceType: 'Practitioner', identifier: [{ system: STAFF, value }], ...more });
const by = (value: string) => `identifier=${STAFF}|${value}`;

describe('a conditional create', () => {
  test('trap 7: one match is 200, with that resource, and nothing is written', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const first = await hospital.post('/fhir/Practitioner', doctor(value));

    const again = await hospital.post('/fhir/Practitioner', doctor(value, { active: false }), { 'if-none-exist': by(value) });

    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(again.headers).toMatchObject({ etag: 'W/"1"', location: first.headers['location'] });
    expect((await hospital.get(`/fhir/Practitioner/${first.body.id}/_history/2`)).status).toBe(404);
    const auditor = await gateway.clientOf(hospital.institution, hospital.uscc, ['audit.read']);
    const { entries } = (await auditor.get('/v1/access-log')).body;
    const actions = entries
      .filter((it: { interaction: string }) => it.interaction === 'createResource')
      .map((it: { action: string }) => it.action);
    expect(actions).toEqual(['E', 'C']);
  });

  test('shows what stands already to those alone who may read it', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    await hospital.post('/fhir/Practitioner', doctor(value));
    const writer = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/Practitioner.c']);

    expect(await writer.post('/fhir/Practitioner', doctor(value), { 'if-none-exist': by(value) })).toMatchObject({ status: 200, text: '' });
  });

  test.for<[string, (value: string, family: string) => string, number]>([
    ['another search that meets one', (_, family) => `family=${encodeURIComponent(family)}&gender=female`, 200],
    ['the same with a question mark', (_, family) => `?family=${encodeURIComponent(family)}`, 200],
    ['the same with the address before it', (_, family) => `Practitioner?family=${encodeURIComponent(family)}`, 200],
    ['one half of which does not hold', (_, family) => `family=${encodeURIComponent(family)}&gender=male`, 201],
    ['a value of whatever system', (value) => `identifier=${value}`, 200],
    ['one of several', (value) => `identifier=${STAFF}|nobody,${STAFF}|${value}`, 200],
    ['an unknown parameter', () => 'shoe-size=43', 400],
    ['a modifier that there is not', (value) => `identifier:fuzzy=${value}`, 400],
    ['nothing', () => '', 400],
  ])('by %s', async ([, criteria, status]) => {
    const hospital = await gateway.register();
    const [value, family] = [randomUUID(), `氏${randomUUID().slice(0, 8)}`];
    await hospital.post('/fhir/Practitioner', doctor(value, { name: [{ family }], gender: 'female' }));

    const answer = await hospital.post('/fhir/Practitioner', doctor(randomUUID()), { 'if-none-exist': criteria(value, family) });

    expect(answer.status).toBe(status);
  });

  test('by a search that meets several is 412', async () => {
    const hospital = await gateway.register();
    const family = `氏${randomUUID().slice(0, 8)}`;
    for (const _ of [1, 2]) await hospital.post('/fhir/Practitioner', doctor(randomUUID(), { name: [{ family }] }));

    const answer = await hospital.post('/fhir/Practitioner', doctor(randomUUID()), {
      'if-none-exist': `family=${encodeURIComponent(family)}`,
    });

    expect(answer).toMatchObject({ status: 412, body: { issue: [{ code: 'multiple-matches', expression: ['If-None-Exist'] }] } });
  });

  test('never meets what is another institution’s and not to be seen', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const text = `药${randomUUID()}`;
    const medication = { resourceType: 'Medication', code: { text } };
    await stranger.post('/fhir/Medication', medication);

    const answer = await hospital.post('/fhir/Medication', medication, { 'if-none-exist': 'code:text=药' });

    expect(answer.status).toBe(201);
  });
});

describe('a conditional update', () => {
  const url = (value: string) => `/fhir/Practitioner?${by(value)}`;

  test('trap 11: none and no id creates; none and an id is 405, since ids are given by the server', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();

    expect((await hospital.put(url(value), doctor(value, { id: 'mine' }))).status).toBe(405);
    expect((await hospital.put(url(value), doctor(value, { id: '0'.repeat(32) }))).status).toBe(405);
    const created = await hospital.put(url(value), doctor(value));

    expect(created).toMatchObject({ status: 201, body: { meta: { versionId: '1' } } });
    expect(created.headers['location']).toBe(`http://gateway.test/fhir/Practitioner/${created.body.id}/_history/1`);
  });

  test('one is updated, with its id in the body or without; another id is 400', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const { body } = await hospital.put(url(value), doctor(value));
    const other = await hospital.post('/fhir/Practitioner', doctor(randomUUID()));

    expect(await hospital.put(url(value), doctor(value, { active: true }))).toMatchObject({
      status: 200,
      body: { id: body.id, meta: { versionId: '2' } },
    });
    expect((await hospital.put(url(value), doctor(value, { id: body.id, active: false }))).status).toBe(200);
    expect(await hospital.put(url(value), doctor(value, { id: other.body.id }))).toMatchObject({
      status: 400,
      body: { issue: [{ expression: ['Practitioner.id'] }] },
    });
    expect((await hospital.put(url(value), doctor(value, { id: 'mine' }))).status).toBe(400);
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).headers['etag']).toBe('W/"3"');
  });

  test('many are 412, and nothing is written', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    for (const _ of [1, 2]) await hospital.post('/fhir/Practitioner', doctor(value));

    expect((await hospital.put(url(value), doctor(value, { active: true }))).status).toBe(412);
    expect(await countOf(hospital, 'Practitioner', `${by(value)}&active=true`)).toBe(0);
  });

  test('meets what the institution itself has published, and makes it else', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const value = randomUUID();
    const theirs = await stranger.post('/fhir/Practitioner', doctor(value));

    const answer = await hospital.put(url(value), doctor(value, { active: true }));

    expect(answer.status).toBe(201);
    expect((await stranger.get(`/fhir/Practitioner/${theirs.body.id}`)).headers['etag']).toBe('W/"1"');
  });

  test('that changes nothing is 200 and makes no version; If-Match and If-None-Match are honoured', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const { text } = await hospital.put(url(value), doctor(value));

    expect(await hospital.put(url(value), text)).toMatchObject({ status: 200, headers: { etag: 'W/"1"' } });
    expect(await hospital.put(url(value), doctor(value, { active: true }), { 'if-match': 'W/"2"' })).toMatchObject({
      status: 412,
      body: { issue: [{ code: 'conflict' }] },
    });
    expect((await hospital.put(url(value), doctor(value, { active: true }), { 'if-none-match': '*' })).status).toBe(412);
    const fresh = randomUUID();
    expect((await hospital.put(url(fresh), doctor(fresh), { 'if-none-match': '*' })).status).toBe(201);
    expect((await hospital.put(url(randomUUID()), doctor(randomUUID()), { 'if-match': '*' })).status).toBe(412);
  });

  test('needs the rights to create and to update', async () => {
    for (const scopes of [['system/Practitioner.c'], ['system/Practitioner.u']]) {
      const hospital = await gateway.register({ scopes });
      expect((await hospital.put(url('x'), doctor('x'))).status).toBe(403);
    }
  });
});

describe('trap 4: the same identity twice fails, and nothing is stored', () => {
  const conditional = (method: string, value: string, resource?: object): Entry =>
    ({ ...(resource ? { resource } : {}), request: { method, url: `Practitioner?${by(value)}` } }) as unknown as Entry;

  test.for<[string, boolean, (value: string, id: string) => Entry[]]>([
    ['two creates on the same condition, met', true, (it) => [1, 2].map(() => post(doctor(it), { ifNoneExist: by(it) }))],
    ['two creates on the same condition, not met', false, (it) => [1, 2].map(() => post(doctor(it), { ifNoneExist: by(it) }))],
    ['two updates on the same condition, met', true, (it) => [1, 2].map((n) => conditional('PUT', it, doctor(it, { active: n === 1 })))],
    ['two updates on the same condition, not met', false, (it) => [1, 2].map(() => conditional('PUT', it, doctor(it)))],
    [
      'an update and a create on the same condition',
      false,
      (it) => [conditional('PUT', it, doctor(it)), post(doctor(it), { ifNoneExist: by(it) })],
    ],
    [
      'an update on a condition that a create fulfils',
      false,
      (it) => [conditional('PUT', it, doctor(it, { active: true })), post(doctor(it))],
    ],
    [
      'an update and a deletion',
      true,
      (it, id) => [conditional('PUT', it, doctor(it, { active: true })), { request: { method: 'DELETE', url: `Practitioner/${id}` } }],
    ],
    [
      'a deletion by id and one by condition',
      true,
      (it, id) => [conditional('DELETE', it), { request: { method: 'DELETE', url: `Practitioner/${id}` } }],
    ],
    [
      'a create on a condition that is met, and an update of that',
      true,
      (it, id) => [
        post(doctor(it), { ifNoneExist: by(it) }),
        { resource: doctor(it, { id, active: true }), request: { method: 'PUT', url: `Practitioner/${id}` } },
      ],
    ],
  ])('%s', async ([, isThere, entries]) => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const id = isThere ? (await hospital.post('/fhir/Practitioner', doctor(value))).body.id : '';

    const answer = await hospital.post('/fhir', transaction(...entries(value, id)));

    expect(answer).toMatchObject({
      status: 400,
      body: { resourceType: 'OperationOutcome', issue: [{ expression: [expect.stringMatching(/^Bundle\.entry\[[01]\]/)] }] },
    });
    expect(await countOf(hospital, 'Practitioner', by(value))).toBe(isThere ? 1 : 0);
    if (isThere) expect((await hospital.get(`/fhir/Practitioner/${id}`)).headers['etag']).toBe('W/"1"');
  });
});

test('trap 1: what a transaction deletes is gone before it creates: the condition of a create meets nothing then', async () => {
  const hospital = await gateway.register();
  const value = randomUUID();
  const old = await hospital.post('/fhir/Practitioner', doctor(value));

  const answer = await hospital.post(
    '/fhir',
    transaction(post(doctor(value, { active: true }), { ifNoneExist: by(value) }), {
      request: { method: 'DELETE', url: `Practitioner/${old.body.id}` },
    }),
  );

  expect(answer.body.entry.map((it: { response: { status: string } }) => it.response.status)).toEqual(['201 Created', '204 No Content']);
  expect(referenceTo(answer.body, 'Practitioner')).not.toBe(`Practitioner/${old.body.id}`);
  expect(await countOf(hospital, 'Practitioner', by(value))).toBe(1);
});

test('trap 27: a resource that says SUBSETTED is not taken back as an update', async () => {
  const hospital = await gateway.register();
  const { body } = await hospital.post('/fhir/Practitioner', doctor(randomUUID(), { active: true }));
  const part = await hospital.get(`/fhir/Practitioner/${body.id}?_elements=identifier`);

  const answer = await hospital.put(`/fhir/Practitioner/${body.id}`, part.text);

  expect(answer).toMatchObject({ status: 400, body: { issue: [{ expression: ['Practitioner.meta.tag'] }] } });
});

test('a request may be conditional on many identifiers, and on 100 other searches: 413 beyond', async () => {
  const hospital = await gateway.register();
  const mark = randomUUID().slice(0, 8);
  const byFamily = (count: number) =>
    transaction(...Array.from({ length: count }, (_, index) => post(doctor(randomUUID()), { ifNoneExist: `family=${mark}x${index}` })));
  const byIdentifier = Array.from({ length: 300 }, () => randomUUID()).map((it) => post(doctor(it), { ifNoneExist: by(it) }));

  expect((await hospital.post('/fhir', transaction(...byIdentifier))).status).toBe(200);
  expect((await hospital.post('/fhir', byFamily(100))).status).toBe(200);
  expect(await hospital.post('/fhir', byFamily(101))).toMatchObject({ status: 413, body: { issue: [{ code: 'too-long' }] } });
});
