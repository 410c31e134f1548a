import { desc, eq } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { type Answer, type CallingSystem, callingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { ID_CARD, type Person, somebody } from '../support/reports.ts';
import { postForm, type SigningClient, signingClient } from '../support/signing-client.ts';

const gateway = useGateway();

const SCOPES = ['system/*.cruds', 'recognition.check', 'break-glass', 'operator', 'audit.read', 'savings.read'];
const LIN_MIN = { subject_name: '林敏', person_id: 'urn:oid:2.16.156.10011.1.4|D-1001' };
const BASE = `${PUBLIC_URL}/fhir`;
const cardOf = (person: Person): string => encodeURIComponent(`${ID_CARD}|${person.idCard}`);

interface Asker {
  readonly hospital: CallingSystem;
  readonly client: SigningClient;
}

async function asker(): Promise<Asker> {
  const hospital = await gateway.register();
  return { hospital, client: await signingClient(gateway.app, hospital.institution, { scopes: SCOPES }) };
}

/** Asks for a token for a patient, in the name of a clinician unless said otherwise. */
async function ask({ client }: Asker, patient: string, iua: object = LIN_MIN, scope = 'system/*.cruds recognition.check'): Promise<Answer> {
  const extensions = { ihe_iua: iua, ihe_pcf: { patient_id: patient } };
  return client.requestToken({ scope, client_assertion: await client.assertion({ claims: { extensions } }) });
}

/** Someone whom another hospital has published a report on. */
async function patient(): Promise<{ person: Person; report: string; address: string; source: CallingSystem }> {
  const [person, source] = [somebody(), await gateway.register()];
  const report = await publish(source, { person });
  const { body } = await source.get(`/fhir/DiagnosticReport/${report}`);
  return { person, report, address: body.subject.reference, source };
}

/** A calling system with a token for one patient in its hand, by the patient's consent. */
async function holder() {
  const [at, own] = [await asker(), await patient()];
  const consent = await permit(at.hospital, own.person);
  const { status, body } = await ask(at, own.address);
  expect(status).toBe(200);
  const system = callingSystem(gateway.app, { ...at.hospital, client: at.client.id, token: body.access_token as string });
  return { ...own, at, consent, system };
}

describe('a token for one patient', () => {
  test('is given where the consent permits, and carries what it comes to', async () => {
    const [at, { person, address }] = [await asker(), await patient()];
    await permit(at.hospital, person);

    const { status, body } = await ask(at, `${BASE}/${address}`);

    expect(status).toBe(200);
    expect(decodeJwt(body.access_token)['extensions']).toMatchObject({
      ihe_iua: { ...LIN_MIN, purpose_of_use: [{ code: 'TREAT' }] },
      ihe_pcf: { patient_id: `${BASE}/${address}` },
    });
    const introspected = await postForm(
      gateway.app,
      '/oauth2/introspect',
      { token: body.access_token },
      { authorization: `Bearer ${body.access_token}` },
    );
    expect(introspected.body).toMatchObject({ active: true, extensions: { ihe_pcf: { patient_id: `${BASE}/${address}` } } });
  });

  test('is not given where nothing permits, in the same words whether or not there is such a patient', async () => {
    const [at, known, denied] = [await asker(), await patient(), await patient()];
    await permit(denied.source, denied.person, { decision: 'deny', grantee: undefined });

    const answers = [];
    for (const it of [known.address, denied.address, `Patient/${'1'.repeat(32)}`, 'Patient/nobody']) answers.push(await ask(at, it));

    expect(answers[0]).toMatchObject({ status: 400, body: { error: 'invalid_scope', error_description: expect.any(String) } });
    for (const it of answers) expect({ status: it.status, body: it.body }).toEqual({ status: 400, body: answers[0]?.body });
  });

  test('is decided on for the purpose it is asked for', async () => {
    const [at, { person, address }] = [await asker(), await patient()];
    const { body } = await at.hospital.get(`/fhir/Consent/${await permit(at.hospital, person)}`);
    const purpose = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HPAYMT' }];
    const narrowed = { ...body, provision: { ...body.provision, purpose } };
    expect((await at.hospital.put(`/fhir/Consent/${body.id}`, narrowed)).status).toBe(200);

    expect(await ask(at, address)).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    const given = await ask(at, address, { ...LIN_MIN, purpose_of_use: [{ code: 'HPAYMT' }] });
    expect(given.status).toBe(200);
    const system = callingSystem(gateway.app, { ...at.hospital, token: given.body.access_token });
    expect((await system.get(`/fhir/${address}/$prior-results`, { 'x-purpose-of-use': 'TREAT' })).status).toBe(400);
    expect((await system.get(`/fhir/${address}/$prior-results`)).status).toBe(200);
  });

  test('is given in an emergency without consent to whoever has the right, and used with a written reason', async () => {
    const [at, { address }] = [await asker(), await patient()];
    const emergency = { ...LIN_MIN, purpose_of_use: [{ code: 'BTG' }] };

    expect(await ask(at, address, emergency)).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    const given = await ask(at, address, emergency, 'system/*.cruds break-glass');

    expect(given.status).toBe(200);
    const system = callingSystem(gateway.app, { ...at.hospital, token: given.body.access_token });
    expect((await system.get(`/fhir/${address}/$prior-results`)).status).toBe(400);
    expect((await system.get(`/fhir/${address}/$prior-results`, { 'x-break-glass-reason': 'unconscious' })).status).toBe(200);
  });

  test.for<[string, object, RegExp]>([
    ['nobody to act', { ihe_pcf: { patient_id: 'Patient/p' } }, /clinician/],
    ['another server’s patient', { ihe_iua: LIN_MIN, ihe_pcf: { patient_id: 'https://other.example/Patient/p' } }, /patient_id/],
    ['no patient in it', { ihe_iua: LIN_MIN, ihe_pcf: {} }, /patient_id/],
  ])('asked for with %s is invalid_request', async ([, extensions, description]) => {
    const { client } = await asker();
    const answer = await client.requestToken({ client_assertion: await client.assertion({ claims: { extensions } }) });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: expect.stringMatching(description) },
    });
  });

  test('leaves the decision in the log, permitted or not, under the patient', async () => {
    const [at, { person, address, report }] = [await asker(), await patient()];
    await ask(at, address);
    await permit(at.hospital, person);
    await ask(at, address);

    const entries = await gateway.db.select().from(accessLog).where(eq(accessLog.client, at.client.id)).orderBy(desc(accessLog.recordedAt));

    const decisions = entries.filter((it) => it.interaction === 'decideConsent');
    expect(decisions).toMatchObject([
      { outcome: 0, practitionerValue: 'D-1001', query: `POST /oauth2/token patient_id=${address}` },
      { outcome: 4, failure: 'consent-required' },
    ]);
    for (const it of decisions) expect(it.person).toBe(BigInt(`0x${report.slice(0, 16)}`));
  });
});

