import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';
import { encodeCursor } from '../../src/faces/page-cursor.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { ID_CARD, type Person, somebody } from '../support/reports.ts';

const gateway = useGateway();

const AUDITOR = ['audit.read'];
const cardOf = (person: Person): string => encodeURIComponent(`${ID_CARD}|${person.idCard}`);
const entriesOf = async (reader: CallingSystem, query: string): Promise<AccessEntry[]> => {
  const answer = await reader.get(`/v1/access-log?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.entries;
};
const doorsOf = (entries: readonly AccessEntry[]): string[] => entries.map((it) => it.interaction);

/** Hospital A publishes, B asks in vain, gets a consent, and looks. */
async function story() {
  const [hospitalA, hospitalB, auditor] = [await gateway.register(), await gateway.register(), await gateway.register({ scopes: AUDITOR })];
  const person = somebody();
  const report = await publish(hospitalA, { person });
  expect((await hospitalB.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(404);
  await permit(hospitalB, person);
  expect((await hospitalB.get(`/fhir/DiagnosticReport/${report}`)).status).toBe(200);
  return { hospitalA, hospitalB, auditor, person, report };
}

describe('an auditor', () => {
  test('sees everything about a patient, refusals included, the latest first', async () => {
    const { hospitalA, hospitalB, auditor, person, report } = await story();

    const entries = await entriesOf(auditor, `patient=${cardOf(person)}`);

    // The auditor's own look comes first: it was written before anything was read.
    expect(doorsOf(entries)).toEqual([
      'listAccesses',
      'readResource',
      'decideConsent',
      'recordConsent',
      'recordConsent',
      'readResource',
      'decideConsent',
      'processBundle',
    ]);
    expect(entries.slice(1).map((it) => it.institution?.uscc)).toEqual([...Array(6).fill(hospitalB.uscc), hospitalA.uscc]);
    expect(entries[1]).toMatchObject({
      action: 'R',
      outcome: 0,
      practitioner: { system: 'urn:oid:2.16.156.10011.1.4', value: 'D-1001', name: '林敏' },
      purpose: 'TREAT',
      entities: [`DiagnosticReport/${report}/_history/1`],
      client: hospitalB.client,
    });
    expect(entries[2]).toMatchObject({ action: 'E', outcome: 0, entities: [] });
    expect(entries[5]).toMatchObject({ outcome: 4, failure: 'not-found', entities: [] });
    expect(entries[6]).toMatchObject({ outcome: 4, failure: 'consent-required', requestId: entries[5]?.requestId });
    expect(new Set(entries.map((it) => it.person)).size).toBe(1);
  });

  test.for<[string, (it: Awaited<ReturnType<typeof story>>) => string, string[]]>([
    ['an institution', (it) => `institution=${it.hospitalA.uscc}`, ['processBundle']],
    ['a clinician', (it) => `institution=${it.hospitalB.uscc}&practitioner=D-1001&action=R`, ['readResource', 'readResource']],
    ['a clinician of a system', (it) => `institution=${it.hospitalB.uscc}&action=R&practitioner=${encodeURIComponent('urn:x|D-1001')}`, []],
    ['an outcome', (it) => `patient=${cardOf(it.person)}&outcome=4`, ['readResource']],
    ['a door', (it) => `patient=${cardOf(it.person)}&interaction=recordConsent`, ['recordConsent', 'recordConsent']],
    ['the decisions', (it) => `patient=${cardOf(it.person)}&interaction=decideConsent`, ['decideConsent', 'decideConsent']],
    ['the decisions against', (it) => `patient=${cardOf(it.person)}&interaction=decideConsent&outcome=4`, ['decideConsent']],
    ['a resource', (it) => `entity=DiagnosticReport/${it.report}`, ['readResource', 'processBundle']],
    ['a calling system', (it) => `client=${it.hospitalA.client}`, ['processBundle']],
    ['a purpose', (it) => `patient=${cardOf(it.person)}&purpose=BTG`, []],
    ['what is due for review', (it) => `patient=${cardOf(it.person)}&reviewDue=true`, []],
    ['a time before it all', (it) => `patient=${cardOf(it.person)}&to=2020-01-01`, []],
    ['a credit code that nobody has', () => 'institution=12330000470051726F', []],
    ['a patient nobody knows', () => `patient=${cardOf(somebody())}`, []],
  ])('narrows by %s', async ([, query, doors]) => {
    const told = await story();
    expect(doorsOf(await entriesOf(told.auditor, query(told))).filter((it) => it !== 'listAccesses')).toEqual(doors);
  });

  test('finds the emergencies to be reviewed, with their reasons', async () => {
    const { hospitalB, auditor, report } = await story();
    const headers = { 'x-purpose-of-use': 'BTG', 'x-break-glass-reason': encodeURIComponent('昏迷，无法沟通') };
    expect((await hospitalB.get(`/fhir/DiagnosticReport/${report}`, headers)).status).toBe(200);

    const due = await entriesOf(auditor, `institution=${hospitalB.uscc}&reviewDue=true`);

    expect(due).toMatchObject([{ purpose: 'BTG', reason: '昏迷，无法沟通', reviewDue: true, interaction: 'readResource' }]);
  });

  test('pages through all of it, each entry once', async () => {
    const { auditor, hospitalB } = await story();
    const query = `institution=${hospitalB.uscc}&limit=1`;
    const seen: string[] = [];
    let page = await auditor.get(`/v1/access-log?${query}`);
    for (seen.push(page.body.entries[0].id); page.body.next; seen.push(page.body.entries[0].id)) {
      page = await auditor.get(`/v1/access-log?${query}&cursor=${page.body.next}`);
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });
});

describe('an institution', () => {
  test('sees its own accesses alone', async () => {
    const { hospitalA, hospitalB, person } = await story();

    expect(doorsOf(await entriesOf(hospitalA, ''))).toEqual(['listAccesses', 'processBundle']);
    for (const entry of await entriesOf(hospitalB, `patient=${cardOf(person)}`)) expect(entry.institution?.uscc).toBe(hospitalB.uscc);
    expect(await hospitalB.get(`/v1/access-log?institution=${hospitalA.uscc}`)).toMatchObject({
      status: 403,
      body: { code: 'scope-insufficient', errors: [{ path: 'institution' }] },
    });
    expect((await hospitalB.get('/v1/access-log?institution=12330000470051726F')).status).toBe(403);
  });

  test('cannot tell from its own log whether somebody without consent is known', async () => {
    const [hospitalA, hospitalB] = [await gateway.register(), await gateway.register()];
    const [known, unknown] = [somebody(), somebody()];
    await publish(hospitalA, { person: known });
    await permit(hospitalA, known, { decision: 'deny', grantee: undefined });
    const others = [somebody(), somebody()];
    await publish(hospitalA, { person: others[0] as Person });
    const asHospitalBSees = async (person: Person) => {
      const from = encodeURIComponent(new Date().toISOString());
      await check(hospitalB, person, ['WBC']);
      await hospitalB.get(`/v1/consents?patient.identifier=${cardOf(person)}`);
      const other = others[person === known ? 0 : 1] as Person;
      await hospitalB.get(`/fhir/Observation?patient.identifier=${cardOf(person)},${cardOf(other)}`);
      const all = await entriesOf(hospitalB, `from=${from}`);
      const ofPatient = await entriesOf(hospitalB, `from=${from}&patient=${cardOf(person)}`);
      const events = (await hospitalB.get(`/fhir/AuditEvent?date=ge${from}`)).text;
      const own = new RegExp(
        `[0-9a-f]{28,}|"recordedAt":"[^"]*"|"requestId":"[^"]*"|${person.idCard}|${(others[person === known ? 0 : 1] as Person).idCard}|\\d{4}-\\d\\d-\\d\\dT[^"&]*|[A-Za-z0-9+/=]{40,}|[0-9a-f-]{36}`,
        'g',
      );
      return [JSON.stringify(all), JSON.stringify(ofPatient), events].map((it) => it.replaceAll(own, '…'));
    };

    expect(await asHospitalBSees(known)).toEqual(await asHospitalBSees(unknown));
  });

  test('needs a scope for it, and so does everybody', async () => {
    const publisher = await gateway.register({ scopes: ['system/DiagnosticReport.cruds', 'operator', 'savings.read'] });
    expect(await publisher.get('/v1/access-log')).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
    expect((await publisher.get('/fhir/AuditEvent')).status).toBe(403);
  });
});

test.for<[string, string]>([
  ['from=yesterday', 'from'],
  ['to=2026-02-30', 'to'],
  ['from=2026-03-01T00:00:00', 'from'],
  ['action=X', 'action'],
  ['outcome=5', 'outcome'],
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['cursor=x', 'cursor'],
  ['after=x', 'after'],
  [`cursor=${encodeCursor(['2026-03-01T00:00:00.000Z', '9999999999999999999'])}`, 'cursor'],
  ['patient=a%7C', 'patient.identifier'],
  ['who=x', 'who'],
])('%s is refused, at %s', async ([query, path]) => {
  const auditor = await gateway.register({ scopes: AUDITOR });
  expect(await auditor.get(`/v1/access-log?${query}`)).toMatchObject({
    status: 400,
    body: { code: 'parameter-invalid', errors: [{ path }] },
  });
});
