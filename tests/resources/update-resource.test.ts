import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { post, put, referencesTo, referenceTo, transaction } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { bloodCount, HGB, patientOf, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const doctor = () => ({ resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value: randomUUID() }] });

/** The resource as it stands, ready to be changed and sent back. */
async function read(hospital: CallingSystem, reference: string) {
  return (await hospital.get(`/fhir/${reference}`)).body;
}

describe('an update', () => {
  test('is a new version, and the old one can still be read', async () => {
    const hospital = await gateway.register();
    const { body: first } = await hospital.post('/fhir/Practitioner', doctor());

    const second = await hospital.put(`/fhir/Practitioner/${first.id}`, { ...first, active: true });

    expect(second).toMatchObject({ status: 200, body: { id: first.id, active: true, meta: { versionId: '2' } } });
    expect(second.headers).toMatchObject({ etag: 'W/"2"', location: `http://gateway.test/fhir/Practitioner/${first.id}/_history/2` });
    expect((await hospital.get(`/fhir/Practitioner/${first.id}/_history/1`)).body).toEqual(first);
    expect((await hospital.get(`/fhir/Practitioner/${first.id}/_history/2`)).body).toEqual(second.body);
    expect((await hospital.get(`/fhir/Practitioner/${first.id}`)).body).toEqual(second.body);
  });

  test('trap 12: that changes nothing makes no version', async () => {
    const hospital = await gateway.register();
    const { text, body, headers } = await hospital.post('/fhir/Practitioner', doctor());

    const again = await hospital.put(`/fhir/Practitioner/${body.id}`, text);

    expect(again).toMatchObject({ status: 200, text });
    expect(again.headers).toMatchObject({ etag: 'W/"1"', 'last-modified': headers['last-modified'] });
    expect((await hospital.get(`/fhir/Practitioner/${body.id}/_history/2`)).status).toBe(404);
  });

  test('of another institution’s resource, or of none, is refused in the same words: ids are given by the server', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const theirs = await stranger.post('/fhir/Patient', patientOf(somebody()));
    const mine = await hospital.post('/fhir/Practitioner', doctor());
    const near = `${String(theirs.body.id).slice(0, -1)}${theirs.body.id.endsWith('0') ? '1' : '0'}`;

    const answers = [];
    for (const id of [theirs.body.id, near, '0'.repeat(32), 'made-up', mine.body.id]) {
      answers.push(await hospital.put(`/fhir/Patient/${id}`, { ...patientOf(somebody()), id }));
    }

    for (const answer of answers) expect(answer).toMatchObject({ status: 405, body: { issue: [{ code: 'not-supported' }] } });
    expect(new Set(answers.map((it) => it.text)).size).toBe(1);
    expect((await stranger.get(`/fhir/Patient/${theirs.body.id}`)).headers['etag']).toBe('W/"1"');
  });

  test('of another institution’s resource that the caller may see is told that it is not the owner', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const { body } = await stranger.post('/fhir/Practitioner', doctor());

    const answer = await hospital.put(`/fhir/Practitioner/${body.id}`, { ...body, active: true });

    expect(answer).toMatchObject({ status: 403, body: { issue: [{ code: 'forbidden', details: { coding: [{ code: 'not-owner' }] } }] } });
  });

  test.for<[string, string | undefined, number]>([
    ['the version that stands', 'W/"1"', 200],
    ['the same, written as a strong one', '"1"', 200],
    ['an older or newer one', 'W/"2"', 412],
    ['none', undefined, 200],
    ['a star', '*', 200],
    ['a list with it', 'W/"7", W/"1"', 200],
    ['a list without it', 'W/"7", "8"', 412],
    ['the tag of something else', 'W/"abc"', 412],
    ['a bare number', '1', 200],
    ['no tag at all', 'one, two', 400],
  ])('trap 9: If-Match with %s', async ([, ifMatch, status]) => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    const alone = await hospital.put(`/fhir/Practitioner/${body.id}`, { ...body, active: true }, { 'if-match': ifMatch });
    expect(alone.status).toBe(status);

    const other = (await hospital.post('/fhir/Practitioner', doctor())).body;
    const bundled = await hospital.post('/fhir', transaction(put({ ...other, active: true }, ifMatch)));
    expect(bundled.status).toBe(status);
  });

  test.for<[string, (id: string) => Record<string, unknown>, number, string]>([
    ['no id', () => ({ resourceType: 'Practitioner' }), 400, 'Practitioner.id'],
    ['another id', () => ({ resourceType: 'Practitioner', id: 'x' }), 400, 'Practitioner.id'],
    ['another type', (id) => ({ resourceType: 'Location', id }), 400, 'Practitioner.resourceType'],
  ])('trap 11: with %s in it is refused', async ([, wish, status, path]) => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    expect(await hospital.put(`/fhir/Practitioner/${body.id}`, wish(body.id))).toMatchObject({
      status,
      body: { issue: [{ expression: [path] }] },
    });
  });

  test('cannot move a report to another person', async () => {
    const hospital = await gateway.register();
    const report = await read(hospital, `DiagnosticReport/${await publish(hospital, { person: somebody() })}`);
    const other = (await hospital.post('/fhir/Patient', patientOf(somebody()))).body;

    const answer = await hospital.put(`/fhir/DiagnosticReport/${report.id}`, { ...report, subject: { reference: `Patient/${other.id}` } });

    expect(answer).toMatchObject({ status: 422, body: { issue: [{ expression: ['DiagnosticReport.subject'] }] } });
  });

  test('is found by what it says now, and no longer by what it said', async () => {
    const hospital = await gateway.register();
    const [before, after] = [randomUUID(), randomUUID()];
    const { body } = await hospital.post('/fhir/Practitioner', { ...doctor(), identifier: [{ system: 'urn:staff', value: before }] });

    await hospital.put(`/fhir/Practitioner/${body.id}`, { ...body, identifier: [{ system: 'urn:staff', value: after }] });

    const ids = async (value: string) =>
      ((await hospital.get(`/fhir/Practitioner?identifier=urn:staff|${value}`)).body.entry ?? []).map(
        (it: { resource: { id: string } }) => it.resource.id,
      );
    expect([await ids(before), await ids(after)]).toEqual([[], [body.id]]);
    const created = await hospital.post('/fhir/Practitioner', doctor(), { 'if-none-exist': `identifier=urn:staff|${after}` });
    expect(created.status).toBe(200);
  });
});

