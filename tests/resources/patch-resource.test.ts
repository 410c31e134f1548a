import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { batch, type Entry, post, transaction } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
const doctor = (value = randomUUID()) => ({ resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value }] });
const patchWith = (system: CallingSystem, url: string, operations: object[], headers: Record<string, string> = {}) =>
  system.send('PATCH', url, operations, { ...JSON_PATCH, ...headers });
const ACTIVE = [{ op: 'add', path: '/active', value: true }];
const replaceGender = (valueCode: string) => ({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'operation',
      part: [
        { name: 'type', valueCode: 'add' },
        { name: 'path', valueString: 'Practitioner' },
        { name: 'name', valueString: 'gender' },
        { name: 'value', valueCode },
      ],
    },
  ],
});
const binary = (operations: object[]) => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: Buffer.from(JSON.stringify(operations)).toString('base64'),
});

describe('a patch', () => {
  test('is a new version, with its headers, by JSON Patch and by FHIRPath Patch', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());
    const url = `/fhir/Practitioner/${body.id}`;

    const first = await patchWith(hospital, url, ACTIVE);
    const second = await hospital.send('PATCH', url, replaceGender('female'));

    expect(first).toMatchObject({ status: 200, body: { active: true, meta: { versionId: '2' } } });
    expect(second).toMatchObject({ status: 200, body: { active: true, gender: 'female', meta: { versionId: '3' } } });
    expect(second.headers).toMatchObject({ etag: 'W/"3"', location: `http://gateway.test${url}/_history/3` });
    expect((await hospital.get(url)).text).toBe(second.text);
  });

  test('trap 13: digits that it does not touch stay, and those that it brings', async () => {
    const hospital = await gateway.register();
    const patient = await hospital.post('/fhir/Patient', patientOf(somebody()));
    const observation =
      `{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/${patient.body.id}"},` +
      '"valueQuantity":{"value":1.10},"component":[{"code":{"text":"y"},"valueQuantity":{"value":1e2}},{"code":{"text":"z"},"valueQuantity":{"value":0.12345678901234567890}}]}';
    const { body } = await hospital.post('/fhir/Observation', observation);

    const patch =
      '[{"op":"replace","path":"/component/0/valueQuantity/value","value":2.00e1},{"op":"add","path":"/note","value":[{"text":"n"}]}]';
    const { status, text } = await hospital.send('PATCH', `/fhir/Observation/${body.id}`, patch, JSON_PATCH);

    expect(status).toBe(200);
    for (const digits of ['1.10}', '0.12345678901234567890}', '2.00e1}']) expect(text).toContain(`"value":${digits}`);
  });

  test('that changes nothing makes no version', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', { ...doctor(), active: true });

    const answer = await patchWith(hospital, `/fhir/Practitioner/${body.id}`, [{ op: 'replace', path: '/active', value: true }]);

    expect(answer).toMatchObject({ status: 200, headers: { etag: 'W/"1"' } });
  });

  test.for<[string, object[], number]>([
    [
      'a test that fails',
      [
        { op: 'test', path: '/active', value: false },
        { op: 'remove', path: '/active' },
      ],
      422,
    ],
    ['a path that is not there', [{ op: 'remove', path: '/birthDate' }], 422],
    ['a result that is not R4', [{ op: 'add', path: '/shoeSize', value: 43 }], 422],
    ['a result that breaks a binding', [{ op: 'add', path: '/gender', value: 'f' }], 422],
    ['another id', [{ op: 'replace', path: '/id', value: 'x' }], 422],
    ['another type', [{ op: 'replace', path: '/resourceType', value: 'Person' }], 422],
    ['null', [{ op: 'add', path: '/birthDate', value: null }], 422],
    ['no operation', [{ op: 'erase', path: '/active' }], 400],
  ])('is refused with an OperationOutcome and changes nothing: %s', async ([, operations, status]) => {
    const hospital = await gateway.register();
    const { body, text } = await hospital.post('/fhir/Practitioner', { ...doctor(), active: true });

    const answer = await patchWith(hospital, `/fhir/Practitioner/${body.id}`, operations);

    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] } });
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).text).toBe(text);
  });

  test('trap 9: honours If-Match', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());
    const url = `/fhir/Practitioner/${body.id}`;

    expect((await patchWith(hospital, url, ACTIVE, { 'if-match': 'W/"2"' })).status).toBe(412);
    expect((await patchWith(hospital, url, ACTIVE, { 'if-match': '"1"' })).status).toBe(200);
    expect((await patchWith(hospital, url, ACTIVE, { 'if-match': 'W/"1"' })).status).toBe(412);
  });

  test('of what is deleted is 410, of what is unknown or hidden 404, of what is another institution’s 403', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const own = await hospital.post('/fhir/Practitioner', doctor());
    await hospital.send('DELETE', `/fhir/Practitioner/${own.body.id}`);
    const shared = await stranger.post('/fhir/Practitioner', doctor());
    const hidden = await stranger.post('/fhir/Patient', patientOf(somebody()));

    const statuses = [];
    for (const url of [
      `Practitioner/${own.body.id}`,
      `Practitioner/${'0'.repeat(32)}`,
      `Patient/${hidden.body.id}`,
      `Practitioner/${shared.body.id}`,
    ]) {
      statuses.push((await patchWith(hospital, `/fhir/${url}`, ACTIVE)).status);
    }

    expect(statuses).toEqual([410, 404, 404, 403]);
  });

  test('by criteria changes the one they meet: none is 404, several 412', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const url = `/fhir/Practitioner?identifier=urn:staff|${value}`;

    expect((await patchWith(hospital, url, ACTIVE)).status).toBe(404);
    await hospital.post('/fhir/Practitioner', doctor(value));
    expect(await patchWith(hospital, url, ACTIVE)).toMatchObject({ status: 200, body: { active: true } });
    await hospital.post('/fhir/Practitioner', doctor(value));
    expect((await patchWith(hospital, url, ACTIVE)).status).toBe(412);
  });

  test('needs the right to update', async () => {
    const hospital = await gateway.register({ scopes: ['system/Practitioner.crds'] });
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    expect((await patchWith(hospital, `/fhir/Practitioner/${body.id}`, ACTIVE)).status).toBe(403);
  });
});

