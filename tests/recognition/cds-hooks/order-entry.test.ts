import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import { cdsCards } from '../../../src/recognition/cds-hooks/cds-card.tables.ts';
import { bundleOf, cdsClient, contextOf, draftOrder, PATIENT_ID, prefetchOf, signing } from '../../support/cds.ts';
import { PUBLIC_URL, useGateway } from '../../support/gateway.ts';
import { check, permit, publish, publishExamination } from '../../support/recognition.ts';
import { patientOf, somebody } from '../../support/reports.ts';

const gateway = useGateway();

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms);

/** A hospital with a CDS client, and a patient of it who consents and has a blood count of another hospital. */
async function scene(about: { consent?: boolean; published?: boolean } = {}) {
  const [source, receiver] = [await gateway.register({ name: '渝北区人民医院' }), await gateway.register()];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody();
  const report = about.published === false ? '' : await publish(source, { person });
  if (about.consent !== false) await permit(receiver, person);
  return { source, receiver, client, person, report };
}

const passport = () => ({
  system: 'urn:oid:1.2.3.5',
  value: randomUUID(),
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PPN' }] },
});

describe('a draft order that a prior result may stand in for', () => {
  test('gets a card with source, date, validity, link, one suggestion that deletes it, and the reasons of the region', async () => {
    const { client, person, report } = await scene();

    const { status, body, headers } = await client.call(signing(person, [draftOrder('o1', 'WBC')]));

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-language': 'zh-CN', 'cache-control': 'no-store' });
    expect(body.cards).toHaveLength(1);
    const [card] = body.cards;
    expect(card).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      indicator: 'warning',
      source: { url: PUBLIC_URL },
      selectionBehavior: 'at-most-one',
      suggestions: [{ isRecommended: true, actions: [{ type: 'delete', resourceId: 'ServiceRequest/o1' }] }],
      links: [{ url: `${PUBLIC_URL}/fhir/DiagnosticReport/${report}/_history/1`, type: 'absolute' }],
    });
    expect(card.summary).toContain('渝北区人民医院');
    expect(card.summary.length).toBeLessThan(140);
    expect(card.detail.split('\n')[2]).toMatch(/^\| 白细胞计数\(WBC\) \| 6\.10 10\\\*9\/L \| 渝北区人民医院 \| .* \|$/);
    expect(card.overrideReasons.map((it: { code: string }) => it.code)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(card.overrideReasons[5]).toEqual({
      code: '6',
      system: 'https://tongjian.example/fhir/CodeSystem/reason-national-2022',
      display: expect.stringMatching(/其他情形确需复查的.*须填写说明/),
    });
  });

  test('gets it in English where that is asked for', async () => {
    const { client, person } = await scene();

    const { body, headers } = await client.call(signing(person, [draftOrder('o1', 'WBC')]), { 'accept-language': 'en' });

    expect(headers).toMatchObject({ 'content-language': 'en' });
    expect(body.cards[0]).toMatchObject({
      summary: expect.stringMatching(/^Recognisable prior result: /),
      source: { label: 'Tongjian: mutual recognition of results' },
    });
    expect(body.cards[0].overrideReasons[5].display).toMatch(/\(a comment is required\)$/);
  });

  test.for<[string, { system?: string; code: string }]>([
    ['LOINC', { system: 'http://loinc.org', code: '6690-2' }],
    ['an item code', { system: 'https://tongjian.example/fhir/CodeSystem/item', code: 'WBC' }],
  ])('is known by %s', async ([, code]) => {
    const { client, person } = await scene();

    expect((await client.call(signing(person, [draftOrder('o1', code)]))).body.cards).toHaveLength(1);
  });

  test('is known where its entry has neither fullUrl nor id, but then no action can name it', async () => {
    const { client, person } = await scene();
    const { id: _, ...order } = draftOrder('o1', 'WBC');

    const { body } = await client.call(signing(person, [order]));

    expect(body.cards[0].suggestions[0]).not.toHaveProperty('actions');
  });

  test('twice is one card that deletes both', async () => {
    const { client, person } = await scene();

    const { body } = await client.call(signing(person, [draftOrder('o1', 'WBC'), draftOrder('o2', 'WBC')]));

    expect(body.cards).toHaveLength(1);
    expect(body.cards[0].suggestions[0].actions).toMatchObject([{ resourceId: 'ServiceRequest/o1' }, { resourceId: 'ServiceRequest/o2' }]);
  });

  test('is answered with a check of its own, which is logged under the clinician of the prefetch', async () => {
    const { client, person, report } = await scene();

    await client.call(signing(person, [draftOrder('o1', 'WBC')]));

    const rows = await gateway.db.select().from(accessLog).where(eq(accessLog.client, client.client));
    expect(rows.map((it) => it.interaction).toSorted()).toEqual(['checkRecognition', 'decideConsent']);
    const [logged] = rows.filter((it) => it.interaction === 'checkRecognition');
    expect(logged).toMatchObject({
      outcome: 0,
      purpose: 'TREAT',
      practitionerSystem: 'urn:oid:2.16.156.10011.1.4',
      practitionerValue: 'D-2002',
      practitionerName: '林敏',
    });
    expect(logged?.entities).toContain(`DiagnosticReport/${report}/_history/1`);
  });
});

