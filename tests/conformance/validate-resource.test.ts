import { describe, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

interface Outcome {
  readonly resourceType: string;
  readonly issue: readonly { severity: string; code: string; expression?: string[]; details: { text: string } }[];
}

const errorsOf = (outcome: Outcome) => outcome.issue.filter((it) => it.severity === 'error').flatMap((it) => it.expression ?? ['']);
const isValid = (outcome: Outcome) => outcome.issue[0]?.severity === 'information' && errorsOf(outcome).length === 0;

const OBSERVATION = { resourceType: 'Observation', status: 'final', code: { text: 'x' } };
const wrapped = (resource: object | undefined, ...parameter: object[]) => ({
  resourceType: 'Parameters',
  parameter: [...(resource ? [{ name: 'resource', resource }] : []), ...parameter],
});
const mode = (code: string) => ({ name: 'mode', valueCode: code });

async function publishedPatient(caller: CallingSystem) {
  const { status, body } = await caller.post('/fhir/Patient', patientOf(somebody()));
  expect(status).toBe(201);
  return body;
}

describe('$validate on a type', () => {
  test('a valid resource is valid, by itself and in Parameters', async () => {
    const caller = await gateway.register();

    for (const body of [OBSERVATION, wrapped(OBSERVATION)]) {
      const answer = await caller.post('/fhir/Observation/$validate', body);
      expect(answer.status).toBe(200);
      expect(answer.body.resourceType).toBe('OperationOutcome');
      expect(isValid(answer.body), answer.text).toBe(true);
    }
  });

  test('what is wrong is listed with its place, and answered 200', async () => {
    const caller = await gateway.register();
    const wrong = { ...OBSERVATION, status: 'done', colour: 'red', effectiveDateTime: '2026-02-31' };

    const { status, body } = await caller.post('/fhir/Observation/$validate', wrapped(wrong));

    expect(status).toBe(200);
    expect(errorsOf(body).toSorted()).toEqual(['Observation.colour', 'Observation.effectiveDateTime', 'Observation.status']);
  });

  test('warnings are listed too, and do not make it invalid', async () => {
    const caller = await gateway.register();

    // dom-6: a resource should have a narrative.
    const { body } = await caller.post('/fhir/Observation/$validate', OBSERVATION);

    expect(body.issue.some((it: { severity: string }) => it.severity === 'warning')).toBe(true);
    expect(errorsOf(body)).toEqual([]);
  });

  test('a named profile that nobody knows is an error; a claimed one is a warning, and does not keep it out', async () => {
    const caller = await gateway.register();
    const claiming = { ...OBSERVATION, meta: { profile: ['urn:test:unknown-profile'] } };

    const named = (await caller.post('/fhir/Observation/$validate?profile=urn:test:unknown-profile', OBSERVATION)).body;
    const claimed = (await caller.post('/fhir/Observation/$validate', claiming)).body;

    expect(errorsOf(named)).toEqual(['Observation.meta.profile']);
    expect(errorsOf(claimed)).toEqual([]);
    expect(claimed.issue).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'not-found' }));
  });

  test('a base profile must be that of the type', async () => {
    const caller = await gateway.register();
    const claiming = (type: string) => ({ ...OBSERVATION, meta: { profile: [`http://hl7.org/fhir/StructureDefinition/${type}`] } });

    expect(errorsOf((await caller.post('/fhir/Observation/$validate', claiming('Patient'))).body)).toEqual(['Observation.meta.profile']);
    expect(errorsOf((await caller.post('/fhir/Observation/$validate', claiming('Observation'))).body)).toEqual([]);
  });

  test('with mode create the rules of publishing hold as well, and nothing is stored', async () => {
    const caller = await gateway.register();
    const patient = patientOf(somebody());
    const report = { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' } };

    const refused = await caller.post('/fhir/DiagnosticReport/$validate', wrapped(report, mode('create')));
    const accepted = await caller.post('/fhir/Patient/$validate', wrapped(patient, mode('create')));

    expect(refused.status).toBe(200);
    expect(errorsOf(refused.body).join()).toMatch(/^DiagnosticReport/);
    expect(errorsOf((await caller.post('/fhir/DiagnosticReport/$validate', report)).body)).toEqual([]);
    expect(isValid(accepted.body), accepted.text).toBe(true);
    const [{ system, value }] = patient['identifier'] as [{ system: string; value: string }];
    expect((await caller.get(`/fhir/Patient?identifier=${encodeURIComponent(`${system}|${value}`)}`)).body.total).toBe(0);
  });

  test.for([
    ['no JSON', 'Observation/$validate', '{', 400],
    ['another type than the address', 'Patient/$validate', OBSERVATION, 400],
    ['nothing to validate', 'Observation/$validate', wrapped(undefined, mode('profile')), 400],
    ['an unknown mode', 'Observation/$validate', wrapped(OBSERVATION, mode('guess')), 400],
    ['an unknown parameter', 'Observation/$validate?colour=red', OBSERVATION, 400],
    ['a type that R4 does not have', 'Horse/$validate', { resourceType: 'Horse' }, 404],
  ] as const)('%s is refused', async ([, path, body, status]) => {
    const caller = await gateway.register();

    const answer = await caller.post(`/fhir/${path}`, body);

    expect(answer.status, answer.text).toBe(status);
    expect(answer.body.resourceType).toBe('OperationOutcome');
  });

  test('needs the scope of what is meant', async () => {
    const reader = await gateway.register({ scopes: ['system/Observation.r'] });

    expect((await reader.post('/fhir/Observation/$validate', OBSERVATION)).status).toBe(200);
    expect((await reader.post('/fhir/Observation/$validate', wrapped(OBSERVATION, mode('create')))).status).toBe(403);
    expect((await reader.post('/fhir/Patient/$validate', patientOf(somebody()))).status).toBe(403);
  });
});

