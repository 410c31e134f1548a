import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { countOf, post, put, transaction } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

// Whoever waits in line is meant to get in, however slow the machine.
const gateway = useGateway({ limits: { waitMs: 20_000 } });

const SENDERS = 64;
const STAFF = 'urn:staff';
const doctor = (value: string, more: object = {}) => ({ resourceType: 'Practitioner', identifier: [{ system: STAFF, value }], ...more });
const many = <Answer>(work: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: SENDERS }, (_, it) => work(it)));
const counted = (statuses: readonly number[]) =>
  Object.fromEntries([...new Set(statuses)].toSorted().map((it) => [it, statuses.filter((one) => one === it).length]));

test.for<[string, (value: string, family: string) => string]>([
  ['an identifier', (value) => `identifier=${STAFF}|${value}`],
  ['another search', (_, family) => `family=${encodeURIComponent(family)}&gender=female`],
])('trap 8: 64 conditional creates by %s at the same moment make one resource; one is told that it made it', async ([, criteria]) => {
  const hospital = await gateway.register();
  const [value, family] = [randomUUID(), `氏${randomUUID().slice(0, 8)}`];
  const resource = doctor(value, { name: [{ family }], gender: 'female' });

  const answers = await many(() => hospital.post('/fhir/Practitioner', resource, { 'if-none-exist': criteria(value, family) }));

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: SENDERS - 1, 201: 1 });
  expect(new Set(answers.map((it) => it.headers['location'])).size).toBe(1);
  expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${value}`)).toBe(1);
});

test.for<[string, (value: string, family: string) => string]>([
  ['an identifier', (value) => `identifier=${STAFF}|${value}`],
  ['another search', (_, family) => `family=${encodeURIComponent(family)}`],
])('64 conditional updates by %s at the same moment make one resource of 64 versions, one of them the first', async ([, criteria]) => {
  const hospital = await gateway.register();
  const [value, family] = [randomUUID(), `氏${randomUUID().slice(0, 8)}`];

  const answers = await many((index) =>
    hospital.put(`/fhir/Practitioner?${criteria(value, family)}`, doctor(value, { name: [{ family, suffix: [String(index)] }] })),
  );

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: SENDERS - 1, 201: 1 });
  expect(new Set(answers.map((it) => it.body.id)).size).toBe(1);
  const versions = answers.map((it) => Number(it.body.meta.versionId)).toSorted((a, b) => a - b);
  expect(versions).toEqual(Array.from({ length: SENDERS }, (_, it) => it + 1));
  expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${value}`)).toBe(1);
});

test('64 conditional updates of a patient by what identifies them make one person', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const criteria = `identifier=urn:oid:2.16.156.10011.1.3|${person.idCard}`;

  const answers = await many((index) =>
    hospital.put(`/fhir/Patient?${criteria}`, patientOf(person, { telecom: [{ system: 'phone', value: String(index) }] })),
  );

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: SENDERS - 1, 201: 1 });
  expect(await countOf(hospital, 'Patient', criteria)).toBe(1);
});

test('of transactions that replace the same version one wins, the others get 412, and nothing of them is stored', async () => {
  const hospital = await gateway.register();
  const { body } = await hospital.post('/fhir/Practitioner', doctor(randomUUID()));
  const mark = randomUUID();

  const answers = await many((index) =>
    hospital.post(
      '/fhir',
      transaction(put({ ...body, active: index % 2 === 0 }, 'W/"1"'), post(doctor(`${mark}-${index}`, { name: [{ text: mark }] }))),
    ),
  );

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: 1, 412: SENDERS - 1 });
  expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).headers['etag']).toBe('W/"2"');
  expect(await countOf(hospital, 'Practitioner', `name=${mark}`)).toBe(1);
});

test('transactions that overlap the other way round wait for nobody: each is done or refused as a whole', async () => {
  const hospital = await gateway.register();
  const [one, other] = [
    (await hospital.post('/fhir/Practitioner', doctor(randomUUID()))).body,
    (await hospital.post('/fhir/Practitioner', doctor(randomUUID()))).body,
  ];
  const change = (index: number) => [
    put({ ...one, name: [{ text: String(index) }] }, 'W/"1"'),
    put({ ...other, name: [{ text: String(index) }] }, 'W/"1"'),
  ];

  const answers = await many((index) =>
    hospital.post('/fhir', transaction(...(index % 2 === 0 ? change(index) : change(index).toReversed()))),
  );

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: 1, 412: SENDERS - 1 });
  const names = [];
  for (const it of [one, other]) names.push((await hospital.get(`/fhir/Practitioner/${it.id}`)).body.name[0].text);
  expect(names[0]).toBe(names[1]);
});

test('64 updates of one resource by its id at the same moment are 64 versions', async () => {
  const hospital = await gateway.register();
  const { body } = await hospital.post('/fhir/Practitioner', doctor(randomUUID()));

  const answers = await many((index) => hospital.put(`/fhir/Practitioner/${body.id}`, { ...body, name: [{ text: String(index) }] }));

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: SENDERS });
  expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).headers['etag']).toBe(`W/"${SENDERS + 1}"`);
});

test('64 patches of one resource at the same moment: none is lost', async () => {
  const hospital = await gateway.register();
  const value = randomUUID();
  const { body } = await hospital.post('/fhir/Practitioner', doctor(value, { name: [{ text: 'first' }] }));
  const patch = (index: number) =>
    hospital.send(
      'PATCH',
      index % 2 === 0 ? `/fhir/Practitioner/${body.id}` : `/fhir/Practitioner?identifier=${STAFF}|${value}`,
      [{ op: 'add', path: '/name/-', value: { text: String(index) } }],
      { 'content-type': 'application/json-patch+json' },
    );

  const answers = await many(patch);

  expect(counted(answers.map((it) => it.status))).toEqual({ 200: SENDERS });
  const { name } = (await hospital.get(`/fhir/Practitioner/${body.id}`)).body;
  expect(name.map((it: { text: string }) => it.text).toSorted()).toEqual(['first', ...answers.map((_, index) => String(index))].toSorted());
});

test('a deletion and creates on the same condition at the same moment leave one resource or none, and nobody is told a falsehood', async () => {
  const hospital = await gateway.register();
  const value = randomUUID();
  const criteria = `identifier=${STAFF}|${value}`;
  await hospital.post('/fhir/Practitioner', doctor(value));

  const answers = await many((index) =>
    index % 8 === 0
      ? hospital.send('DELETE', `/fhir/Practitioner?${criteria}`)
      : hospital.post('/fhir/Practitioner', doctor(value), { 'if-none-exist': criteria }),
  );

  for (const it of answers) expect([200, 201, 204]).toContain(it.status);
  const left = await countOf(hospital, 'Practitioner', criteria);
  expect([0, 1]).toContain(left);
});
