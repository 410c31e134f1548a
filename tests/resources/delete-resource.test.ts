import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { organization } from '../institutions/organizations.ts';
import { batch, countOf, post, referencesTo, referenceTo, transaction, urn } from '../support/bundles.ts';
import { freshUscc, useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { bloodCount, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const doctor = (value = randomUUID()) => ({ resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value }] });
const remove = (url: string, more: Record<string, string> = {}) => ({ request: { method: 'DELETE', url, ...more } });

describe('a deletion', () => {
  test('trap 10: takes the resource away, keeps its history, and is 204 again and again', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const { body } = await hospital.post('/fhir/Practitioner', doctor(value));
    const url = `/fhir/Practitioner/${body.id}`;

    expect(await hospital.send('DELETE', url)).toMatchObject({ status: 204, text: '' });

    expect((await hospital.get(url)).status).toBe(410);
    expect((await hospital.get(`${url}/_history/1`)).status).toBe(200);
    expect((await hospital.get(`${url}/_history/2`)).status).toBe(410);
    expect(await countOf(hospital, 'Practitioner', `identifier=urn:staff|${value}`)).toBe(0);
    expect((await hospital.send('DELETE', url)).status).toBe(204);
    expect((await hospital.get(`${url}/_history/3`)).status).toBe(404);
  });

  test('is told as an OperationOutcome to whoever prefers one', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    const answer = await hospital.send('DELETE', `/fhir/Practitioner/${body.id}`, undefined, { prefer: 'return=OperationOutcome' });

    expect(answer).toMatchObject({ status: 200, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'information' }] } });
    expect(answer.body.issue[0].diagnostics).toContain(`Practitioner/${body.id}/_history/2`);
  });

  test('is undone by an update: the next version', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());
    await hospital.send('DELETE', `/fhir/Practitioner/${body.id}`);

    const revived = await hospital.put(`/fhir/Practitioner/${body.id}`, body);

    expect(revived).toMatchObject({ status: 200, body: { meta: { versionId: '3' } } });
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).status).toBe(200);
  });

  test('frees what the resource was found by', async () => {
    const hospital = await gateway.register();
    const value = randomUUID();
    const { body } = await hospital.post('/fhir/Practitioner', doctor(value));
    await hospital.send('DELETE', `/fhir/Practitioner/${body.id}`);

    const again = await hospital.post('/fhir/Practitioner', doctor(value), { 'if-none-exist': `identifier=urn:staff|${value}` });

    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(body.id);
  });

  test.for<[string, string, number]>([
    ['the version that stands', 'W/"1"', 204],
    ['another one', 'W/"2"', 412],
    ['any', '*', 204],
  ])('depends on If-Match: %s', async ([, ifMatch, status]) => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());

    expect((await hospital.send('DELETE', `/fhir/Practitioner/${body.id}`, undefined, { 'if-match': ifMatch })).status).toBe(status);
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).status).toBe(status === 204 ? 410 : 200);
  });

  test('of what is unknown, or another institution’s and not to be seen, is 404 in the same words; of what may be seen 403', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const patient = await stranger.post('/fhir/Patient', patientOf(somebody()));
    const shared = await stranger.post('/fhir/Practitioner', doctor());
    const near = `${String(patient.body.id).slice(0, -1)}${patient.body.id.endsWith('0') ? '1' : '0'}`;

    const answers = [];
    for (const id of [patient.body.id, near, 'made-up', shared.body.id]) answers.push(await hospital.send('DELETE', `/fhir/Patient/${id}`));

    expect(answers.map((it) => it.status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map((it) => it.text)).size).toBe(1);
    expect((await hospital.send('DELETE', `/fhir/Practitioner/${shared.body.id}`)).status).toBe(403);
    expect((await stranger.get(`/fhir/Patient/${patient.body.id}`)).status).toBe(200);
  });

  test('needs the right to delete, and of AuditEvents there is none', async () => {
    const hospital = await gateway.register({ scopes: ['system/*.crus'] });
    const { body } = await hospital.post('/fhir/Practitioner', doctor());
    expect((await hospital.send('DELETE', `/fhir/Practitioner/${body.id}`)).status).toBe(403);

    const other = await gateway.register();
    expect((await other.send('DELETE', `/fhir/AuditEvent/${'0'.repeat(32)}`)).status).toBe(405);
  });

  test('is written into the access log as one', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Practitioner', doctor());
    await hospital.send('DELETE', `/fhir/Practitioner/${body.id}`);

    const auditor = await gateway.clientOf(hospital.institution, hospital.uscc, ['audit.read']);
    const log = await auditor.get('/v1/access-log');
    expect(log.body.entries).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'D', interaction: 'deleteResource' })]));
  });
});