describe('with it', () => {
  test('that patient’s results are read, searched, looked up and checked', async () => {
    const { system, person, report, address } = await holder();

    expect((await system.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
    expect((await system.get(`/fhir/DiagnosticReport/${report}/_history`)).status).toBe(200);
    expect((await system.get(`/fhir/DiagnosticReport/${report}/_history/1`)).status).toBe(200);
    expect((await system.get(`/fhir/${address}/$prior-results`)).body.entry.length).toBeGreaterThan(0);
    expect((await system.get(`/fhir/DiagnosticReport?patient=${address}&_include=*`)).body.entry.length).toBeGreaterThan(0);
    expect((await system.get(`/fhir/Observation?patient.identifier=${cardOf(person)}`)).body.total).toBe(2);
    expect((await check(system, person, ['WBC'])).body).toMatchObject({ items: [{ verdict: 'recognisable' }] });
  });

  test('the shared directory and the catalogue are open', async () => {
    const { system } = await holder();
    expect((await system.get('/fhir/Organization?_count=1')).status).toBe(200);
    expect((await system.get('/v1/catalogue/items')).status).toBe(200);
  });

  test('nobody else is: another patient is 403, consenting or not, known or not, own or not', async () => {
    const { system, at } = await holder();
    const other = await patient();
    await permit(at.hospital, other.person);
    const mine = await publish(at.hospital, { person: somebody() });

    for (const address of [
      `DiagnosticReport/${other.report}`,
      `DiagnosticReport/${other.report}/_history`,
      `DiagnosticReport/${mine}`,
      `DiagnosticReport/${mine}/_history/1`,
      `DiagnosticReport/${'1'.repeat(32)}`,
      `${other.address}/$prior-results`,
      `Patient/${'1'.repeat(32)}/$prior-results`,
      `Observation?patient=${other.address}`,
      `Observation?patient.identifier=${cardOf(other.person)}`,
      `Observation?patient.identifier=${cardOf(somebody())}`,
      `Patient?identifier=${cardOf(other.person)}`,
    ]) {
      const answer = await system.get(`/fhir/${address}`);
      expect({ address, ...answer }).toMatchObject({
        address,
        status: 403,
        body: { issue: [{ details: { coding: [{ code: 'scope-insufficient' }] } }] },
      });
    }
    for (const person of [other.person, somebody()]) {
      expect(await check(system, person, ['WBC'])).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
    }
  });

  test('a search names the patient, alone', async () => {
    const { system, at, address } = await holder();
    await publish(at.hospital, { person: somebody() });
    const other = await patient();

    for (const query of [
      'Observation',
      'Observation?_summary=count',
      'Observation?status=final',
      'Observation?patient=nobody',
      `Observation?patient=${address},${other.address}`,
    ]) {
      expect({ query, status: (await system.get(`/fhir/${query}`)).status }).toEqual({ query, status: 403 });
    }
  });

  test('doors that hold nobody to a patient stay shut', async () => {
    const { system, person } = await holder();
    const { at, address } = await holder();
    const all = await ask(at, address, LIN_MIN, SCOPES.join(' '));
    const powerful = callingSystem(gateway.app, { ...at.hospital, token: all.body.access_token });

    for (const [method, url] of [
      ['GET', '/fhir/Observation/_history'],
      ['GET', '/fhir/_history'],
      ['POST', '/fhir'],
      ['POST', '/fhir/Observation'],
      ['GET', `/v1/consents?patient.identifier=${cardOf(person)}`],
      ['GET', '/v1/access-log'],
      ['GET', '/v1/savings/summary?from=2026-01-01&to=2026-02-01&by=month'],
      ['GET', '/v1/recognition-decisions'],
    ] as const) {
      for (const it of [system, powerful]) {
        const { status } = await it.send(method, url, method === 'POST' ? {} : undefined);
        expect({ url, status }).toEqual({ url, status: 403 });
      }
    }
    expect((await powerful.get('/fhir/no/such/door/here')).status).toBe(404);
  });

  test('the consent is asked again at every request: a withdrawal holds for the next one', async () => {
    const { system, at, consent, report, address, person } = await holder();
    expect((await system.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);

    expect((await at.hospital.post(`/v1/consents/${consent}/withdrawal`, {})).status).toBe(200);

    expect((await system.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(404);
    expect((await system.get(`/fhir/${address}/$prior-results`)).status).toBe(403);
    expect((await check(system, person, ['WBC'])).body.items).toMatchObject([{ verdict: 'consent-required' }]);
    expect((await system.get(`/fhir/Observation?patient=${address}`)).body.total).toBe(0);
    expect(await ask(at, address)).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });
});
