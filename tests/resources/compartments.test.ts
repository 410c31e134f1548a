import { describe, expect, it, test } from 'vitest';
import { merge } from '../persons/patients.ts';
import { post, referenceTo, transaction, urn } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { ID_CARD, patientOf, somebody } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();

type Content = Record<string, unknown>;
const ref = (reference: string) => ({ reference });

/** A hospital with two patients. */
async function two() {
  const hospital = await gateway.register();
  const [one, other] = [somebody(), somebody()];
  const ids = [];
  for (const person of [one, other]) ids.push(String((await hospital.post('/fhir/Patient', patientOf(person))).body.id));
  const [p, q] = ids.map((it) => `Patient/${it}`) as [string, string];
  return { hospital, one, other, p, q };
}

/** Whether a resource lives where another one does. */
const lodges = (id: string, patient: string): boolean => patient.replace('Patient/', '').slice(0, 16) === id.slice(0, 16);

async function create(hospital: CallingSystem, content: Content): Promise<string> {
  const answer = await hospital.post(`/fhir/${String(content['resourceType'])}`, content);
  expect(answer.status, answer.text).toBe(201);
  return String(answer.body.id);
}

/** What the index says a resource counts as. */
async function filedUnder(id: string): Promise<string | null> {
  const [person, number] = [id.slice(0, 16), id.slice(16)].map((it) => BigInt(`0x${it}`));
  const { rows } = await gateway.db.$client.query('select category from resources where person = $1 and id = $2', [person, number]);
  return rows[0].category;
}

const appointment = (...patients: readonly string[]) => ({
  resourceType: 'Appointment',
  status: 'proposed',
  participant: patients.map((it) => ({ actor: ref(it), status: 'accepted' })),
});
const observation = (patient: string, more: Content = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: '血压' },
  subject: ref(patient),
  ...more,
});
const list = (patient: string | undefined, ...entries: readonly string[]) => ({
  resourceType: 'List',
  status: 'current',
  mode: 'working',
  ...(patient === undefined ? {} : { subject: ref(patient) }),
  entry: entries.map((it) => ({ item: ref(it) })),
});
const account = (...patients: readonly string[]) => ({ resourceType: 'Account', status: 'active', subject: patients.map(ref) });
const provenance = (targets: readonly string[], who: string) => ({
  resourceType: 'Provenance',
  target: targets.map(ref),
  recorded: '2026-03-01T08:00:00+08:00',
  agent: [{ who: ref(who) }],
});

describe('what names its patient in another element than the subject', () => {
  test.for<[string, string, (patient: string) => Content]>([
    ['Appointment', 'actor', (it) => appointment(it)],
    ['Schedule', 'actor', (it) => ({ resourceType: 'Schedule', actor: [ref(it)] })],
    ['EnrollmentRequest', 'subject', (it) => ({ resourceType: 'EnrollmentRequest', candidate: ref(it) })],
    ['Basic', 'author', (it) => ({ resourceType: 'Basic', code: { text: '转介' }, author: ref(it) })],
    ['Account', 'subject', (it) => account(it)],
  ])('%s is the patient’s: found by %s, shown by consent, and logged', async ([type, parameter, content]) => {
    const { hospital, one, p, q } = await two();
    const reader = await gateway.register();
    const auditor = await gateway.register({ scopes: ['system/AuditEvent.rs', 'audit.read'] });
    const id = await create(hospital, content(p));
    await create(hospital, content(q));

    expect(lodges(id, p)).toBe(true);
    const found = await hospital.get(`/fhir/${type}?${parameter}=${p}`);
    expect(found.body.entry.map((it: { resource: { id: string } }) => it.resource.id)).toEqual([id]);
    expect((await reader.get(`/fhir/${type}/${id}`)).status).toBe(404);
    await permit(reader, one);
    expect((await reader.get(`/fhir/${type}/${id}`)).status).toBe(200);
    const log = await auditor.get(`/fhir/AuditEvent?patient.identifier=${encodeURIComponent(`${ID_CARD}|${one.idCard}`)}&_count=100`);
    for (const door of ['createResource', 'searchResources', 'readResource']) expect(log.text).toContain(`"${door}"`);
  });

  it('whatever leads there, in any order: an appointment for a slot of a schedule, all of one request', async () => {
    const { hospital, p } = await two();
    const [slot, schedule] = [urn(), urn()];
    const entries = [
      post({
        resourceType: 'Appointment',
        status: 'proposed',
        slot: [ref(slot)],
        participant: [{ type: [{ text: '患者' }], status: 'accepted' }],
      }),
      post(
        { resourceType: 'Slot', status: 'busy', schedule: ref(schedule), start: '2026-03-01T08:00:00Z', end: '2026-03-01T08:10:00Z' },
        { fullUrl: slot },
      ),
      post({ resourceType: 'Schedule', actor: [ref(p)] }, { fullUrl: schedule }),
    ];

    for (const order of [entries, entries.toReversed()]) {
      const { status, body } = await hospital.post('/fhir', transaction(...order));
      expect(status).toBe(200);
      for (const type of ['Appointment', 'Slot', 'Schedule']) expect(lodges(referenceTo(body, type).split('/')[1] ?? '', p)).toBe(true);
    }
  });

  it('nobody’s, where none is named, or where the directory leads to somebody', async () => {
    const { hospital, p } = await two();
    const device = await create(hospital, { resourceType: 'Device', status: 'active' });
    const practitioner = await create(hospital, { resourceType: 'Practitioner', extension: [{ url: 'urn:is', valueReference: ref(p) }] });

    expect(lodges(device, p)).toBe(false);
    expect(lodges(practitioner, p)).toBe(false);
  });
});