describe('references', () => {
  test('to it from what still stands forbid it: 409, naming some of them', async () => {
    const hospital = await gateway.register();
    const published = await hospital.post('/fhir', bloodCount({ person: somebody(), number: randomUUID() }));
    const [observation] = referencesTo(published.body, 'Observation');

    const answer = await hospital.send('DELETE', `/fhir/${observation}`);

    expect(answer).toMatchObject({ status: 409, body: { issue: [{ code: 'conflict' }] } });
    expect(answer.body.issue[0].diagnostics).toContain(referenceTo(published.body, 'DiagnosticReport'));
    expect((await hospital.get(`/fhir/${observation}`)).status).toBe(200);
    const patient = await hospital.send('DELETE', `/fhir/${referenceTo(published.body, 'Patient')}`);
    expect(patient.status).toBe(409);
  });

  test('from what goes with it, or that name a version, forbid nothing', async () => {
    const hospital = await gateway.register();
    const published = await hospital.post('/fhir', bloodCount({ person: somebody(), number: randomUUID() }));
    const report = referenceTo(published.body, 'DiagnosticReport');
    await hospital.post('/fhir/Provenance', {
      resourceType: 'Provenance',
      target: [{ reference: `${report}/_history/1` }],
      recorded: '2026-01-01T08:00:00+08:00',
      agent: [{ who: { display: 'LIS' } }],
    });
    const all = [report, ...referencesTo(published.body, 'Observation')];

    const answer = await hospital.post('/fhir', transaction(...all.map((it) => remove(it))));

    expect(answer.body.entry.map((it: { response: { status: string } }) => it.response.status)).toEqual(all.map(() => '204 No Content'));
    for (const it of all) expect((await hospital.get(`/fhir/${it}`)).status).toBe(410);
  });

  test('of the same transaction to what it deletes lead nowhere, and nothing is deleted', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post('/fhir/Patient', patientOf(somebody()));
    const observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: `Patient/${body.id}` },
    };

    const answer = await hospital.post('/fhir', transaction(post(observation), remove(`Patient/${body.id}`)));

    expect(answer).toMatchObject({ status: 422, body: { issue: [{ expression: ['Bundle.entry[0].resource.subject.reference'] }] } });
    expect((await hospital.get(`/fhir/Patient/${body.id}`)).status).toBe(200);
  });
});

describe('a conditional deletion', () => {
  const by = (value: string) => `/fhir/Practitioner?identifier=urn:staff|${value}`;

  test.for<[string, number, number]>([
    ['none', 0, 204],
    ['one', 1, 204],
    ['several', 2, 412],
  ])('that meets %s', async ([, count, status]) => {
    const hospital = await gateway.register();
    const value = randomUUID();
    for (let made = 0; made < count; made++) await hospital.post('/fhir/Practitioner', doctor(value));

    expect((await hospital.send('DELETE', by(value))).status).toBe(status);
    expect(await countOf(hospital, 'Practitioner', `identifier=urn:staff|${value}`)).toBe(count === 2 ? 2 : 0);
  });

  test('meets what the institution itself has published, whatever others have', async () => {
    const [hospital, stranger] = [await gateway.register(), await gateway.register()];
    const value = randomUUID();
    const theirs = await stranger.post('/fhir/Practitioner', doctor(value));

    expect((await hospital.send('DELETE', by(value))).status).toBe(204);
    expect((await stranger.get(`/fhir/Practitioner/${theirs.body.id}`)).status).toBe(200);
  });

  test('goes by any search, and never by none', async () => {
    const hospital = await gateway.register();
    const family = `氏${randomUUID().slice(0, 6)}`;
    const { body } = await hospital.post('/fhir/Practitioner', { ...doctor(), name: [{ family }], active: false });

    expect((await hospital.send('DELETE', '/fhir/Practitioner')).status).toBe(400);
    expect((await hospital.send('DELETE', '/fhir/Practitioner?shoe-size=43')).status).toBe(400);
    const answer = await hospital.send('DELETE', `/fhir/Practitioner?family=${encodeURIComponent(family)}&active=false`);
    expect(answer.status).toBe(204);
    expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).status).toBe(410);
  });
});

