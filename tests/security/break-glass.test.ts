import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { type CallingSystem, callingSystem, HIS_SCOPES, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { type Person, somebody } from '../support/reports.ts';
import { signingClient } from '../support/signing-client.ts';

const gateway = useGateway();

const EMERGENCY = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': encodeURIComponent('昏迷，无法沟通') };
const LIN_MIN = { subject_name: '林敏', person_id: 'urn:oid:2.16.156.10011.1.4|D-1001' };

/** A report of another hospital, and the address by which a look-up asks for the patient. */
async function published(person: Person): Promise<{ report: string; lookUp: string }> {
  const source = await gateway.register();
  const report = await publish(source, { person });
  const { body } = await source.get(`/fhir/DiagnosticReport/${report}`);
  return { report, lookUp: `/fhir/${body.subject.reference}/$prior-results` };
}

/** A hospital whose token of a clinician has the right to break the glass, whatever the purpose of the request. */
async function withRight(): Promise<CallingSystem> {
  const hospital = await gateway.register();
  return callingSystem(gateway.app, { ...hospital, token: hospital.emergencyToken ?? '' });
}

describe('an emergency without the right to it', () => {
  test.for(['BTG', 'ETREAT'])('(%s) is refused before anything is looked up, and logged with the clinician', async (purpose) => {
    const person = somebody();
    const { report, lookUp } = await published(person);
    const hospital = await gateway.register({ scopes: HIS_SCOPES.filter((it) => it !== 'break-glass') });
    await permit(hospital, person);

    for (const address of [`/fhir/DiagnosticReport/${report}`, lookUp, `/fhir/DiagnosticReport/${'1'.repeat(32)}`]) {
      const answer = await hospital.get(address, { ...EMERGENCY, 'x-purpose-of-use': purpose });
      expect(answer).toMatchObject({ status: 403, body: { issue: [{ details: { coding: [{ code: 'scope-insufficient' }] } }] } });
      expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope"');
    }

    const entries = await gateway.db
      .select()
      .from(accessLog)
      .where(and(eq(accessLog.client, hospital.client), eq(accessLog.purpose, purpose)));
    expect(entries).toHaveLength(3);
    for (const it of entries) {
      expect(it).toMatchObject({
        outcome: 4,
        failure: 'scope-insufficient',
        practitionerValue: 'D-1001',
        reason: '昏迷，无法沟通',
        reviewDue: false,
      });
    }
    expect((await hospital.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
  });

  test('needs a written reason all the same', async () => {
    const { report } = await published(somebody());
    const hospital = await gateway.register();
    expect((await hospital.get(`/fhir/DiagnosticReport/${report}`, { 'x-purpose-of-use': 'BTG' })).status).toBe(400);
    expect((await hospital.get(`/fhir/DiagnosticReport/${report}`, EMERGENCY)).status).toBe(200);
  });
});

describe('the right is a clinician’s', () => {
  const ask = async (extensions: object | undefined, scope: string, registered: readonly string[] = ['system/*.rs', 'break-glass']) => {
    const { institution } = await gateway.register();
    const client = await signingClient(gateway.app, institution, { scopes: registered });
    return client.requestToken({ scope, client_assertion: await client.assertion({ claims: { extensions } }) });
  };

  test('a token that names one has it', async () => {
    expect(await ask({ ihe_iua: LIN_MIN }, 'system/*.rs break-glass')).toMatchObject({
      status: 200,
      body: { scope: 'system/*.rs break-glass' },
    });
    const stated = { ihe_iua: { ...LIN_MIN, purpose_of_use: [{ code: 'BTG' }] } };
    expect((await ask(stated, 'system/*.rs break-glass')).status).toBe(200);
  });

  test.for<[string, object | undefined, string, RegExp]>([
    ['that names nobody', undefined, 'system/*.rs break-glass', /named clinician/],
    ['for the purpose BTG without it', { ihe_iua: { ...LIN_MIN, purpose_of_use: [{ code: 'BTG' }] } }, 'system/*.rs', /break-glass/],
    ['for the purpose ETREAT without it', { ihe_iua: { purpose_of_use: { code: 'ETREAT' } } }, 'system/*.rs', /break-glass/],
  ])('a token %s is not given', async ([, extensions, scope, description]) => {
    expect(await ask(extensions, scope)).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope', error_description: expect.stringMatching(description), error_description_zh: expect.any(String) },
    });
  });

  test('nor to a system that is not registered for it', async () => {
    expect(await ask({ ihe_iua: LIN_MIN }, 'break-glass', ['system/*.rs'])).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  });
});

describe('where a look-up is refused for want of consent', () => {
  test('whoever has the right is told of it, in the same words for everybody and nobody', async () => {
    const { lookUp } = await published(somebody());
    const hospital = await withRight();

    const known = await hospital.get(lookUp);
    const unknown = await hospital.get(`/fhir/Patient/${'1'.repeat(32)}/$prior-results`);

    expect(known.status).toBe(403);
    expect(known.body.issue).toMatchObject([
      { severity: 'error', details: { coding: [{ code: 'consent-required' }] } },
      {
        severity: 'information',
        code: 'suppressed',
        details: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'ETREAT' }] },
      },
    ]);
    expect(unknown.body).toEqual(known.body);
    expect((await hospital.get(lookUp, EMERGENCY)).status).toBe(200);
  });

  test('whoever has it not is told nothing of it, nor is an emergency that the patient ruled out', async () => {
    const person = somebody();
    const { lookUp } = await published(person);
    const [hospital, recorder] = [await gateway.register(), await gateway.register()];
    expect((await hospital.get(lookUp)).body.issue).toHaveLength(1);

    const consent = await permit(recorder, person, { decision: 'deny', grantee: undefined });
    const { body } = await recorder.get(`/fhir/Consent/${consent}`);
    const purpose = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'BTG' }];
    const ruledOut = await recorder.put(`/fhir/Consent/${consent}`, { ...body, provision: { ...body.provision, purpose } });
    expect(ruledOut.status).toBe(200);

    const refused = await hospital.get(lookUp, EMERGENCY);
    expect(refused).toMatchObject({ status: 403, body: { issue: [{ details: { coding: [{ code: 'consent-required' }] } }] } });
    expect(refused.body.issue).toHaveLength(1);
  });
});
