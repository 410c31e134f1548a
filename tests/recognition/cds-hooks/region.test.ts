import { describe, expect, test } from 'vitest';
import { LIS, put } from '../../catalogue/mappings/mappings.ts';
import { cdsClient, draftOrder, signing } from '../../support/cds.ts';
import { useGateway } from '../../support/gateway.ts';
import { amendCatalogue, permit, publish } from '../../support/recognition.ts';
import { somebody } from '../../support/reports.ts';

const gateway = useGateway();

/** A hospital with a CDS client, and a patient of it who consents and has a blood count of another hospital. */
async function scene(about: { district?: string } = {}) {
  const [source, receiver] = [await gateway.register(), await gateway.register(about)];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody();
  await publish(source, { person });
  await permit(receiver, person);
  return { source, receiver, client, person };
}

const codes = (list: readonly { code: string }[]) => list.map((it) => it.code);

describe("a draft order in the hospital's own code", () => {
  test.for<[string, { system?: string; code: string }]>([
    ['with its system', { system: LIS, code: 'LIS-0042' }],
    ['without a system', { code: 'LIS-0042' }],
  ])('is the item that it is mapped to, %s', async ([, code]) => {
    const { receiver, client, person } = await scene();
    expect((await put(receiver, [{ code: 'LIS-0042', item: 'WBC' }])).status).toBe(200);

    const { cards } = (await client.call(signing(person, [draftOrder('o1', code)]))).body;

    expect(cards).toMatchObject([{ suggestions: [{ isRecommended: true, actions: [{ resourceId: 'ServiceRequest/o1' }] }] }]);
    expect(cards[0].detail).toContain('| 白细胞计数(WBC) |');
  });

  test('for several items is one card of all of them', async () => {
    const { receiver, client, person } = await scene();
    const member = { code: 'LIS-CBC', equivalence: 'narrower', comment: '血常规组套' };
    await put(receiver, [
      { ...member, item: 'WBC' },
      { ...member, item: 'HGB' },
    ]);

    const { cards } = (await client.call(signing(person, [draftOrder('o1', { system: LIS, code: 'LIS-CBC' })]))).body;

    expect(cards).toMatchObject([{ suggestions: [{ isRecommended: true, actions: [{ resourceId: 'ServiceRequest/o1' }] }] }]);
    expect(cards[0].detail.split('\n').slice(2)).toHaveLength(2);
  });

  test('for several items, one of them without a result, gets no card: it is carried out anyway', async () => {
    const { receiver, client, person } = await scene();
    const member = { code: 'LIS-MIX', equivalence: 'narrower', comment: '组套' };
    await put(receiver, [
      { ...member, item: 'WBC' },
      { ...member, item: 'K' },
    ]);

    const { cards } = (await client.call(signing(person, [draftOrder('o1', { system: LIS, code: 'LIS-MIX' })]))).body;

    expect(cards).toEqual([]);
  });

  test('for several items, one of them no more in the list, gets no card', async () => {
    const { receiver, client, person } = await scene();
    const member = { code: 'LIS-OLD', equivalence: 'narrower', comment: '组套' };
    await amendCatalogue(gateway.databaseUrl, { 'FORMER-ITEM': {} });
    const answer = await put(receiver, [
      { ...member, item: 'WBC' },
      { ...member, item: 'FORMER-ITEM' },
    ]);
    expect(answer.status).toBe(200);
    await amendCatalogue(gateway.databaseUrl, { 'FORMER-ITEM': { code: 'RENAMED-ITEM' } });

    expect((await client.call(signing(person, [draftOrder('o1', { system: LIS, code: 'LIS-OLD' })]))).text).toBe('{"cards":[]}');
  });

  test('means nothing where another hospital has mapped it', async () => {
    const { source, client, person } = await scene();
    await put(source, [{ code: 'LIS-0042', item: 'WBC' }]);

    expect((await client.call(signing(person, [draftOrder('o1', { system: LIS, code: 'LIS-0042' })]))).text).toBe('{"cards":[]}');
  });
});

test('the card shows the mark as it is printed', async () => {
  const { client, person } = await scene();

  const { cards } = (await client.call(signing(person, [draftOrder('o1', 'WBC')]))).body;

  const [head, , row] = cards[0].detail.split('\n').map((line: string) => line.split('|').map((cell) => cell.trim()));
  expect(row[head.indexOf('互认标识')]).toBe('全国HR');
});

describe("where Chongqing's rules are assigned to the division of the hospital", () => {
  const SYSTEM = 'https://tongjian.example/fhir/CodeSystem/reason-chongqing-2018';

  async function inChongqing() {
    const operator = await gateway.register({ scopes: ['operator'] });
    const assignments = [{ division: '500103', ruleSet: 'chongqing' }];
    expect((await operator.put('/v1/catalogue/rule-assignments', { assignments })).status).toBe(200);
    const { receiver, client, person } = await scene({ district: '500103' });
    const { cards } = (await client.call(signing(person, [draftOrder('o1', 'WBC')]))).body;
    const override = (reason: Record<string, unknown>) =>
      client.feedback({ card: cards[0].uuid, outcome: 'overridden', overrideReason: { reason } });
    const decisions = async () => (await receiver.get('/v1/recognition-decisions')).body.decisions;
    return { card: cards[0], override, decisions };
  }

  test('the override reasons are those of its list', async () => {
    const { card } = await inChongqing();

    expect(codes(card.overrideReasons)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(new Set(card.overrideReasons.map((it: { system: string }) => it.system))).toEqual(new Set([SYSTEM]));
    expect(card.overrideReasons[3].display).toContain('患者或其亲属要求');
  });

  test('feedback is decided by its list', async () => {
    const { override, decisions } = await inChongqing();

    expect((await override({ code: '7', system: SYSTEM })).status).toBe(200);

    expect(await decisions()).toMatchObject([{ decision: 'not-recognised', reasonList: 'chongqing-2018', reason: '7' }]);
  });

  test('a reason of the national list is refused, whatever the same code means here', async () => {
    const { override, decisions } = await inChongqing();

    const answer = await override({ code: '2', system: 'https://tongjian.example/fhir/CodeSystem/reason-national-2022' });

    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'feedback[0].overrideReason.reason.system' }] } });
    expect(await decisions()).toEqual([]);
  });
});