test('a deleted report is offered no more', async () => {
  const hospital = await gateway.register();
  const id = await publish(hospital, { person: somebody() });
  const report = (await hospital.get(`/fhir/DiagnosticReport/${id}`)).body;
  const offered = async () => {
    const { body } = await hospital.get(`/fhir/${report.subject.reference}/$prior-results`, {
      'x-purpose-of-use': 'BTG',
      'x-break-glass-reason': 'unconscious',
    });
    return (body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id);
  };
  expect(await offered()).toContain(id);

  expect((await hospital.send('DELETE', `/fhir/DiagnosticReport/${id}`)).status).toBe(204);

  expect(await offered()).toEqual([]);
});

test('the Organization of a registered institution is not deleted, but made inactive', async () => {
  const operator = await gateway.register({ scopes: ['operator', 'system/*.cruds'] });
  const { body } = await operator.post('/fhir/Organization', organization({ uscc: freshUscc() }));
  const other = await gateway.clientOf(operator.institution, operator.uscc, ['system/*.cruds']);

  for (const system of [operator, other]) {
    const answer = await system.send('DELETE', `/fhir/Organization/${body.id}`);
    expect(answer).toMatchObject({ status: 409, body: { issue: [{ code: 'conflict' }] } });
  }
  expect((await operator.get(`/fhir/Organization/${body.id}`)).status).toBe(200);
  const department = await other.post('/fhir/Organization', { resourceType: 'Organization', name: '放射科' });
  expect((await other.send('DELETE', `/fhir/Organization/${department.body.id}`)).status).toBe(204);
});

test('in a batch each deletion is one by itself', async () => {
  const hospital = await gateway.register();
  const { body } = await hospital.post('/fhir/Practitioner', doctor());

  const answer = await hospital.post(
    '/fhir',
    batch(remove(`Practitioner/${body.id}`), remove('Practitioner/made-up'), post(doctor(), { fullUrl: urn() })),
  );

  expect(answer.body.entry.map((it: { response: { status: string } }) => it.response.status)).toEqual([
    '204 No Content',
    '404',
    '201 Created',
  ]);
});

test('a report that was withdrawn is not revived by way of a deletion; one deleted by mistake is', async () => {
  const hospital = await gateway.register();
  const revived = async (before: object) => {
    const url = `/fhir/DiagnosticReport/${await publish(hospital, { person: somebody() })}`;
    const { body } = await hospital.get(url);
    if ('status' in before) expect((await hospital.put(url, { ...body, ...before })).status).toBe(200);
    expect((await hospital.send('DELETE', url)).status).toBe(204);
    return (await hospital.put(url, body)).status;
  };

  expect(await revived({ status: 'entered-in-error' })).toBe(409);
  expect(await revived({ status: 'cancelled' })).toBe(409);
  expect(await revived({})).toBe(200);
});

test('what another institution wrote about the same person neither forbids a deletion nor is named', async () => {
  const [hospital, other] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const own = (await hospital.post('/fhir/Patient', patientOf(person))).body.id;
  const others = (await other.post('/fhir/Patient', patientOf(person))).body.id;
  const naming = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: '血糖' },
    subject: { reference: `Patient/${others}` },
    identifier: [{ value: `Patient/${own}` }],
  };
  expect((await other.post('/fhir/Observation', naming)).status).toBe(201);

  expect((await hospital.send('DELETE', `/fhir/Patient/${own}`)).status).toBe(204);
});