describe('there is no card', () => {
  test('without consent, and the answer is the same for a person with results and for one whom nobody knows', async () => {
    const { client, person } = await scene({ consent: false });

    const known = await client.call(signing(person, [draftOrder('o1', 'WBC')]));
    const stranger = await client.call(signing(somebody(), [draftOrder('o1', 'WBC')]));

    expect([known, stranger].map(({ status, text }) => ({ status, text }))).toEqual([
      { status: 200, text: '{"cards":[]}' },
      { status: 200, text: '{"cards":[]}' },
    ]);
    expect(await gateway.db.select().from(cdsCards).where(eq(cdsCards.client, client.client))).toEqual([]);
  });

  test('for a kind of result that the consent does not cover', async () => {
    const { source, receiver, client, person } = await scene({ consent: false });
    await publishExamination(source, person, 'CT-CHEST-PLAIN', ago(HOUR));
    await permit(receiver, person, { categories: ['laboratory'] });

    const { body, text } = await client.call(signing(person, [draftOrder('o1', 'WBC'), draftOrder('o2', 'CT-CHEST-PLAIN')]));

    expect(body.cards).toHaveLength(1);
    expect(text).not.toContain('o2');
  });

  test('where nothing was examined before', async () => {
    const { client, person } = await scene({ published: false });

    expect((await client.call(signing(person, [draftOrder('o1', 'WBC')]))).text).toBe('{"cards":[]}');
  });

  test('where the result is too old to be recognised', async () => {
    const { source, client, person } = await scene({ published: false });
    await publish(source, { person, at: ago(40 * 24 * HOUR) });

    expect((await client.call(signing(person, [draftOrder('o1', 'WBC')]))).text).toBe('{"cards":[]}');
  });

  test.for<[string, Record<string, unknown>]>([
    ['another type of order', { resourceType: 'MedicationRequest', id: 'm1', status: 'draft' }],
    ['a code that nobody knows', draftOrder('o1', { system: 'urn:oid:1.2.3', code: '999' })],
    ['an item the list does not have', draftOrder('o1', 'NO-SUCH-ITEM')],
    ['an order that was revoked', { ...draftOrder('o1', 'WBC'), status: 'revoked' }],
    ['an order not to do something', { ...draftOrder('o1', 'WBC'), doNotPerform: true }],
    ['an order without a code', { resourceType: 'ServiceRequest', id: 'o1', status: 'draft', code: { text: '血常规' } }],
  ])('for %s, and no patient is asked for', async ([, order]) => {
    const { client } = await scene();

    const { status, text } = await client.call({ hook: 'order-sign', context: contextOf({ draftOrders: bundleOf(order) }) });

    expect({ status, text }).toEqual({ status: 200, text: '{"cards":[]}' });
    expect(await gateway.db.select().from(accessLog).where(eq(accessLog.client, client.client))).toMatchObject([
      { interaction: 'callCdsService', person: 0n, practitionerValue: 'Practitioner/doc-1' },
    ]);
  });

  test('for an order that was not selected', async () => {
    const { client, person } = await scene();
    const orders = [draftOrder('o1', 'WBC'), draftOrder('o2', 'HGB')];
    const context = contextOf({ draftOrders: bundleOf(...orders), selections: ['ServiceRequest/o2', 'MedicationRequest/o1'] });

    const { body } = await client.call({ hook: 'order-select', context, prefetch: prefetchOf(person) });

    expect(body.cards).toMatchObject([{ indicator: 'info', suggestions: [{ actions: [{ resourceId: 'ServiceRequest/o2' }] }] }]);
  });

  test('for entries of a form that nobody expects', async () => {
    const { client } = await scene();
    const entry = [{}, { resource: null }, { resource: 'x' }, { fullUrl: 'urn:uuid:1' }, { resource: [] }];

    const answer = await client.call({ hook: 'order-sign', context: contextOf({ draftOrders: { resourceType: 'Bundle', entry } }) });

    expect(answer.text).toBe('{"cards":[]}');
  });
});

