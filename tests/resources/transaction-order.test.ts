import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { batch, countOf, type Entry, type EntryAnswer, post, put, referenceTo, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const STAFF = 'urn:staff';
const doctor = (value: string = randomUUID(), more: object = {}) => ({
  resourceType: 'Practitioner',
  identifier: [{ system: STAFF, value }],
  ...more,
});
const ask = (url: string, more: object = {}): Entry => ({ request: { method: 'GET', url, ...more } });
const remove = (url: string): Entry => ({ request: { method: 'DELETE', url } });
const statusesOf = (body: { entry: readonly EntryAnswer[] }) => body.entry.map((it) => it.response.status);

describe('reading entries', () => {
  test('trap 1: see what the transaction has written, wherever they stand', async () => {
    const hospital = await gateway.register();
    const [value, gone] = [randomUUID(), (await hospital.post('/fhir/Practitioner', doctor())).body];
    const changed = (await hospital.post('/fhir/Practitioner', doctor())).body;

    const { status, body } = await hospital.post(
      '/fhir',
      transaction(
        ask(`Practitioner?identifier=${STAFF}|${value}`),
        ask(`Practitioner/${changed.id}`),
        ask(`Practitioner/${changed.id}/_history/1`),
        put({ ...changed, active: true }),
        remove(`Practitioner/${gone.id}`),
        post(doctor(value)),
        ask(`Practitioner?_id=${gone.id}`),
        ask(`Practitioner/${changed.id}/_history`),
      ),
    );

    expect(status).toBe(200);
    const [found, now, before, , , , none, history] = body.entry;
    expect(found.resource.entry[0].resource.id).toBe(referenceTo({ entry: body.entry.slice(5, 6) }, 'Practitioner').split('/')[1]);
    expect(now).toMatchObject({ resource: { active: true, meta: { versionId: '2' } }, response: { status: '200 OK', etag: 'W/"2"' } });
    expect(before.resource).not.toHaveProperty('active');
    expect(none.resource.entry ?? []).toEqual([]);
    expect(history.resource).toMatchObject({ type: 'history', entry: [{ request: { method: 'PUT' } }, { request: { method: 'POST' } }] });
  });

  test('trap 6: are answered in the order of the request, with everything else', async () => {
    const hospital = await gateway.register();
    const [one, other] = [
      (await hospital.post('/fhir/Practitioner', doctor())).body,
      (await hospital.post('/fhir/Practitioner', doctor())).body,
    ];

    const { body } = await hospital.post(
      '/fhir',
      transaction(ask(`Practitioner/${one.id}`), put({ ...one, active: true }), post(doctor()), remove(`Practitioner/${other.id}`)),
    );

    expect(statusesOf(body)).toEqual(['200 OK', '200 OK', '201 Created', '204 No Content']);
    expect(body.entry[3].response).not.toHaveProperty('location');
    for (const it of body.entry.slice(0, 3))
      expect(it.response).toMatchObject({ etag: expect.any(String), lastModified: expect.any(String) });
  });

  test('are read conditionally, and HEAD without the resource', async () => {
    const hospital = await gateway.register();
    const { body: known } = await hospital.post('/fhir/Practitioner', doctor());
    const url = `Practitioner/${known.id}`;

    const { body } = await hospital.post(
      '/fhir',
      batch(ask(url, { ifNoneMatch: 'W/"1"' }), ask(url, { ifNoneMatch: 'W/"2"' }), ask(url, { ifModifiedSince: '2100-01-01T00:00:00Z' }), {
        request: { method: 'HEAD', url },
      }),
    );

    expect(statusesOf(body)).toEqual(['304 Not Modified', '200 OK', '304 Not Modified', '200 OK']);
    expect(body.entry.map((it: object) => 'resource' in it)).toEqual([false, true, false, false]);
  });

  test('by absolute urls, and with the leading stroke, are the same', async () => {
    const hospital = await gateway.register();
    const { body: known } = await hospital.post('/fhir/Practitioner', doctor());
    const urls = [
      `http://gateway.test/fhir/Practitioner/${known.id}`,
      `/Practitioner/${known.id}`,
      `Practitioner/${known.id}?_summary=false`,
    ];

    const { body } = await hospital.post('/fhir', transaction(...urls.map((it) => ask(it))));

    for (const it of body.entry) expect(it.resource).toEqual(known);
  });

  test('trap 5: one that finds nothing fails a transaction as one OperationOutcome, and nothing is stored; in a batch it fails alone', async () => {
    const hospital = await gateway.register();
    const [value, other] = [randomUUID(), randomUUID()];
    const nothing = ask(`Practitioner/${'0'.repeat(32)}`);

    const whole = await hospital.post('/fhir', transaction(post(doctor(value)), nothing));
    const parts = await hospital.post('/fhir', batch(post(doctor(other)), nothing, ask('Practitioner?shoe-size=43')));

    expect(whole).toMatchObject({
      status: 404,
      body: { resourceType: 'OperationOutcome', issue: [{ expression: ['Bundle.entry[1].request.url'] }] },
    });
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${value}`)).toBe(0);
    expect(parts.status).toBe(200);
    expect(statusesOf(parts.body)).toEqual(['201 Created', '404', '400']);
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${other}`)).toBe(1);
  });

  test('are logged before the answer leaves', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Patient', patientOf(somebody()));
    await hospital.post('/fhir', transaction(ask(`Patient/${body.id}`), post(doctor())));

    const auditor = await gateway.clientOf(hospital.institution, hospital.uscc, ['audit.read']);
    const { entries } = (await auditor.get('/v1/access-log')).body;
    expect(entries).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'R', interaction: 'readResource' })]));
  });
});