describe('versions', () => {
  test('that are not there, of a resource that is there', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    for (const version of ['0', '2', '01x', '999999999', '9999999999', '-1', 'a']) {
      expect((await hospital.get(`/fhir/Practitioner/${body.id}/_history/${version}`)).status).toBe(404);
    }
    expect((await hospital.get(`/fhir/Location/${body.id}/_history/1`)).status).toBe(404);
  });

  test('what a corrected report no longer has is gone: 410 for it and for that version, and its last one can be read', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const number = randomUUID();
    const first = await hospital.post('/fhir', bloodCount({ person, number, analytes: [WBC, HGB] }));
    await hospital.post('/fhir', bloodCount({ person, number, analytes: [WBC], status: 'corrected' }));
    const [, gone] = referencesTo(first.body, 'Observation');

    expect(await hospital.get(`/fhir/${gone}`)).toMatchObject({ status: 410, body: { issue: [{ code: 'deleted' }] } });
    expect((await hospital.get(`/fhir/${gone}/_history/2`)).status).toBe(410);
    expect(await hospital.get(`/fhir/${gone}/_history/1`)).toMatchObject({
      status: 200,
      body: { code: { coding: [{ code: HGB.loinc }] } },
    });
  });

  test('a text sent again after its correction is answered as it was, and undoes nothing', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const number = randomUUID();
    const original = bloodCount({ person, number, analytes: [WBC] });
    const first = await hospital.post('/fhir', original);
    await hospital.post('/fhir', bloodCount({ person, number, analytes: [{ ...WBC, value: '7.25' }], status: 'corrected' }));

    const late = await hospital.post('/fhir', original);

    expect(late.body.entry.map((it: { response: { location: string } }) => it.response.location)).toEqual(
      first.body.entry.map((it: { response: { location: string } }) => it.response.location),
    );
    expect(await read(hospital, referenceTo(first.body, 'DiagnosticReport'))).toMatchObject({
      status: 'corrected',
      meta: { versionId: '2' },
    });
    expect((await hospital.get(`/fhir/${referenceTo(first.body, 'Observation')}`)).text).toContain('7.25');
  });
});