describe('a patient of the calling system', () => {
  test('without identifiers, with several in one answer, or without any data: no card', async () => {
    const { client, person } = await scene();
    const patient = patientOf(person, { id: PATIENT_ID });
    const { identifier: _, ...anonymous } = patient;
    const two = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: patient }, { resource: patient }] };

    for (const it of [anonymous, two, null]) {
      const wish = { ...signing(person, [draftOrder('o1', 'WBC')]), prefetch: { patient: it } };
      expect(await client.call(wish)).toMatchObject({ status: 200, text: '{"cards":[]}' });
    }
  });

  test('as the one match of a searchset is that patient', async () => {
    const { client, person } = await scene();
    const one = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: patientOf(person, { id: PATIENT_ID }) }] };

    const answer = await client.call({ ...signing(person, [draftOrder('o1', 'WBC')]), prefetch: { patient: one } });

    expect(answer.body.cards).toHaveLength(1);
  });

  test('whose identity card contradicts birth date, sex or itself is nobody', async () => {
    const { client, person } = await scene();
    const other = person.gender === 'male' ? 'female' : 'male';

    for (const about of [{ birthDate: '1900-01-01' }, { gender: other }, { idCard: '500112198510090029' }]) {
      const answer = await client.call(signing({ ...person, ...about } as typeof person, [draftOrder('o1', 'WBC')]));
      expect(answer).toMatchObject({ status: 200, text: '{"cards":[]}' });
    }
  });

  test("is found by the hospital's own number, where there is no identity card", async () => {
    const { receiver, client, person } = await scene();
    const number = { system: 'urn:oid:1.2.3.4', value: `MRN-${person.idCard}` };
    const identifier = [...(patientOf(person)['identifier'] as unknown[]), number];
    expect((await receiver.post('/fhir/Patient', patientOf(person, { identifier }))).status).toBe(201);
    const patient = patientOf(person, { id: PATIENT_ID, identifier: [{ system: 'urn:oid:9.9', value: 'unknown' }, number] });

    const answer = await client.call({ ...signing(person, [draftOrder('o1', 'WBC')]), prefetch: { patient } });

    expect(answer.body.cards).toHaveLength(1);
  });

  test('is asked about by an own number, and a passport beside it does not tell whether others know that', async () => {
    const { source, receiver, client, person } = await scene();
    const own = { system: 'urn:oid:1.2.3.4', value: randomUUID() };
    const { identifier, ...patient } = patientOf(person, { id: PATIENT_ID });
    await receiver.post('/fhir/Patient', { ...patient, identifier: [...(identifier as object[]), own] });
    const [known, unknown] = [passport(), passport()];
    await source.post('/fhir/Patient', {
      resourceType: 'Patient',
      identifier: [known],
      name: [{ text: '王明远' }],
      birthDate: '1980-01-01',
    });

    for (const { system, value } of [known, unknown]) {
      const prefetch = { ...prefetchOf(person), patient: { ...patient, identifier: [own, { system, value }] } };
      const { body } = await client.call({ ...signing(person, [draftOrder('o1', 'WBC')], { encounterId: value.slice(0, 30) }), prefetch });
      expect(body.cards).toHaveLength(1);
    }
    // Nor does the same number, published as an own one of somebody who consents.
    const asOwn = { system: known.system, value: known.value };
    await receiver.post('/fhir/Patient', { ...patient, identifier: [...(identifier as object[]), asOwn] });
    const answer = await receiver.post('/v1/recognition-checks', {
      patient: { identifier: asOwn },
      setting: 'outpatient',
      trigger: 'order-entry',
      items: ['WBC'],
    });
    expect(answer.body.items[0].verdict).toBe('recognisable');
  });

  test('whose own numbers lead to two human beings is nobody', async () => {
    const { receiver, client, person } = await scene();
    const numbers = [];
    for (const [index, it] of [person, somebody()].entries()) {
      const number = { system: 'urn:oid:1.2.3.4', value: `MRN-${index}-${person.idCard}` };
      const identifier = [...(patientOf(it)['identifier'] as unknown[]), number];
      await receiver.post('/fhir/Patient', patientOf(it, { identifier }));
      numbers.push(number);
    }

    const patient = patientOf(person, { id: PATIENT_ID, identifier: numbers });
    const answer = await client.call({ ...signing(person, [draftOrder('o1', 'WBC')]), prefetch: { patient } });

    expect(answer.text).toBe('{"cards":[]}');
  });

  test('that is not the one of the context is refused', async () => {
    const { client, person } = await scene();
    const prefetch = { patient: patientOf(person, { id: 'somebody-else' }) };

    const answer = await client.call({ ...signing(person, [draftOrder('o1', 'WBC')]), prefetch });

    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed', errors: [{ path: 'prefetch.patient.id' }] } });
  });
});