describe('a batch', () => {
  test('knows of no entry what another one is: references between them are refused for the entry that has them', async () => {
    const hospital = await gateway.register();
    const [patient, value] = [urn(), randomUUID()];
    const observation = (subject: string) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: subject },
    });
    const person = somebody();

    const { body } = await hospital.post(
      '/fhir',
      batch(
        post(patientOf(person), { fullUrl: patient }),
        post(observation(patient)),
        post({ resourceType: 'PractitionerRole', practitioner: { reference: `Practitioner?identifier=${STAFF}|${value}` } }),
        post(doctor(value)),
      ),
    );

    expect(statusesOf(body)).toEqual(['201 Created', '422', '412', '201 Created']);
  });

  test('of many entries some of which are wrong does all the others, each once', async () => {
    const hospital = await gateway.register();
    const family = `批${randomUUID().slice(0, 8)}`;
    const entries = Array.from({ length: 150 }, (_, index) =>
      index % 50 === 7 ? post(doctor(randomUUID(), { gender: 'wrong' })) : post(doctor(randomUUID(), { name: [{ family }] })),
    );

    const { status, body } = await hospital.post('/fhir', batch(...entries));

    expect(status).toBe(200);
    const expected = entries.map((_, index) => (index % 50 === 7 ? '400' : '201 Created'));
    expect(statusesOf(body)).toEqual(expected);
    expect(await countOf(hospital, 'Practitioner', `family=${encodeURIComponent(family)}`)).toBe(147);
  });

  test('does its entries one after the other: the same condition twice makes one, and two updates are two versions', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const { body: known } = await hospital.post('/fhir/Practitioner', doctor());
    const create = () => post(doctor(value), { ifNoneExist: `identifier=${STAFF}|${value}` });

    const { body } = await hospital.post(
      '/fhir',
      batch(create(), put({ ...known, active: true }), create(), { ...put({ ...known, active: false }), fullUrl: urn() }),
    );

    expect(statusesOf(body)).toEqual(['201 Created', '200 OK', '200 OK', '200 OK']);
    expect((await hospital.get(`/fhir/Practitioner/${known.id}`)).body).toMatchObject({ active: false, meta: { versionId: '3' } });
  });
});

describe('what the caller prefers', () => {
  test.for<[string | undefined]>([[undefined], ['return=minimal'], ['return=representation'], ['return=OperationOutcome']])(
    'of a transaction: %s',
    async ([prefer]) => {
      const hospital = await gateway.register();

      const { body } = await hospital.post('/fhir', transaction(post(doctor('x'))), prefer ? { prefer } : {});

      const [entry] = body.entry;
      if (prefer === 'return=representation')
        expect(entry.resource).toMatchObject({ identifier: [{ value: 'x' }], meta: { versionId: '1' } });
      else expect(entry).not.toHaveProperty('resource');
      if (prefer === 'return=OperationOutcome') expect(entry.response.outcome.issue[0].severity).toBe('information');
      else expect(entry.response).not.toHaveProperty('outcome');
    },
  );

  test('of a single write: the resource, nothing, or an OperationOutcome, with the same headers', async () => {
    const hospital = await gateway.register();

    const whole = await hospital.post('/fhir/Practitioner', doctor(), { prefer: 'return=representation' });
    const minimal = await hospital.post('/fhir/Practitioner', doctor(), { prefer: 'return=minimal' });
    const outcome = await hospital.put(
      `/fhir/Practitioner/${whole.body.id}`,
      { ...whole.body, active: true },
      { prefer: 'return=OperationOutcome' },
    );

    expect(whole).toMatchObject({ status: 201, body: { resourceType: 'Practitioner' } });
    expect(minimal).toMatchObject({ status: 201, text: '' });
    expect(minimal.headers).not.toHaveProperty('content-type');
    expect(outcome).toMatchObject({
      status: 200,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] },
    });
    for (const it of [whole, minimal, outcome]) {
      expect(it.headers).toMatchObject({
        etag: expect.stringMatching(/^W\/"\d"$/),
        location: expect.stringMatching(/\/_history\/\d$/),
        'last-modified': expect.any(String),
      });
    }
  });
});

