import { beforeAll, describe, expect, test } from 'vitest';
import { type AccessRow, insertAccessRows } from '../../src/access-log/access-log.queries.ts';
import { personText } from '../../src/access-log/discretion.rules.ts';
import { freshPerson } from '../../src/resources/resource-id.ts';
import { type CallingSystem, callingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';
import { signingClient } from '../support/signing-client.ts';

const gateway = useGateway();

interface Event {
  readonly id: string;
  readonly entity?: readonly {
    readonly type?: { readonly system: string; readonly code: string };
    readonly role?: { readonly code: string };
    readonly what?: { readonly identifier?: { readonly system?: string; readonly value: string } };
  }[];
}

const PERSON_SYSTEM = 'https://tongjian.example/fhir/NamingSystem/person';
const POLICY = 'https://profiles.ihe.net/ITI/PCF/Policy-deny';
const FORMER = new Date(Date.now() - 3_600_000);

const DOORS: readonly (readonly [interaction: string, action: string])[] = [
  ['readResource', 'R'],
  ['updateResource', 'U'],
  ['processBundle', 'C'],
  ['deleteResource', 'D'],
  ['searchResources', 'E'],
  ['checkRecognition', 'E'],
  ['showHistory', 'R'],
  ['exportAccessLog', 'R'],
  ['decideConsent', 'E'],
  ['issueToken', 'E'],
  ['revokeToken', 'U'],
];

/** An entry of every kind of door, served and refused, with and without a question, about much and about nothing. */
function rowsOf({ institution, client }: CallingSystem, person: bigint, other: bigint): AccessRow[] {
  const own = `Observation/${personText(person)}0000000000000001/_history/1`;
  const foreign = `DiagnosticReport/${personText(other)}0000000000000002/_history/1`;
  const consent = `Consent/${personText(person)}0000000000000003/_history/1`;
  const contents: Partial<AccessRow>[] = [
    { entities: [], consents: [] },
    { entities: [own, foreign, own], consents: [consent, POLICY] },
    { entities: [foreign], consents: [POLICY], person: other },
    { entities: ['RecognitionCheck/c1', `Patient/${personText(person)}0000000000000004`], consents: [] },
    { entities: ['AuditEvent/1', '4711'], consents: [], person: 0n },
    { entities: [own], consents: [consent] },
  ];
  return DOORS.flatMap(([interaction, action]) =>
    [0, 4].flatMap((outcome) =>
      [null, `GET /${interaction}`].flatMap((query) =>
        contents.map(
          (content): AccessRow => ({
            person,
            recordedAt: FORMER,
            id: 0n,
            action,
            interaction,
            outcome,
            failure: outcome === 0 ? null : 'consent-required',
            institution,
            client,
            practitionerSystem: 'urn:x',
            practitionerValue: 'D-1',
            practitionerName: null,
            purpose: 'TREAT',
            reason: null,
            reviewDue: false,
            entities: [],
            consents: [],
            query,
            requestId: '',
            address: '10.0.0.1',
            ...content,
          }),
        ),
      ),
    ),
  ).map((row, index) => ({ ...row, id: BigInt(1000 + index), requestId: `request-${index % 7}` }));
}

/** Each parameter with what it says of an entity. */
const SEARCHES: readonly (readonly [query: string, holds: (it: NonNullable<Event['entity']>[number], person: bigint) => boolean])[] = [
  ['entity-role=1', (it) => it.role?.code === '1'],
  ['entity-role=http://terminology.hl7.org/CodeSystem/object-role%7C4', (it) => it.role?.code === '4'],
  ['entity-role=24', (it) => it.role?.code === '24'],
  ['entity-type=1', (it) => it.type?.code === '1'],
  ['entity-type=2', (it) => it.type?.code === '2'],
  ['entity-type=XrequestId', (it) => it.type?.code === 'XrequestId'],
  ['entity-type=http://hl7.org/fhir/resource-types%7CObservation', (it) => it.type?.code === 'Observation'],
  ['entity-type=Patient', (it) => it.type?.code === 'Patient'],
  ['entity-type=Consent', (it) => it.type?.code === 'Consent'],
  ['entity-type=RecognitionCheck', (it) => it.type?.code === 'RecognitionCheck'],
  ['entity-type=record', (it) => it.type?.code === 'record'],
  // Nobody has this key: it must not tell who is known to the exchange from who is not.
  ['entity.identifier=0000000000000000', (it) => it.what?.identifier?.value === '0000000000000000'],
  ['entity.identifier=request-3', (it) => it.what?.identifier?.value === 'request-3'],
  ['entity.identifier=%7Crequest-3', (it) => it.what?.identifier?.value === 'request-3'],
  ['entity.identifier=RecognitionCheck/c1', (it) => it.what?.identifier?.value === 'RecognitionCheck/c1'],
  ['entity.identifier=4711', (it) => it.what?.identifier?.value === '4711'],
  ['entity.identifier=AuditEvent/1', (it) => it.what?.identifier?.value === 'AuditEvent/1'],
  [`entity.identifier=urn:ietf:rfc:3986%7C${POLICY}`, (it) => it.what?.identifier?.value === POLICY],
  [`entity.identifier=${POLICY}`, (it) => it.what?.identifier?.value === POLICY],
  ['entity.identifier=urn:x%7Crequest-3', () => false],
  [`entity.identifier=${PERSON_SYSTEM}%7CPERSON`, (it, person) => it.what?.identifier?.value === personText(person)],
  ['entity.identifier=PERSON', (it, person) => it.what?.identifier?.value === personText(person)],
];

describe('what an AuditEvent has an entity of is found as it is shown', () => {
  let readers: Readonly<Record<string, CallingSystem>>;
  let person: bigint;

  beforeAll(async () => {
    const hospital = await gateway.register();
    const auditor = await gateway.register({ scopes: ['system/AuditEvent.rs', 'audit.read'] });
    const report = await publish(hospital, { person: somebody() });
    person = BigInt(`0x${report.slice(0, 16)}`);
    await insertAccessRows(gateway.db.$client, rowsOf(hospital, person, freshPerson()));

    const { subject } = (await hospital.get(`/fhir/DiagnosticReport/${report}`)).body;
    const portal = await signingClient(gateway.app, hospital.institution, { scopes: ['patient-log.read'] });
    const extensions = { ihe_pcf: { patient_id: subject.reference } };
    const { body } = await portal.requestToken({
      scope: 'patient-log.read',
      client_assertion: await portal.assertion({ claims: { extensions } }),
    });
    const patient = callingSystem(gateway.app, { ...hospital, client: portal.id, token: body.access_token as string });
    readers = { auditor, hospital, patient };
  });

  const eventsFor = async (reader: CallingSystem, query: string): Promise<readonly Event[]> => {
    const until = encodeURIComponent(new Date(FORMER.getTime() + 60_000).toISOString());
    const headers = reader === readers['patient'] ? { 'x-acting-practitioner': undefined } : {};
    const { status, body, text } = await reader.get(`/fhir/AuditEvent?_count=500&date=lt${until}&${query}`, headers);
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    return (body.entry ?? []).map((it: { resource: Event }) => it.resource);
  };

  describe.each(['auditor', 'hospital', 'patient'])('by the %s', (name) => {
    test.for(SEARCHES)('%s', async ([query, holds]) => {
      const reader = readers[name] as CallingSystem;
      const all = await eventsFor(reader, '');
      const found = await eventsFor(reader, query.replace('PERSON', personText(person)));

      const expected = all.filter((event) => (event.entity ?? []).some((it) => holds(it, person)));
      expect(found.map((it) => it.id)).toEqual(expected.map((it) => it.id));
      expect(all.length).toBeGreaterThan(100);
    });
  });

  test('each search is met by some and not by all, so that the comparison says something', async () => {
    const auditor = readers['auditor'] as CallingSystem;
    const all = await eventsFor(auditor, '');
    const met = SEARCHES.map(
      ([query, holds]) => [query, all.filter((it) => it.entity?.some((entity) => holds(entity, person))).length] as const,
    );

    const impossible = ['entity.identifier=0000000000000000', 'entity.identifier=AuditEvent/1', 'entity.identifier=urn:x%7Crequest-3'];
    expect(met.flatMap(([query, count]) => (count === 0 ? [query] : []))).toEqual(impossible);
    expect(met.filter(([, count]) => count === all.length)).toEqual([]);
  });

  test('several must all be met, each by some entity', async () => {
    const auditor = readers['auditor'] as CallingSystem;
    const both = await eventsFor(auditor, 'entity-type=Consent&entity-role=24&entity.identifier=request-3');
    const each = await eventsFor(auditor, 'entity-type=Consent');
    expect(both.length).toBeGreaterThan(0);
    expect(both.length).toBeLessThan(each.length);
    const has = (event: Event, code: string): boolean =>
      event.entity?.some((it) => it.type?.code === code || it.role?.code === code) ?? false;
    expect(both.filter((it) => !has(it, 'Consent') || !has(it, '24'))).toEqual([]);
  });

  test.for<[string, boolean]>([
    [`urn:ietf:rfc:3986%7C${PUBLIC_URL}/fhir`, true],
    [`${PUBLIC_URL}/fhir`, true],
    ['urn:ietf:rfc:3986%7C', true],
    ['urn:ietf:rfc:3986%7Chttps://other.example/fhir', false],
    [`urn:x%7C${PUBLIC_URL}/fhir`, false],
    [`%7C${PUBLIC_URL}/fhir`, false],
  ])('the source %s has all entries or none', async ([source, isOurs]) => {
    const auditor = readers['auditor'] as CallingSystem;
    const [all, found] = [await eventsFor(auditor, ''), await eventsFor(auditor, `source.identifier=${source}`)];
    expect(found).toEqual(isOurs ? all : []);
    expect(all[0]).toMatchObject({ source: { observer: { identifier: { system: 'urn:ietf:rfc:3986', value: `${PUBLIC_URL}/fhir` } } } });
  });
});