describe('one reminder a visit and item', () => {
  test('what was shown when the order was selected and not answered is the same card when it is signed', async () => {
    const { client, person } = await scene();
    const draftOrders = bundleOf(draftOrder('o1', 'WBC'));
    const selecting = { hook: 'order-select', context: contextOf({ draftOrders, selections: ['ServiceRequest/o1'] }) } as const;

    const first = await client.call({ ...selecting, prefetch: prefetchOf(person) });
    const second = await client.call(signing(person, [draftOrder('o1', 'WBC')]));

    expect(second.body.cards[0].uuid).toBe(first.body.cards[0].uuid);
    expect(await gateway.db.select().from(cdsCards).where(eq(cdsCards.client, client.client))).toMatchObject([
      { item: 'WBC', hook: 'order-select', order: 'ServiceRequest/o1', encounter: 'enc-1' },
    ]);
  });

  test('ten calls at once make one', async () => {
    const { client, person } = await scene();

    const answers = await Promise.all(Array.from({ length: 10 }, () => client.call(signing(person, [draftOrder('o1', 'WBC', 'HGB')]))));

    expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((it) => it.body.cards[0].uuid)).size).toBe(1);
    expect(await gateway.db.select().from(cdsCards).where(eq(cdsCards.client, client.client))).toHaveLength(2);
  });

  test('another visit is another reminder', async () => {
    const { client, person } = await scene();

    const [one, two, none] = [
      await client.call(signing(person, [draftOrder('o1', 'WBC')], { encounterId: 'enc-1' })),
      await client.call(signing(person, [draftOrder('o1', 'WBC')], { encounterId: 'enc-2' })),
      await client.call(signing(person, [draftOrder('o1', 'WBC')], { encounterId: undefined })),
    ];

    expect(new Set([one, two, none].map((it) => it?.body.cards[0].uuid)).size).toBe(3);
  });

  test('a corrected result is another reminder', async () => {
    const { source, client, person } = await scene({ published: false });
    await publish(source, { person, number: 'R-1' });
    const first = await client.call(signing(person, [draftOrder('o1', 'WBC')]));
    await publish(source, { person, number: 'R-1', status: 'corrected', analytes: [{ loinc: '6690-2', value: '7.20', unit: '10*9/L' }] });

    const second = await client.call(signing(person, [draftOrder('o1', 'WBC')]));

    expect(second.body.cards[0].uuid).not.toBe(first.body.cards[0].uuid);
    expect(second.body.cards[0].detail).toContain('7.20');
  });

  test('an item that was decided by /v1 in the visit is no more brought to mind, until that is taken back', async () => {
    const { receiver, client, person } = await scene();
    const before = await client.call(signing(person, [draftOrder('o1', 'WBC')]));
    const asked = await check(receiver, person, ['WBC'], { encounter: 'enc-1' });
    const decided = await receiver.post('/v1/recognition-decisions', {
      check: asked.body.id,
      decisions: [{ item: 'WBC', decision: 'recognised' }],
    });

    expect((await client.call(signing(person, [draftOrder('o1', 'WBC')]))).text).toBe('{"cards":[]}');

    const { id } = decided.body.decisions[0];
    expect((await receiver.post(`/v1/recognition-decisions/${id}/revocation`, { reason: '误操作' })).status).toBeLessThan(300);
    const after = await client.call(signing(person, [draftOrder('o1', 'WBC')]));
    expect(after.body.cards).toHaveLength(1);
    expect(after.body.cards[0].uuid).not.toBe(before.body.cards[0].uuid);
  });

  test('what saves most comes first', async () => {
    const { receiver, client, person } = await scene();
    await receiver.put('/v1/catalogue/prices', {
      holder: { uscc: receiver.uscc },
      prices: [
        { item: 'WBC', amountFen: 100 },
        { item: 'HGB', amountFen: 900 },
      ],
    });

    const { body } = await client.call(signing(person, [draftOrder('o1', 'WBC'), draftOrder('o2', 'HGB')]));

    expect(
      body.cards.map((it: { suggestions: { actions: { resourceId: string }[] }[] }) => it.suggestions[0]?.actions[0]?.resourceId),
    ).toEqual(['ServiceRequest/o2', 'ServiceRequest/o1']);
  });
});
