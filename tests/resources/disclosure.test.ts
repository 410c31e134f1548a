import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { locationsOf, post, referenceTo, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();
const EMERGENCY = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': 'unconscious' };

/** A hospital publishes a pacemaker: a Device, which the directory has too, but of a patient. */
async function pacemaker() {
  const hospital = await gateway.register();
  const [person, serial, patient] = [somebody(), randomUUID(), urn()];
  const answer = await hospital.post(
    '/fhir',
    transaction(
      post(patientOf(person), { fullUrl: patient }),
      post({ resourceType: 'Device', identifier: [{ system: 'urn:serial', value: serial }], patient: { reference: patient } }),
    ),
  );
  return { hospital, serial, reference: referenceTo(answer.body, 'Device') };
}

describe('what is about a patient is no part of the directory, whatever its type', () => {
  it('another institution finds it neither by its number, nor by its id, nor in the whole list', async () => {
    const { hospital, serial, reference } = await pacemaker();
    const stranger = await gateway.register();
    const id = reference.split('/')[1];

    for (const query of [`identifier=urn:serial|${serial}`, `_id=${id}`, '_count=500']) {
      expect(JSON.stringify((await stranger.get(`/fhir/Device?${query}`)).body.entry ?? [])).not.toContain(serial);
      expect(JSON.stringify((await hospital.get(`/fhir/Device?${query}`)).body.entry)).toContain(serial);
    }
  });

  it('nor by referring to it, in either form, or making one on the condition that there is none', async () => {
    const { serial, reference } = await pacemaker();
    const stranger = await gateway.register();
    const observation = (device: string) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: '心率' },
      device: { reference: device },
    });

    const literal = await stranger.post('/fhir', transaction(post(observation(reference))));
    const conditional = await stranger.post('/fhir', transaction(post(observation(`Device?identifier=urn:serial|${serial}`))));
    const made = await stranger.post(
      '/fhir',
      transaction(
        post(
          { resourceType: 'Device', identifier: [{ system: 'urn:serial', value: serial }] },
          { ifNoneExist: `identifier=urn:serial|${serial}` },
        ),
      ),
    );

    expect([literal.status, conditional.status]).toEqual([422, 412]);
    expect(made.body.entry[0].response.status).toBe('201 Created');
  });
});

it('an institution is no patient: an emergency shows nothing of what it published about nobody', async () => {
  const [hospital, stranger] = [await gateway.register(), await gateway.register()];
  const published = await hospital.post('/fhir/Observation', { resourceType: 'Observation', status: 'final', code: { text: '质控样本' } });
  const compartment = /Observation\/(\w{16})/.exec(String(published.headers['location']))?.[1];

  const answer = await stranger.get(`/fhir/Observation?patient=${compartment}${'0'.repeat(16)}`, EMERGENCY);

  expect(answer.body.entry).toBeUndefined();
});

it('what a patient permitted or denied to others stays there, also for an institution that may see everything else', async () => {
  const [first, second] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await permit(second, person);
  const id = await permit(first, person);
  const own = await second.get('/fhir/Patient');
  const patient = own.body.entry[0].resource.id as string;

  expect((await second.get(`/fhir/Consent/${id}`)).status).toBe(404);
  expect((await second.get(`/fhir/Consent/${id}`, EMERGENCY)).status).toBe(404);
  expect((await second.get(`/fhir/Consent?patient=${patient}`)).body.entry).toHaveLength(1);
  expect((await first.get(`/fhir/Consent/${id}`)).status).toBe(200);
});

describe('nobody makes the references of others ambiguous', () => {
  const department = (value: string) => ({
    resourceType: 'Organization',
    identifier: [{ system: 'urn:department', value }],
    name: '检验科',
  });
  const role = (value: string) => ({
    resourceType: 'PractitionerRole',
    organization: { reference: `Organization?identifier=urn:department|${value}` },
  });

  it('of several entries of others the one that has been there the longest is meant, also by ifNoneExist', async () => {
    const [first, second, third] = [await gateway.register(), await gateway.register(), await gateway.register()];
    const value = randomUUID();
    const [location = ''] = locationsOf((await first.post('/fhir', transaction(post(department(value))))).body);
    await second.post('/fhir', transaction(post(department(value))));

    const referring = await third.post('/fhir', transaction(post(role(value))));
    const made = await third.post('/fhir', transaction(post(department(value), { ifNoneExist: `identifier=urn:department|${value}` })));

    const stored = await third.get(`/fhir/${referenceTo(referring.body, 'PractitionerRole')}`);
    expect(stored.body.organization.reference).toBe(location.replace(/\/_history.*/, ''));
    expect(locationsOf(made.body)).toEqual([location]);
  });

  it('what comes with the request goes before what others have entered', async () => {
    const [first, second] = [await gateway.register(), await gateway.register()];
    const value = randomUUID();
    await first.post('/fhir', transaction(post(department(value))));

    const answer = await second.post('/fhir', transaction(post(role(value)), post(department(value))));

    const stored = await second.get(`/fhir/${referenceTo(answer.body, 'PractitionerRole')}`);
    expect(stored.body.organization.reference).toBe(referenceTo(answer.body, 'Organization'));
  });
});

it('a long fullUrl and many references do not make each other long work', async () => {
  const hospital = await gateway.register();
  const patient = await hospital.post('/fhir/Patient', patientOf(somebody()));
  const reference = /Patient\/\w+/.exec(String(patient.headers['location']))?.[0] ?? '';
  const list = {
    resourceType: 'List',
    status: 'current',
    mode: 'working',
    entry: Array.from({ length: 20_000 }, () => ({ item: { reference } })),
  };

  const begun = performance.now();
  const answer = await hospital.post('/fhir', transaction(post(list, { fullUrl: `http://a/${'A/'.repeat(500_000)}` })));

  expect(answer.status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
