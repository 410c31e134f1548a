import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { departures } from '../support/balp.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { ID_CARD, type Person, somebody } from '../support/reports.ts';

const gateway = useGateway();

const cardOf = (person: Person): string => encodeURIComponent(`${ID_CARD}|${person.idCard}`);
// biome-ignore lint/suspicious/noExplicitAny: tests look into the events' members.
const eventsOf = async (reader: CallingSystem, query: string): Promise<any[]> => {
  const answer = await reader.get(`/fhir/AuditEvent?${query}`);
  expect(answer.status).toBe(200);
  return (answer.body.entry ?? []).map((it: { resource: object }) => it.resource);
};
const doorsOf = (events: { subtype: { code: string }[] }[]): (string | undefined)[] => events.map((it) => it.subtype.at(-1)?.code);

async function story() {
  const hospital = await gateway.register();
  const reader = await gateway.register();
  const auditor = await gateway.register({ scopes: ['system/AuditEvent.rs', 'audit.read'] });
  const person = somebody();
  const report = await publish(hospital, { person });
  await permit(reader, person);
  await reader.get(`/fhir/DiagnosticReport/${report}`);
  return { hospital, reader, auditor, person, report };
}

describe('Retrieve ATNA Audit Event [ITI-81]', () => {
  test('between two instants, for a patient, the latest first', async () => {
    const before = encodeURIComponent(new Date(Date.now() - 60_000).toISOString());
    const { auditor, person, report } = await story();
    const after = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());

    const answer = await auditor.get(`/fhir/AuditEvent?date=ge${before}&date=le${after}&patient.identifier=${cardOf(person)}`);

    expect(answer.headers['content-type']).toMatch(/^application\/fhir\+json/);
    expect(answer.body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'self' }] });
    expect(answer.body.link[0].url).toContain(`date=ge${before}&date=le${after}`);
    const events = answer.body.entry.map((it: { resource: never }) => it.resource);
    expect(doorsOf(events)).toEqual([
      'searchAuditEvents',
      'readResource',
      'AuthZ-Consent',
      'recordConsent',
      'recordConsent',
      'processBundle',
    ]);
    expect(answer.body.entry[1]).toMatchObject({
      fullUrl: expect.stringMatching(/\/fhir\/AuditEvent\/[0-9a-f]{28}$/),
      search: { mode: 'match' },
      resource: {
        action: 'R',
        outcome: '0',
        entity: [
          { what: { reference: `DiagnosticReport/${report}/_history/1` } },
          { type: { code: 'Consent' }, what: { reference: expect.stringMatching(/^Consent\/[0-9a-f]{32}\/_history\/1$/) } },
          {},
          {},
        ],
      },
    });
  });

  test.for<[string, (it: Awaited<ReturnType<typeof story>>) => string, string[]]>([
    ['an institution', (it) => `agent.identifier=urn:oid:2.16.156.10011.1.5%7C${it.hospital.uscc}`, ['processBundle']],
    [
      'a calling system',
      (it) => `agent.identifier=https://tongjian.example/fhir/NamingSystem/client%7C${it.hospital.client}`,
      ['processBundle'],
    ],
    ['a subtype', (it) => `patient.identifier=${cardOf(it.person)}&subtype=read`, ['readResource']],
    ['a door', (it) => `patient.identifier=${cardOf(it.person)}&subtype=recordConsent`, ['recordConsent', 'recordConsent']],
    ['an action', (it) => `patient.identifier=${cardOf(it.person)}&action=R&outcome=0&type=rest`, ['readResource']],
    ['a resource', (it) => `entity=DiagnosticReport/${it.report}`, ['readResource', 'processBundle']],
    ['decisions on consents', (it) => `patient.identifier=${cardOf(it.person)}&subtype=AuthZ-Consent`, ['AuthZ-Consent']],
    ['their type', (it) => `patient.identifier=${cardOf(it.person)}&type=110113`, ['AuthZ-Consent']],
    ['an address', (it) => `patient.identifier=${cardOf(it.person)}&address=192.0.2.`, []],
    ['what cannot be both', (it) => `patient.identifier=${cardOf(it.person)}&type=110114&subtype=read`, []],
    ['one of several outcomes', (it) => `patient.identifier=${cardOf(it.person)}&outcome=0,8&subtype=read`, ['readResource']],
    ['other outcomes', (it) => `patient.identifier=${cardOf(it.person)}&outcome=4,8&subtype=read`, []],
    ['an outcome', (it) => `patient.identifier=${cardOf(it.person)}&outcome=8`, []],
  ])('narrows by %s', async ([, query, doors]) => {
    const told = await story();
    expect(doorsOf(await eventsOf(told.auditor, query(told))).filter((it) => it !== 'searchAuditEvents')).toEqual(doors);
  });

  test('by POST, and the query is logged as it was sent', async () => {
    const { auditor, person } = await story();
    const form = `patient.identifier=${cardOf(person)}&_count=1`;

    const answer = await auditor.send('POST', '/fhir/AuditEvent/_search', form, { 'content-type': 'application/x-www-form-urlencoded' });

    expect(answer.status).toBe(200);
    const [own] = answer.body.entry;
    expect(Buffer.from(own.resource.entity[0].query, 'base64').toString('utf8')).toBe(`POST AuditEvent?${form}`);
  });

  test('pages lead on by next links that hold nothing about anybody', async () => {
    const { auditor, reader } = await story();
    const seen: string[] = [];
    let next: string | undefined = `/fhir/AuditEvent?_count=1&agent.identifier=urn:oid:2.16.156.10011.1.5%7C${reader.uscc}`;
    while (next) {
      const { body } = await auditor.get(next);
      seen.push(body.entry[0].resource.id);
      next = body.link.find((it: { relation: string }) => it.relation === 'next')?.url.replace('http://gateway.test', '');
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
  });

  test('what it does not know it refuses', async () => {
    const { auditor } = await story();
    expect((await auditor.get('/fhir/AuditEvent?altid=x')).status).toBe(400);
    expect((await auditor.get('/fhir/AuditEvent?date=soon')).status).toBe(400);
    const twice = await auditor.get('/fhir/AuditEvent?action=R&action=C');
    expect([twice.status, twice.text]).toEqual([400, expect.stringContaining('action is given more than once')]);
    expect((await auditor.get('/fhir/AuditEvent?_after=x')).status).toBe(400);
  });
});

