import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { recognitionChecks } from '../../../src/recognition/recognition.tables.ts';
import { cdsClient, contextOf, draftOrder, ORDER_ENTRY, PATIENT_VIEW, prefetchOf, signing } from '../../support/cds.ts';
import { PUBLIC_URL, useGateway } from '../../support/gateway.ts';
import { permit, publish, publishExamination } from '../../support/recognition.ts';
import { type Person, somebody } from '../../support/reports.ts';

const gateway = useGateway();

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms);

async function scene() {
  const [source, receiver] = [await gateway.register({ name: '渝北区|<b>人民</b>医院' }), await gateway.register()];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody();
  return { source, receiver, client, person };
}

const opening = (person: Person, more: Record<string, unknown> = {}) => ({
  hook: 'patient-view' as const,
  context: contextOf(more),
  prefetch: prefetchOf(person),
});

describe('an opened patient', () => {
  test('gets one card that lists what may be recognised, the newest first, and takes no feedback', async () => {
    const { source, receiver, client, person } = await scene();
    const report = await publish(source, { person, at: ago(3 * HOUR) });
    const scan = await publishExamination(source, person, 'CT-CHEST-PLAIN', ago(HOUR));
    await permit(receiver, person);

    const { status, body } = await client.call(opening(person));

    expect(status).toBe(200);
    expect(body.cards).toHaveLength(1);
    const [card] = body.cards;
    expect(Object.keys(card).sort()).toEqual(['detail', 'indicator', 'links', 'source', 'summary']);
    expect(card).toMatchObject({ indicator: 'info', summary: expect.stringMatching(/^可互认结果 3 项：/) });
    const rows = card.detail.split('\n').slice(2);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/影像 1 份/);
    // What others wrote can neither end a cell nor become HTML.
    expect(rows[0]).toContain('| 渝北区\\|&lt;b&gt;人民&lt;/b&gt;医院 |');
    expect(card.links.map((it: { url: string }) => it.url)).toEqual([
      `${PUBLIC_URL}/fhir/DiagnosticReport/${scan}/_history/1`,
      `${PUBLIC_URL}/fhir/DiagnosticReport/${report}/_history/1`,
    ]);
  });

  test('in English', async () => {
    const { source, receiver, client, person } = await scene();
    await publish(source, { person });
    await permit(receiver, person);

    const { body } = await client.call(opening(person), { 'accept-language': 'en-GB' });

    expect(body.cards[0].summary).toMatch(/^2 recognisable prior results: /);
    expect(body.cards[0].detail).toMatch(/^\| Item \| Result \| Source \|/);
  });

  test('without consent, without results, or when all is decided: no card', async () => {
    const { source, receiver, client, person } = await scene();
    const nobody = somebody();
    await publish(source, { person, analytes: [{ loinc: '6690-2', value: '6.10', unit: '10*9/L' }] });
    await permit(receiver, nobody);
    expect((await client.call(opening(person))).text).toBe('{"cards":[]}');
    expect((await client.call(opening(nobody))).text).toBe('{"cards":[]}');

    await permit(receiver, person);
    const { cards } = (await client.call(signing(person, [draftOrder('o1', 'WBC')]))).body;
    expect((await client.call(opening(person))).body.cards).toHaveLength(1);
    const [{ uuid: card }] = cards;
    const overrideReason = { reason: { code: '1' } };
    expect((await client.feedback({ card, outcome: 'overridden', overrideReason })).status).toBe(200);

    expect((await client.call(opening(person))).text).toBe('{"cards":[]}');
    expect((await client.call(opening(person, { encounterId: 'enc-2' }))).body.cards).toHaveLength(1);
  });

  test('is a check when the patient is opened, in the setting of the encounter', async () => {
    const { client, receiver, person } = await scene();
    for (const code of ['AMB', 'EMER', 'IMP']) {
      const encounter = { resourceType: 'Encounter', id: 'enc-1', status: 'in-progress', class: { code } };
      await client.call({ ...opening(person), prefetch: prefetchOf(person, { encounter }) });
    }

    const checks = await gateway.db.select().from(recognitionChecks).where(eq(recognitionChecks.institution, receiver.institution));

    expect(new Set(checks.map((it) => it.setting))).toEqual(new Set(['outpatient', 'emergency', 'inpatient']));
    expect(checks).toMatchObject(checks.map(() => ({ trigger: 'patient-opened', encounter: 'enc-1' })));
  });
});