describe('what names two persons', () => {
  test.for<[string, (p: string, q: string) => Content]>([
    ['an appointment', (p, q) => appointment(p, q)],
    ['an account', (p, q) => account(p, q)],
    ['a group', (p, q) => ({ resourceType: 'Group', type: 'person', actual: true, member: [{ entity: ref(p) }, { entity: ref(q) }] })],
    ['a list without a subject', (p, q) => list(undefined, p, q)],
    ['a Provenance', (p, q) => provenance([p, q], p)],
  ])('%s of both: stays with the institution, and the consent of one shows it to nobody', async ([, content]) => {
    const { hospital, one, p, q } = await two();
    const reader = await gateway.register();
    await permit(reader, one);
    const resource = content(p, q);
    const id = await create(hospital, resource);

    expect([lodges(id, p), lodges(id, q)]).toEqual([false, false]);
    expect((await hospital.get(`/fhir/${String(resource['resourceType'])}/${id}`)).status).toBe(200);
    expect((await reader.get(`/fhir/${String(resource['resourceType'])}/${id}`)).status).toBe(404);
  });

  test.for<[string, (p: string, q: string, ofOther: string) => Content]>([
    ['a member of another', (p, _, it) => observation(p, { hasMember: [ref(it)] })],
    ['a performer who is another', (p, q) => observation(p, { performer: [ref(p), ref(q)] })],
    ['an extension', (p, q) => observation(p, { extension: [{ url: 'urn:of', valueReference: ref(q) }] })],
    ['entries of another', (p, _, it) => list(p, p, it)],
    ['a target of one and an agent of another', (p, q) => provenance([p], q)],
  ])('with a subject, and %s: is stored, and the consent of one shows it to nobody', async ([, content]) => {
    const { hospital, one, p, q } = await two();
    const reader = await gateway.register();
    await permit(reader, one);
    const ofOther = await create(hospital, observation(q));
    const own = await create(hospital, observation(p));
    const resource = content(p, q, `Observation/${ofOther}`);
    const type = String(resource['resourceType']);

    const mixed = await create(hospital, resource);
    const single = await create(hospital, content(p, p, `Observation/${own}`));

    for (const [system, id, status] of [
      [hospital, mixed, 200],
      [reader, mixed, 404],
      [reader, single, 200],
    ] as const) {
      expect((await system.get(`/fhir/${type}/${id}`)).status).toBe(status);
    }
    const seen = await reader.get(`/fhir/${type}?${type === 'Provenance' ? 'target' : 'patient'}=${p}`);
    expect(seen.text).not.toContain(mixed);
  });

  it('is hidden as well where a new version says so, and shown again where one no longer does', async () => {
    const { hospital, one, p, q } = await two();
    const reader = await gateway.register();
    await permit(reader, one);
    for (const [before, after] of [
      [appointment(p), appointment(p, q)],
      [account(p), account(p, q)],
      [observation(p), observation(p, { performer: [ref(q)] })],
    ] as const) {
      const id = await create(hospital, before);
      const address = `/fhir/${before.resourceType}/${id}`;
      for (const [content, status] of [
        [after, 404],
        [before, 200],
      ] as const) {
        expect((await hospital.put(address, { ...content, id })).status).toBe(200);
        expect((await reader.get(address)).status).toBe(status);
      }
    }
  });

  it('but a group may grow, a Patient may be linked to others, and a record of one person by two keys is about one', async () => {
    const { hospital, p, q } = await two();
    const group = (...members: readonly string[]) => ({
      resourceType: 'Group',
      type: 'person',
      actual: true,
      member: members.map((it) => ({ entity: ref(it) })),
    });
    const id = await create(hospital, group(p));
    expect((await hospital.put(`/fhir/Group/${id}`, { ...group(p, q), id })).status).toBe(200);

    await create(hospital, patientOf(somebody(), { link: [{ type: 'seealso', other: ref(p) }] }));

    const bare = { name: [{ text: '周晓岚' }] };
    const ids = [];
    for (let index = 0; index < 2; index++) ids.push(await create(hospital, { resourceType: 'Patient', ...bare }));
    const [old, survivor] = ids as [string, string];
    const mixed = () => observation(`Patient/${old}`, { performer: [ref(`Patient/${survivor}`)] });
    expect(await filedUnder(await create(hospital, mixed()))).toBe('of-several-persons');
    expect((await merge(hospital, old, ref(`Patient/${survivor}`))).status).toBe(200);
    expect(await filedUnder(await create(hospital, mixed()))).toBeNull();
    const booked = await create(hospital, appointment(`Patient/${survivor}`, `Patient/${old}`));
    expect(lodges(booked, survivor)).toBe(true);
    // Only where keys differ somebody asks whose they are, once for all.
    const asks = async (...content: readonly Content[]): Promise<number> => {
      const sent = await statementsOf(() => hospital.post('/fhir', transaction(...content.map((it) => post(it)))));
      return sent.filter((it) => it === 'find-links-among').length;
    };
    expect(await asks(appointment(p), appointment(q), observation(p))).toBe(0);
    expect(await asks(mixed(), mixed(), appointment(p, q))).toBe(1);
  });
});