describe('one AuditEvent', () => {
  test('is read as it was found, and the reading is an entry of its own', async () => {
    const { auditor, person } = await story();
    const [, event] = await eventsOf(auditor, `patient.identifier=${cardOf(person)}`);

    const answer = await auditor.get(`/fhir/AuditEvent/${event.id}`);

    expect(answer.body).toEqual(event);
    expect(answer.headers['etag']).toBe('W/"1"');
    const part = await auditor.get(`/fhir/AuditEvent/${event.id}?_elements=recorded`);
    expect(part.body).toMatchObject({ recorded: event.recorded, meta: { tag: [{ code: 'SUBSETTED' }] } });
    expect(part.body.outcome).toBeUndefined();
    const [own] = await eventsOf(auditor, `entity=AuditEvent/${event.id}`).then((it) => it.filter((found) => found.action === 'R'));
    expect(own).toMatchObject({ action: 'R', subtype: [{ code: 'read' }, { code: 'readAuditEvent' }] });
    expect(await eventsOf(auditor, `_id=${event.id},${own.id},nothing`)).toHaveLength(2);
  });

  test('of another institution is not found, as one that never was', async () => {
    const { auditor, hospital, reader, person } = await story();
    const events = await eventsOf(auditor, `patient.identifier=${cardOf(person)}`);
    const [readByReader, publishedByHospital] = [events[1], events.at(-1)];

    expect((await reader.get(`/fhir/AuditEvent/${readByReader.id}`)).status).toBe(200);
    expect((await reader.get(`/fhir/AuditEvent/${publishedByHospital.id}`)).status).toBe(404);
    expect((await hospital.get(`/fhir/AuditEvent/${'0'.repeat(28)}`)).status).toBe(404);
    expect((await hospital.get('/fhir/AuditEvent/x')).status).toBe(404);
    expect(await eventsOf(hospital, `_id=${readByReader.id}`)).toEqual([]);
  });

  test('cannot be made, changed or deleted by anybody, over any face', async () => {
    const { auditor, person } = await story();
    const everybody = await gateway.register({ scopes: ['system/*.cruds', 'operator', 'audit.read', 'audit.review'] });
    const [event] = await eventsOf(auditor, `patient.identifier=${cardOf(person)}&action=C`);
    const patch = JSON.stringify([{ op: 'replace', path: '/outcome', value: '8' }]);
    const asPatch = { 'content-type': 'application/json-patch+json' };

    const asked: [method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>][] = [
      ['POST', '/fhir/AuditEvent', event],
      ['POST', '/fhir/AuditEvent', event, { 'if-none-exist': `_id=${event.id}` }],
      ['PUT', `/fhir/AuditEvent/${event.id}`, event],
      ['PUT', `/fhir/AuditEvent?_id=${event.id}`, event],
      ['PATCH', `/fhir/AuditEvent/${event.id}`, patch, asPatch],
      ['PATCH', `/fhir/AuditEvent?_id=${event.id}`, patch, asPatch],
      ['DELETE', `/fhir/AuditEvent/${event.id}`],
      ['DELETE', `/fhir/AuditEvent?_id=${event.id}`],
      ...(['POST', 'PUT', 'PATCH', 'DELETE'] as const).flatMap((method): typeof asked => [[method, '/v1/access-log', {}]]),
    ];
    const statuses: string[] = [];
    for (const [method, path, body, headers] of asked) {
      const { status } = await everybody.send(method, path, body, headers);
      statuses.push(`${method} ${path.replace(event.id, 'id')} ${status}`);
    }
    expect(statuses.filter((it) => !it.endsWith(' 405'))).toEqual([]);
    expect(await eventsOf(auditor, `_id=${event.id}`)).toEqual([event]);
  });

  test.for<[string, (id: string) => object]>([
    ['POST', () => ({ method: 'POST', url: 'AuditEvent' })],
    ['conditional POST', (id) => ({ method: 'POST', url: 'AuditEvent', ifNoneExist: `_id=${id}` })],
    ['PUT', (id) => ({ method: 'PUT', url: `AuditEvent/${id}` })],
    ['conditional PUT', (id) => ({ method: 'PUT', url: `AuditEvent?_id=${id}` })],
    ['DELETE', (id) => ({ method: 'DELETE', url: `AuditEvent/${id}` })],
    ['conditional DELETE', (id) => ({ method: 'DELETE', url: `AuditEvent?_id=${id}` })],
  ])('is not touched by a %s in a transaction or a batch either', async ([, requestOf]) => {
    const { auditor, hospital, person } = await story();
    const [event] = await eventsOf(auditor, `patient.identifier=${cardOf(person)}&action=C`);
    const request = requestOf(event.id) as { method: string };
    const entry = [{ request, ...(request.method === 'DELETE' ? {} : { resource: event }) }];

    const transaction = await hospital.post('/fhir', { resourceType: 'Bundle', type: 'transaction', entry });
    const batch = await hospital.post('/fhir', { resourceType: 'Bundle', type: 'batch', entry });

    expect([
      transaction.status,
      transaction.status === 405 ? '' : transaction.text,
      batch.body.entry[0].response.status.slice(0, 3),
    ]).toEqual([405, '', '405']);
    expect(await eventsOf(auditor, `_id=${event.id}`)).toEqual([event]);
  });

  test.each(['transaction', 'batch'])('is not patched in a %s', async (type) => {
    const { auditor, hospital, person } = await story();
    const [event] = await eventsOf(auditor, `patient.identifier=${cardOf(person)}&action=C`);
    const data = Buffer.from(JSON.stringify([{ op: 'replace', path: '/outcome', value: '8' }])).toString('base64');
    const resource = { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
    const entry = [{ request: { method: 'PATCH', url: `AuditEvent/${event.id}` }, resource }];

    const answer = await hospital.post('/fhir', { resourceType: 'Bundle', type, entry });

    expect(String(type === 'batch' ? answer.body.entry[0].response.status : answer.status)).toMatch(/^4/);
    expect(await eventsOf(auditor, `_id=${event.id}`)).toEqual([event]);
  });

  test.skipIf(!existsSync(new URL('../../../shared/testdata/balp/', import.meta.url)))('has every profile it claims', async () => {
    const { auditor, person } = await story();
    await auditor.get(`/fhir/Patient/${'1'.repeat(32)}`);

    const events = await eventsOf(auditor, `patient.identifier=${cardOf(person)}`);

    const claimed = events.flatMap((event) => (event.meta.profile ?? []).map((profile: string) => ({ event, profile })));
    expect(claimed.length).toBeGreaterThanOrEqual(5);
    for (const { event, profile } of claimed) expect(departures(event, profile)).toEqual([]);
  });
});