describe('$validate on an instance', () => {
  test('what is stored is validated by GET', async () => {
    const caller = await gateway.register();
    const { id } = await publishedPatient(caller);

    expect(isValid((await caller.get(`/fhir/Patient/${id}/$validate`)).body)).toBe(true);
  });

  test('a change is held to the rules of update: its id, its owner, what it may become', async () => {
    const caller = await gateway.register();
    const patient = await publishedPatient(caller);
    const change = (resource: object) => caller.post(`/fhir/Patient/${patient.id}/$validate`, wrapped(resource, mode('update')));

    const good = await change({ ...patient, language: 'zh' });
    const otherId = await change({ ...patient, id: 'other' });

    expect(isValid(good.body), good.text).toBe(true);
    expect(errorsOf(otherId.body)).toEqual(['Patient.id']);
    expect((await caller.get(`/fhir/Patient/${patient.id}`)).body.meta.versionId).toBe('1');
  });

  test('a deletion that would be refused is said to be', async () => {
    const caller = await gateway.register();
    const patient = await publishedPatient(caller);
    const subject = { reference: `Patient/${patient.id}` };
    const { body: observation } = await caller.post('/fhir/Observation', { ...OBSERVATION, subject });
    const remove = (type: string, id: string) => caller.post(`/fhir/${type}/${id}/$validate`, wrapped(undefined, mode('delete')));

    const referred = await remove('Patient', patient.id);
    const free = await remove('Observation', observation.id);

    expect(errorsOf(referred.body)).toHaveLength(1);
    expect(isValid(free.body), free.text).toBe(true);
    expect((await caller.get(`/fhir/Observation/${observation.id}`)).status).toBe(200);
  });

  test('an instance of another institution is as if it were not there', async () => {
    const [owner, stranger] = [await gateway.register(), await gateway.register()];
    const { id } = await publishedPatient(owner);

    expect((await stranger.get(`/fhir/Patient/${id}/$validate`)).status).toBe(404);
    expect((await stranger.get(`/fhir/Patient/${'1'.repeat(32)}/$validate`)).status).toBe(404);
  });
});

test('a validation is in the access log', async () => {
  const caller = await gateway.register({ scopes: ['system/*.cruds', 'audit.read'] });
  await caller.post('/fhir/Observation/$validate', OBSERVATION);

  const { body } = await caller.get('/v1/access-log?limit=5');

  expect(body.entries.map((it: { interaction: string }) => it.interaction)).toContain('validateResource');
});

test('of what is about nobody it is in the log of nobody', async () => {
  const caller = await gateway.register();
  const { body } = await caller.post('/fhir/Practitioner', { resourceType: 'Practitioner', name: [{ text: '林敏' }] });
  await caller.get(`/fhir/Practitioner/${body.id}/$validate`);

  const { rows } = await gateway.db.$client.query('select distinct person from access_log where institution = $1', [caller.institution]);
  expect(rows).toEqual([{ person: '0' }]);
});