describe('X-Provenance', () => {
  const provenance = (more: object = {}) =>
    JSON.stringify({ resourceType: 'Provenance', recorded: '2026-01-01T08:00:00+08:00', agent: [{ who: { display: 'LIS' } }], ...more });
  const targetsOf = async (hospital: Awaited<ReturnType<typeof gateway.register>>): Promise<string[][]> => {
    const { body } = await hospital.get('/fhir/Provenance?_count=100');
    return (body.entry ?? []).map((it: { resource: { target: { reference: string }[] } }) =>
      it.resource.target.map((one) => one.reference),
    );
  };

  test('is stored with the versions written as its target, for a create, an update and a patch', async () => {
    const hospital = await gateway.register();
    const headers = { 'x-provenance': provenance() };
    const { body } = await hospital.post('/fhir/Practitioner', doctor(), headers);
    await hospital.put(`/fhir/Practitioner/${body.id}`, { ...body, active: true }, headers);
    await hospital.send('PATCH', `/fhir/Practitioner/${body.id}`, [{ op: 'remove', path: '/active' }], {
      ...headers,
      'content-type': 'application/json-patch+json',
    });
    await hospital.put(`/fhir/Practitioner/${body.id}`, (await hospital.get(`/fhir/Practitioner/${body.id}`)).text, headers);

    expect((await targetsOf(hospital)).flat().toSorted()).toEqual([1, 2, 3].map((it) => `Practitioner/${body.id}/_history/${it}`));
  });

  test('of a transaction names all it wrote, apart for every person', async () => {
    const hospital = await gateway.register();
    const [one, other] = [urn(), urn()];

    const { body } = await hospital.post(
      '/fhir',
      transaction(
        post(patientOf(somebody()), { fullUrl: one }),
        post(patientOf(somebody()), { fullUrl: other }),
        post(doctor()),
        post(doctor()),
      ),
      { 'x-provenance': provenance() },
    );

    const locations = body.entry.map((it: EntryAnswer) => it.response.location);
    expect((await targetsOf(hospital)).map((it) => it.toSorted()).toSorted()).toEqual(
      [[locations[0]], [locations[1]], locations.slice(2).toSorted()].toSorted(),
    );
  });

  test.for<[string, string, number]>([
    ['no JSON', '{', 400],
    ['another resource', JSON.stringify({ resourceType: 'Patient' }), 400],
    ['a target of its own', provenance({ target: [{ reference: 'Patient/1' }] }), 400],
    ['what is no Provenance of R4', provenance({ recorded: undefined }), 400],
  ])('%s is refused, and nothing is stored', async ([, header, status]) => {
    const hospital = await gateway.register();
    const value = randomUUID();

    const answer = await hospital.post('/fhir/Practitioner', doctor(value), { 'x-provenance': header });

    expect(answer).toMatchObject({
      status,
      body: { resourceType: 'OperationOutcome', issue: [{ expression: [expect.stringContaining('X-Provenance')] }] },
    });
    expect(await countOf(hospital, 'Practitioner', `identifier=${STAFF}|${value}`)).toBe(0);
  });

  test('needs the right to store one', async () => {
    const hospital = await gateway.register({ scopes: ['system/Practitioner.cruds'] });

    expect((await hospital.post('/fhir/Practitioner', doctor(), { 'x-provenance': provenance() })).status).toBe(403);
  });
});

test('more entries than one Bundle may have are 413, with the number', async () => {
  const hospital = await gateway.register();

  const answer = await hospital.post('/fhir', batch(...Array.from({ length: 5_001 }, () => ask('Practitioner/1'))));

  expect(answer).toMatchObject({
    status: 413,
    body: { resourceType: 'OperationOutcome', issue: [{ code: 'too-long', expression: ['Bundle.entry'] }] },
  });
  expect(answer.body.issue[0].diagnostics).toContain('5000');
});