test('shows what it made to whoever may read it, by itself and in a Bundle', async () => {
  const hospital = await gateway.register();
  const writer = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/Practitioner.u']);
  const { body } = await hospital.post('/fhir/Practitioner', { ...doctor(), name: [{ text: '林敏' }] });
  const url = `Practitioner/${body.id}`;
  const inBundle = transaction({ resource: binary(ACTIVE), request: { method: 'PATCH', url } });
  const whole = { prefer: 'return=representation' };

  const patched = [
    await patchWith(writer, `/fhir/${url}`, []),
    await patchWith(writer, `/fhir/${url}`, ACTIVE),
    await writer.post('/fhir', inBundle, whole),
    await writer.post('/fhir', { ...inBundle, type: 'batch' }, whole),
  ];

  expect(patched.map((it) => [it.status, it.text.includes('林敏')])).toEqual(Array.from({ length: 4 }, () => [200, false]));
  expect((await hospital.post('/fhir', inBundle, whole)).text).toContain('林敏');
});

describe('in a Bundle', () => {
  const entry = (url: string, resource: object, more: object = {}): Entry =>
    ({ resource, request: { method: 'PATCH', url, ...more } }) as unknown as Entry;

  test('a Binary holds a JSON Patch, a Parameters is a FHIRPath Patch', async () => {
    const hospital = await gateway.register();
    const [one, other] = [
      (await hospital.post('/fhir/Practitioner', doctor())).body,
      (await hospital.post('/fhir/Practitioner', doctor())).body,
    ];

    const answer = await hospital.post(
      '/fhir',
      transaction(
        entry(`Practitioner/${one.id}`, binary(ACTIVE), { ifMatch: 'W/"1"' }),
        post(doctor()),
        entry(`Practitioner/${other.id}`, replaceGender('male')),
      ),
    );

    expect(answer.body.entry.map((it: { response: { status: string; etag: string } }) => [it.response.status, it.response.etag])).toEqual([
      ['200 OK', 'W/"2"'],
      ['201 Created', 'W/"1"'],
      ['200 OK', 'W/"2"'],
    ]);
    expect((await hospital.get(`/fhir/Practitioner/${one.id}`)).body.active).toBe(true);
    expect((await hospital.get(`/fhir/Practitioner/${other.id}`)).body.gender).toBe('male');
  });

  test('one that cannot be applied fails the transaction with its place, and in a batch itself alone', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());
    const failing = [{ op: 'test', path: '/active', value: true }];
    const entries = [entry(`Practitioner/${body.id}`, binary(failing)), post(doctor())];

    const whole = await hospital.post('/fhir', transaction(...entries));
    const parts = await hospital.post('/fhir', batch(...entries));

    expect(whole).toMatchObject({ status: 422, body: { issue: [{ expression: ['Bundle.entry[0].resource.data[0]'] }] } });
    expect(parts.body.entry.map((it: { response: { status: string } }) => it.response.status)).toEqual(['422', '201 Created']);
  });

  test('trap 4: a patch and another change of the same resource fail', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    const answer = await hospital.post(
      '/fhir',
      transaction(entry(`Practitioner/${body.id}`, binary(ACTIVE)), { request: { method: 'DELETE', url: `Practitioner/${body.id}` } }),
    );

    expect(answer.status).toBe(400);
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).headers['etag']).toBe('W/"1"');
  });
});
