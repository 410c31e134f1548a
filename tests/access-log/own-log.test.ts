import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';
import { readNdjson } from '../support/exports.ts';
import { type CallingSystem, callingSystem, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { ID_CARD, type Person, somebody } from '../support/reports.ts';
import { type SigningClient, signingClient } from '../support/signing-client.ts';

const gateway = useGateway();

const cardOf = (person: Person): string => `${ID_CARD}|${person.idCard}`;

/** A token as the portal of an institution asks for one, when a patient has signed in. */
async function askFor(client: SigningClient, patient: string | undefined, scope = 'patient-log.read') {
  const extensions = patient === undefined ? {} : { ihe_pcf: { patient_id: patient } };
  return client.requestToken({ scope, client_assertion: await client.assertion({ claims: { extensions } }) });
}

/** Hospital A publishes about a patient, B looks in vain for that patient together with another one, then with consent; the patient signs in at a portal. */
async function story() {
  const [hospitalA, hospitalB, operator] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const [person, other] = [somebody(), somebody()];
  const report = await publish(hospitalA, { person });
  await publish(hospitalA, { person: other });
  const { subject } = (await hospitalA.get(`/fhir/DiagnosticReport/${report}`)).body;
  await hospitalB.get(`/fhir/Observation?patient.identifier=${encodeURIComponent(cardOf(person))},${encodeURIComponent(cardOf(other))}`);
  await permit(hospitalB, person);
  await hospitalB.get(`/fhir/DiagnosticReport/${report}`);
  const portal = await signingClient(gateway.app, operator.institution, { scopes: ['patient-log.read', 'system/*.rs'] });
  const signIn = async (patient: string): Promise<CallingSystem> => {
    const { status, body } = await askFor(portal, patient);
    expect(status).toBe(200);
    return callingSystem(gateway.app, { ...operator, client: portal.id, token: body.access_token as string });
  };
  return { hospitalA, hospitalB, person, other, report, portal, patient: subject.reference as string, signIn };
}

const silent = { 'x-acting-practitioner': undefined };

describe('a patient', () => {
  test('sees who looked at what of the own data, institutions and clinicians named, and nothing of anybody else', async () => {
    const { hospitalA, hospitalB, report, patient, other, signIn } = await story();
    const own = await signIn(patient);

    const { status, text, body } = await own.get('/v1/access-log', silent);

    expect(status).toBe(200);
    const entries = body.entries as AccessEntry[];
    expect(new Set(entries.map((it) => it.person))).toEqual(new Set([report.slice(0, 16)]));
    expect(new Set(entries.map((it) => it.institution?.uscc))).toEqual(new Set([own.uscc, hospitalA.uscc, hospitalB.uscc]));
    expect(entries[0]).toMatchObject({ interaction: 'listAccesses', purpose: 'PATRQT' });
    expect(entries.find((it) => it.interaction === 'readResource' && it.institution?.uscc === hospitalB.uscc)).toMatchObject({
      practitioner: { name: '林敏' },
      entities: [`DiagnosticReport/${report}/_history/1`],
      purpose: 'TREAT',
    });
    expect(entries.some((it) => it.interaction === 'searchResources')).toBe(true);
    expect(text).not.toContain(other.idCard);
    expect(entries.filter((it) => it.query !== undefined || it.address !== undefined)).toEqual([]);
  });

  test('gets the same as an export and as AuditEvents', async () => {
    const { other, patient, signIn } = await story();
    const own = await signIn(patient);
    const page = (await own.get('/v1/access-log?to=2999-01-01', silent)).body.entries as AccessEntry[];

    const { whole, entries } = readNdjson((await own.get('/v1/access-log', { ...silent, accept: 'application/x-ndjson' })).text);
    const events = await own.get('/fhir/AuditEvent', silent);

    expect(whole).toBe(true);
    expect(entries.slice(1)).toEqual(page);
    expect(events.body.entry).toHaveLength(page.length + 2);
    expect(events.text).not.toContain(other.idCard);
    expect(events.text).not.toContain(Buffer.from(other.idCard).toString('base64').slice(0, 20));
  });

  test('gets no leaf, nobody else’s log, and nothing beside the log', async () => {
    const { other, report, patient, signIn } = await story();
    const own = await signIn(patient);

    expect(await own.get('/v1/access-log?leaves=true', silent)).toMatchObject({ status: 403, body: { errors: [{ path: 'leaves' }] } });
    expect((await own.get(`/v1/access-log?patient=${encodeURIComponent(cardOf(other))}`, silent)).status).toBe(400);
    for (const path of [
      `/fhir/DiagnosticReport/${report}`,
      `/fhir/${patient}`,
      '/v1/emergency-accesses',
      `/fhir/AuditEvent/${'0'.repeat(28)}`,
    ]) {
      expect((await own.get(path)).status, path).not.toBe(200);
    }
  });

  test('may be named once more by id or identifier, and nobody else', async () => {
    const { person, other, patient, signIn } = await story();
    const own = await signIn(patient);
    const doors = ['/v1/access-log?patient=', '/fhir/AuditEvent?patient='];
    const id = patient.replace('Patient/', '');
    const asOneself = [...doors.flatMap((it) => [`${it}${id}`, `${it}${patient}`]), `${doors[0]}${encodeURIComponent(cardOf(person))}`];
    const byCard = '/fhir/AuditEvent?patient.identifier=';

    for (const path of [...asOneself, `${byCard}${encodeURIComponent(cardOf(person))}`]) {
      const { status, text } = await own.get(path, silent);
      expect(status, path).toBe(200);
      expect(text, path).toContain('readResource');
    }
    const strangers = [cardOf(other), cardOf(somebody())].map(encodeURIComponent);
    for (const path of [
      ...doors.map((it) => `${it}${'1'.repeat(32)}`),
      ...strangers.flatMap((it) => [`${doors[0]}${it}`, `${byCard}${it}`]),
    ]) {
      const { status, text } = await own.get(path, silent);
      expect(status, path).toBe(400);
      expect(text, path).toContain('name the same patient');
    }
  });

  test('whom nobody knows has an empty log, as the answer to a portal tells nothing', async () => {
    const { signIn } = await story();
    const nobody = await signIn(`Patient/${'1'.repeat(32)}`);
    expect((await nobody.get('/v1/access-log', silent)).body).toEqual({ entries: [] });
  });
});

describe('a portal', () => {
  test('gets the scope alone, for one patient', async () => {
    const { portal, patient } = await story();
    for (const answer of [
      await askFor(portal, undefined),
      await askFor(portal, patient, 'patient-log.read system/*.rs'),
      await askFor(portal, undefined, 'patient-log.read system/*.rs'),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    }
  });

  test('and nobody else: a token for a patient’s results does not open the log', async () => {
    const { hospitalB, person, patient } = await story();
    const client = await signingClient(gateway.app, hospitalB.institution, { scopes: ['system/*.cruds', 'audit.read'] });
    const iua = { subject_name: '林敏', person_id: 'urn:oid:2.16.156.10011.1.4|D-1001' };
    const assertion = await client.assertion({ claims: { extensions: { ihe_iua: iua, ihe_pcf: { patient_id: patient } } } });
    const { status, body } = await client.requestToken({ scope: 'system/*.cruds audit.read', client_assertion: assertion });
    expect(status).toBe(200);
    const bound = callingSystem(gateway.app, { ...hospitalB, client: client.id, token: body.access_token as string });

    for (const path of ['/v1/access-log', `/v1/access-log?patient=${encodeURIComponent(cardOf(person))}`, '/fhir/AuditEvent']) {
      expect((await bound.get(path)).status, path).toBe(403);
    }
  });
});
