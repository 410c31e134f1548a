import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { organization } from '../institutions/organizations.ts';
import { type CallingSystem, callingSystem, freshUscc, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { HGB, ID_CARD, somebody, WBC } from '../support/reports.ts';
import { clientWithKey, keyPair } from '../support/signing-client.ts';

const gateway = useGateway();

/** What the operator does for a new institution, and the institution for its first token: all of it over the network's doors. */
async function joinExchange(operator: CallingSystem, name: string, grade: string, scopes: readonly string[]): Promise<CallingSystem> {
  const uscc = freshUscc();
  const registered = await operator.post('/fhir/Organization', organization({ uscc, name, grade }));
  expect(registered.status).toBe(201);
  const keys = await keyPair();
  const client = await operator.post('/v1/clients', { institution: uscc, name: 'HIS', jwks: { keys: [keys.publicJwk] }, scopes });
  expect(client.status).toBe(201);
  const token = await clientWithKey(gateway.app, client.body.id, keys).requestToken({ scope: scopes.join(' ') });
  expect(token).toMatchObject({ status: 200, body: { token_type: expect.stringMatching(/bearer/i), expires_in: 300 } });
  return callingSystem(gateway.app, { institution: 0, uscc, client: client.body.id, token: token.body.access_token });
}

test('from the first token to the savings statement: publish, ask, consent, look, decide, correct, withdraw, account', async () => {
  const operator = await gateway.register({ scopes: ['operator', 'system/Organization.cruds'] });
  const scopes = ['system/*.cruds', 'recognition.check', 'recognition.decide', 'savings.read'];
  const township = await joinExchange(operator, '示例镇卫生院', '9', scopes);
  const city = await joinExchange(operator, '示例市人民医院', '2', scopes);
  const auditor = await joinExchange(operator, '示例市卫生健康委员会', '14', ['audit.read', 'savings.read', 'system/AuditEvent.rs']);
  await city.put('/v1/catalogue/prices', {
    holder: { uscc: city.uscc },
    prices: [
      { item: 'WBC', amountFen: 1_200 },
      { item: 'HGB', amountFen: 800 },
    ],
  });

  // The township has passed the quality assessment of the two items.
  const certified = await operator.put('/v1/catalogue/certificates', {
    certificates: ['WBC', 'HGB'].map((item) => ({
      uscc: township.uscc,
      item,
      scheme: '示例室间质评',
      scope: 'nation',
      validFrom: '2020-01-01',
      validUntil: '2099-12-31',
    })),
  });
  expect(certified.status).toBe(200);

  // The township examines and publishes.
  const person = somebody();
  const number = randomUUID();
  const report = await publish(township, { person, number, analytes: [WBC, HGB] });

  // Before consent the city learns nothing, not even whether there is something.
  const [unknown, known] = [await check(city, somebody(), ['WBC']), await check(city, person, ['WBC'])];
  for (const { status, body } of [unknown, known]) {
    expect(status).toBe(201);
    expect(body.items).toEqual([expect.objectContaining({ item: 'WBC', verdict: 'consent-required' })]);
  }
  expect(Object.keys(known.body.items[0])).toEqual(Object.keys(unknown.body.items[0]));

  // The patient consents at the desk; the reminder tells what there is.
  const consent = await permit(city, person);
  const asked = await check(city, person, ['WBC', 'HGB'], { encounter: 'OP-7' });
  expect(asked.body.items.map((it: { verdict: string }) => it.verdict)).toEqual(['recognisable', 'recognisable']);

  // The doctor reads the original, digits and all.
  const own = (await city.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`)).body.entry[0].resource.id;
  const looked = await city.get(`/fhir/Patient/${own}/$prior-results?item=WBC`);
  expect(looked.body.entry[0].resource.id).toBe(report);
  expect(looked.text).toContain(`"value":${WBC.value},`);

  // One result is recognised, the other is not, for a lawful reason.
  const decided = await city.post('/v1/recognition-decisions', {
    check: asked.body.id,
    decisions: [
      { item: 'WBC', decision: 'recognised' },
      { item: 'HGB', decision: 'not-recognised', reason: '6', reasonText: '输血前复查' },
    ],
  });
  expect(decided.status).toBe(201);

  // Statement and entries agree to the fen, for the hospital and for the auditor.
  for (const reader of [city, auditor]) {
    const filter = `institution=${city.uscc}`;
    const [summary, entries] = [await reader.get(`/v1/savings/summary?${filter}`), await reader.get(`/v1/savings/entries?${filter}`)];
    expect([summary.status, entries.status]).toEqual([200, 200]);
    expect(entries.body.entries).toHaveLength(1);
    expect(entries.body.entries[0]).toMatchObject({ kind: 'saving', item: 'WBC', amountFen: 1_200 });
    expect(summary.text).toContain('"amountFen":1200');
  }

  // The township corrects its report: the next look shows the new value, the old version stays readable.
  await publish(township, { person, number, analytes: [{ ...WBC, value: '7.25' }, HGB], status: 'corrected' });
  expect((await city.get(`/fhir/Patient/${own}/$prior-results?item=WBC`)).text).toContain('"value":7.25,');
  expect((await city.get(`/fhir/DiagnosticReport/${report}/_history/1`)).body.status).toBe('final');

  // The patient takes the consent back; it holds for the next request, on every face.
  expect((await city.post(`/v1/consents/${consent}/withdrawal`, {})).status).toBe(200);
  expect((await city.get(`/fhir/Patient/${own}/$prior-results`)).status).toBe(403);
  expect((await city.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(404);
  expect((await check(city, person, ['WBC'])).body.items[0].verdict).toBe('consent-required');

  // The auditor sees every step, in the log and as AuditEvents, the refused ones as well.
  const log = await auditor.get(`/v1/access-log?patient=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}&limit=100`);
  expect(log.status).toBe(200);
  const steps = (log.body.entries as { interaction: string; outcome: number }[]).map((it) => `${it.interaction} ${it.outcome}`);
  for (const step of [
    'processBundle 0',
    'checkRecognition 0',
    'recordConsent 0',
    'priorResults 0',
    'decide 0',
    'readVersion 0',
    'withdrawConsent 0',
    'priorResults 4',
    'readResource 4',
  ]) {
    expect(steps).toContain(step);
  }
  const events = await auditor.get(`/fhir/AuditEvent?patient.identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}&_count=100`);
  // The auditor's own looks are among them, each before it is answered.
  expect(steps).toContain('listAccesses 0');
  expect(events.body.entry).toHaveLength(steps.length + 1);
});
