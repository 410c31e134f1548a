import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { cdsCards } from '../../../src/recognition/cds-hooks/cds-card.tables.ts';
import { cdsClient, draftOrder, signing } from '../../support/cds.ts';
import { type CallingSystem, useGateway } from '../../support/gateway.ts';
import { check, permit, publish, publishExamination } from '../../support/recognition.ts';
import { type Person, somebody } from '../../support/reports.ts';

const gateway = useGateway();

/** A hospital with a CDS client, and a patient of it who consents and has leukocytes and haemoglobin of another hospital. */
async function scene(about: { published?: boolean } = {}) {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody();
  if (about.published !== false) await publish(source, { person });
  await permit(receiver, person);
  return { source, receiver, client, person };
}

describe('an order is carried out as a whole, or not at all', () => {
  const CBC = [
    { loinc: '6690-2', value: '6.10', unit: '10*9/L' },
    { loinc: '789-8', value: '4.50', unit: '10*12/L' },
    { loinc: '718-7', value: '135', unit: 'g/L' },
    { loinc: '777-3', value: '210', unit: '10*9/L' },
    { loinc: '4544-3', value: '41', unit: '%' },
    { loinc: '787-2', value: '91', unit: 'fL' },
    { loinc: '785-6', value: '30', unit: 'pg' },
    { loinc: '786-4', value: '330', unit: 'g/L' },
  ];
  const REFUSED = { decision: 'not-recognised', reason: '2' };
  const deletedBy = (card: { suggestions: { actions?: { resourceId: string }[] }[] }) =>
    card.suggestions.flatMap((it) => it.actions ?? []).map((it) => it.resourceId);

  /** Decides on items in the visit, as another face would. */
  async function decideOn(receiver: CallingSystem, person: Person, items: readonly string[], decision: Record<string, unknown>) {
    const asked = await check(receiver, person, items, { encounter: 'enc-1' });
    const decisions = items.map((item) => ({ item, ...decision }));
    const answer = await receiver.post('/v1/recognition-decisions', { check: asked.body.id, decisions });
    expect(answer.status).toBeLessThan(300);
    return answer.body.decisions as { id: string }[];
  }

  test('with anything to be examined it gets no card, and nothing is written down; with nothing it is deleted', async () => {
    const { client, person } = await scene();

    expect((await client.call(signing(person, [draftOrder('o1', 'WBC', 'CT-CHEST-PLAIN')]))).text).toBe('{"cards":[]}');
    expect(await gateway.db.select().from(cdsCards).where(eq(cdsCards.client, client.client))).toEqual([]);

    const { cards } = (await client.call(signing(person, [draftOrder('o1', 'WBC', 'HGB')]))).body;
    expect(cards.map(deletedBy)).toEqual([['ServiceRequest/o1']]);
  });

  test('a panel gets a card where each member has a result, and none where one has not', async () => {
    const { source, client, receiver, person } = await scene({ published: false });
    const [whole, part] = [person, somebody()];
    await permit(receiver, part);
    await publish(source, { person: whole, analytes: CBC });
    await publish(source, { person: part, analytes: CBC.slice(1) });

    const { cards } = (await client.call(signing(whole, [draftOrder('o1', 'CBC')]))).body;
    expect(cards.map(deletedBy)).toEqual([['ServiceRequest/o1']]);
    expect((await client.call(signing(part, [draftOrder('o1', 'CBC')]))).text).toBe('{"cards":[]}');
  });

  test('what is covered is deleted, and not the other order that has the same item and more to examine', async () => {
    const { client, person } = await scene();

    const { cards } = (await client.call(signing(person, [draftOrder('o1', 'WBC'), draftOrder('o2', 'WBC', 'K')]))).body;

    expect(cards.map(deletedBy)).toEqual([['ServiceRequest/o1']]);
  });

  test.for<[string, readonly (readonly string[])[]]>([
    ['the greater first', [['WBC', 'HGB'], ['WBC']]],
    ['the lesser first', [['WBC'], ['WBC', 'HGB']]],
  ])('of two that overlap both are deleted by one card, %s', async ([, ordered]) => {
    const { client, person } = await scene();

    const orders = ordered.map((items, index) => draftOrder(`o${index + 1}`, ...items));
    const { cards } = (await client.call(signing(person, orders))).body;

    expect(cards.map(deletedBy)).toEqual([['ServiceRequest/o1', 'ServiceRequest/o2']]);
  });

  test('an item that was refused in the visit is examined, so that there is no card, until that is taken back', async () => {
    const { receiver, client, person } = await scene();
    const order = draftOrder('o1', 'WBC', 'HGB');
    const [decided] = await decideOn(receiver, person, ['WBC'], REFUSED);

    expect((await client.call(signing(person, [order]))).text).toBe('{"cards":[]}');

    await receiver.post(`/v1/recognition-decisions/${decided?.id}/revocation`, { reason: '误操作' });
    const { cards } = (await client.call(signing(person, [order]))).body;
    expect(cards.map(deletedBy)).toEqual([['ServiceRequest/o1']]);
  });

  test('an item that was recognised in the visit is covered, and not shown again; with nothing open there is no card', async () => {
    const { source, receiver, client, person } = await scene();
    const order = draftOrder('o1', 'WBC', 'CT-CHEST-PLAIN');
    await publishExamination(source, person, 'CT-CHEST-PLAIN', new Date(Date.now() - 3_600_000));
    await decideOn(receiver, person, ['WBC'], { decision: 'recognised' });

    const { cards } = (await client.call(signing(person, [order]))).body;

    expect(cards.map(deletedBy)).toEqual([['ServiceRequest/o1']]);
    expect(cards[0].detail.split('\n').slice(2)).toHaveLength(1);
    await decideOn(receiver, person, ['CT-CHEST-PLAIN'], { decision: 'recognised' });
    expect((await client.call(signing(person, [order]))).text).toBe('{"cards":[]}');
  });
});