describe('discovery', () => {
  test('lists a service a hook, with templates of reads by id', async () => {
    const { client } = await scene();

    const { status, body } = await client.send('GET', '/cds-services');

    expect(status).toBe(200);
    expect(body.services.map((it: { hook: string; id: string }) => [it.hook, it.id])).toEqual([
      ['patient-view', 'tongjian-patient-view'],
      ['order-select', 'tongjian-order-entry'],
      ['order-sign', 'tongjian-order-entry'],
    ]);
    for (const service of body.services) {
      expect(service.prefetch).toEqual({
        patient: 'Patient/{{context.patientId}}',
        user: '{{context.userId}}',
        encounter: 'Encounter/{{context.encounterId}}',
      });
      expect([service.title, service.description, service.usageRequirements].every((it) => it.length > 0)).toBe(true);
    }
  });

  test('speaks English where that is asked for', async () => {
    const { client } = await scene();

    const { body } = await client.send('GET', '/cds-services', undefined, { 'accept-language': 'en' });

    expect(body.services[0].title).toBe('Recognisable results of this patient');
  });
});

describe('a request that is wrong in itself', () => {
  const right = { hook: 'order-sign', hookInstance: randomUUID(), context: contextOf({ draftOrders: { resourceType: 'Bundle' } }) };

  test.for<[string, string, Record<string, unknown>, number, string]>([
    ['an unknown service', '/cds-services/other', {}, 404, 'id'],
    ['a hook of another service', ORDER_ENTRY, { hook: 'patient-view' }, 400, 'hook'],
    ['a hook of nobody', PATIENT_VIEW, { hook: 'encounter-start' }, 400, 'hook'],
    ['no hook', ORDER_ENTRY, { hook: undefined }, 400, 'hook'],
    ['no hookInstance', ORDER_ENTRY, { hookInstance: undefined }, 400, 'hookInstance'],
    ['a hookInstance that is no uuid', ORDER_ENTRY, { hookInstance: '7' }, 400, 'hookInstance'],
    ['no context', ORDER_ENTRY, { context: undefined }, 400, 'context'],
    ['a typed patientId', ORDER_ENTRY, { context: { ...right.context, patientId: 'Patient/123' } }, 400, 'context.patientId'],
    ['no patientId', ORDER_ENTRY, { context: { ...right.context, patientId: undefined } }, 400, 'context.patientId'],
    ['a bare userId', ORDER_ENTRY, { context: { ...right.context, userId: 'doc-1' } }, 400, 'context.userId'],
    ['a typed encounterId', ORDER_ENTRY, { context: { ...right.context, encounterId: 'Encounter/1' } }, 400, 'context.encounterId'],
    ['a patient as user', ORDER_ENTRY, { context: { ...right.context, userId: 'Patient/1' } }, 400, 'context.userId'],
    ['no draft orders', ORDER_ENTRY, { context: { ...right.context, draftOrders: undefined } }, 400, 'context.draftOrders'],
    ['draft orders that are no Bundle', ORDER_ENTRY, { context: { ...right.context, draftOrders: [] } }, 400, 'context.draftOrders'],
    ['no selections where orders are selected', ORDER_ENTRY, { hook: 'order-select' }, 400, 'context.selections'],
    [
      'a bare selection',
      ORDER_ENTRY,
      { hook: 'order-select', context: { ...right.context, selections: ['1'] } },
      400,
      'context.selections[0]',
    ],
    ['a token of another type', ORDER_ENTRY, { fhirAuthorization: { access_token: 'x', token_type: 'MAC' } }, 400, 'fhirAuthorization'],
    ['a prefetch of another type', ORDER_ENTRY, { prefetch: { patient: 'Patient/1' } }, 400, 'prefetch.patient'],
  ])('%s', async ([, url, but, status, path]) => {
    const { client } = await scene();

    const answer = await client.send('POST', url, { ...right, ...but });

    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].path.startsWith(path)).toBe(true);
  });

  test('a patient of another resource type', async () => {
    const { client, person } = await scene();

    const answer = await client.call({ ...opening(person), prefetch: { patient: { resourceType: 'Group', id: '1' } } });

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'prefetch.patient' }] } });
  });

  test('no JSON at all', async () => {
    const { client } = await scene();

    expect(await client.send('POST', PATIENT_VIEW, '{')).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await client.send('POST', PATIENT_VIEW, 'x', { 'content-type': 'application/xml' })).toMatchObject({ status: 415 });
    expect(await client.send('GET', PATIENT_VIEW)).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  test('members that nobody knows are not read', async () => {
    const { client, person } = await scene();
    const wish = { ...opening(person, { 'com.example.ward': '3' }), extension: { 'com.example.x': { a: null } }, later: [] };

    expect(await client.call({ ...wish, prefetch: prefetchOf(person, { other: { resourceType: 'Group' } }) })).toMatchObject({
      status: 200,
    });
  });
});