describe('a withdrawal', () => {
  test.for(['entered-in-error', 'cancelled'])('%s: the report is no longer offered, and stays readable as what it is', async (status) => {
    const hospital = await gateway.register();
    const person = somebody();
    const id = await publish(hospital, { person });
    const report = await read(hospital, `DiagnosticReport/${id}`);
    const offered = async () => {
      const { body } = await hospital.get(`/fhir/${report.subject.reference}/$prior-results`, {
        'x-purpose-of-use': 'BTG',
        'x-break-glass-reason': 'unconscious',
      });
      return (body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id);
    };
    expect(await offered()).toContain(id);

    const answer = await hospital.put(`/fhir/DiagnosticReport/${id}`, { ...report, status });

    expect(answer).toMatchObject({ status: 200, body: { status, meta: { versionId: '2' } } });
    expect(await offered()).toEqual([]);
    expect(await read(hospital, `DiagnosticReport/${id}`)).toMatchObject({ status });
    expect(await read(hospital, `DiagnosticReport/${id}/_history/1`)).toMatchObject({ status: 'final' });
  });

  test('by a publication of the same number withdraws the report and keeps its id', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const number = randomUUID();
    const first = await hospital.post('/fhir', bloodCount({ person, number }));

    const second = await hospital.post('/fhir', bloodCount({ person, number, status: 'entered-in-error' }));

    expect(referenceTo(second.body, 'DiagnosticReport')).toBe(referenceTo(first.body, 'DiagnosticReport'));
    expect(await read(hospital, referenceTo(first.body, 'DiagnosticReport'))).toMatchObject({ status: 'entered-in-error' });
  });
});

test('a report number belongs to the institution that gave it: two may have the same', async () => {
  const number = randomUUID();
  const reports = [];
  for (const hospital of [await gateway.register(), await gateway.register()]) {
    reports.push(referenceTo((await hospital.post('/fhir', bloodCount({ person: somebody(), number }))).body, 'DiagnosticReport'));
  }

  expect(new Set(reports).size).toBe(2);
});

test('a new publication of a number cannot change whose report it is', async () => {
  const hospital = await gateway.register();
  const number = randomUUID();
  await hospital.post('/fhir', bloodCount({ person: somebody(), number }));

  const answer = await hospital.post('/fhir', bloodCount({ person: somebody(), number }));

  expect(answer).toMatchObject({ status: 422, body: { issue: [{ expression: ['Bundle.entry[0].resource.subject'] }] } });
});

test('trap 11: ids, versions and times that a caller makes up are replaced, in whatever entry', async () => {
  const hospital = await gateway.register();
  const mine = { id: 'mine', meta: { versionId: '99', lastUpdated: '1999-01-01T00:00:00Z', profile: ['http://a.example/p'] } };

  const alone = await hospital.post('/fhir/Practitioner', { ...doctor(), ...mine });
  const { body } = await hospital.post('/fhir', transaction(post({ ...doctor(), ...mine })));
  const bundled = await read(hospital, referenceTo(body, 'Practitioner'));

  for (const stored of [alone.body, bundled]) {
    expect(stored.id).toMatch(/^[0-9a-f]{32}$/);
    expect(stored.meta).toEqual({ versionId: '1', lastUpdated: expect.stringMatching(/^20[2-9]\d-.*Z$/), profile: ['http://a.example/p'] });
  }
});
