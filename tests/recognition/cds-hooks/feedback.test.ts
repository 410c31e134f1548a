import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { accessLog } from '../../../src/access-log/access-log.tables.ts';
import { cdsClient, draftOrder, ORDER_ENTRY, signing } from '../../support/cds.ts';
import { useGateway } from '../../support/gateway.ts';
import { permit, publish } from '../../support/recognition.ts';
import { somebody } from '../../support/reports.ts';

const gateway = useGateway();

const REASONS = 'https://tongjian.example/fhir/CodeSystem/reason-national-2022';

/** A hospital that got a card for each order. */
async function scene(...orders: readonly Record<string, unknown>[]) {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody();
  await publish(source, { person, number: 'R-1' });
  await permit(receiver, person);
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'WBC', amountFen: 1_500 }] });
  const sign = () => client.call(signing(person, orders.length > 0 ? orders : [draftOrder('o1', 'WBC')]));
  const { cards } = (await sign()).body;
  const decisions = async () => (await receiver.get('/v1/recognition-decisions')).body.decisions;
  return { source, receiver, client, person, sign, cards, card: cards[0], decisions };
}

const accepted = (card: { uuid: string; suggestions: { uuid: string }[] }) => ({
  card: card.uuid,
  outcome: 'accepted',
  acceptedSuggestions: [{ id: card.suggestions[0]?.uuid }],
});
const overridden = (card: { uuid: string }, code: string, userComment?: string) => ({
  card: card.uuid,
  outcome: 'overridden',
  overrideReason: { reason: { code, system: REASONS }, ...(userComment === undefined ? {} : { userComment }) },
});

describe('an accepted card', () => {
  test('is a recognition by the clinician who got it, with its saving, as /v1 has it', async () => {
    const { client, card, decisions, receiver } = await scene();

    const answer = await client.feedback(accepted(card));

    expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '' });
    expect(await decisions()).toMatchObject([
      {
        item: 'WBC',
        decision: 'recognised',
        reportVersion: 1,
        practitioner: { system: 'urn:oid:2.16.156.10011.1.4', value: 'D-2002', name: '林敏' },
        saving: { posted: true, amountFen: 1_500, priced: true },
      },
    ]);
    const summary = await receiver.get('/v1/savings/summary?from=2026-01-01&to=2100-01-01&by=item');
    expect(summary.text).toContain('1500');
  });

  test('twice is one recognition and one saving, and the item is no more brought to mind', async () => {
    const { client, card, decisions, sign } = await scene();

    expect((await client.feedback(accepted(card))).status).toBe(200);
    expect((await client.feedback(accepted(card), accepted(card))).status).toBe(200);

    expect(await decisions()).toHaveLength(1);
    expect((await sign()).text).toBe('{"cards":[]}');
  });

  test('ten times at once is one recognition', async () => {
    const { client, card, decisions } = await scene();

    const answers = await Promise.all(Array.from({ length: 10 }, () => client.feedback(accepted(card))));

    expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
    expect(await decisions()).toHaveLength(1);
  });

  test('of an order with several items recognises each of them', async () => {
    const { client, card, decisions } = await scene(draftOrder('o1', 'WBC', 'HGB'));

    await client.feedback(accepted(card));

    expect((await decisions()).map((it: { item: string }) => it.item).sort()).toEqual(['HGB', 'WBC']);
  });

  test.for<[string, (suggestion: string) => object]>([
    ['without a suggestion', () => ({ acceptedSuggestions: undefined })],
    ['with no suggestion in the list', () => ({ acceptedSuggestions: [] })],
    ['with a suggestion of another card', () => ({ acceptedSuggestions: [{ id: randomUUID() }] })],
  ])('%s is refused', async ([, but]) => {
    const { client, card, decisions } = await scene();

    const answer = await client.feedback({ ...accepted(card), ...but('') });

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'feedback[0].acceptedSuggestions' }] } });
    expect(await decisions()).toEqual([]);
  });

  test('whose report was corrected since is refused, and says so', async () => {
    const { source, client, person, card, decisions } = await scene();
    await publish(source, { person, number: 'R-1', status: 'corrected', analytes: [{ loinc: '6690-2', value: '7.20', unit: '10*9/L' }] });

    const answer = await client.feedback(accepted(card));

    expect(answer).toMatchObject({ status: 409, body: { code: 'conflict', errors: [{ path: 'feedback[0]' }] } });
    expect(await decisions()).toEqual([]);
  });
});

describe('an overridden card', () => {
  test('with a reason of the list is a decision against it', async () => {
    const { client, card, decisions } = await scene();

    expect((await client.feedback(overridden(card, '2'))).status).toBe(200);
    expect((await client.feedback(overridden(card, '2'))).status).toBe(200);

    expect(await decisions()).toMatchObject([{ item: 'WBC', decision: 'not-recognised', reasonList: 'national-2022', reason: '2' }]);
  });

  test('takes the comment as the text of the reason', async () => {
    const { client, card, decisions } = await scene();

    await client.feedback(overridden(card, '6', ' 术前复查 '));

    expect(await decisions()).toMatchObject([{ reason: '6', reasonText: '术前复查' }]);
  });

  test.for<[string, Record<string, unknown>, string]>([
    ['for a reason that needs a text, without one', { reason: { code: '6', system: REASONS } }, 'overrideReason.userComment'],
    ['for a reason that needs a text, with blanks', { reason: { code: '6' }, userComment: '   ' }, 'overrideReason.userComment'],
    ['for a reason of no list', { reason: { code: '77', system: REASONS } }, 'overrideReason.reason.code'],
    ['for a reason of another list', { reason: { code: '2', system: 'https://other.example' } }, 'overrideReason.reason.system'],
  ])('%s is refused with the place', async ([, overrideReason, place]) => {
    const { client, card, decisions } = await scene();

    const answer = await client.feedback({ card: card.uuid, outcome: 'overridden', overrideReason });

    expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated', errors: [{ path: `feedback[0].${place}` }] } });
    expect(await decisions()).toEqual([]);
  });

  test.for<[string, Record<string, unknown>]>([
    ['without a reason', {}],
    ['with a comment alone', { overrideReason: { userComment: '不需要' } }],
  ])('%s is unanswered, never a refusal, and stays what it was', async ([, more]) => {
    const { client, card, decisions, sign } = await scene();

    expect((await client.feedback({ card: card.uuid, outcome: 'overridden', ...more })).status).toBe(200);

    expect(await decisions()).toEqual([]);
    expect((await sign()).body.cards[0].uuid).toBe(card.uuid);
    expect((await client.feedback(accepted(card))).status).toBe(200);
  });
});

describe('feedback', () => {
  test('that says something else than before is a conflict: decisions are final', async () => {
    const { client, card, decisions } = await scene();
    await client.feedback(accepted(card));

    expect(await client.feedback(overridden(card, '2'))).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await decisions()).toMatchObject([{ decision: 'recognised' }]);
  });

  test.for([randomUUID(), 'not-a-uuid', '00000000-0000-8000-8000-000000000000'])(
    'on the card "%s", which never was, is 404',
    async (uuid) => {
      const { client } = await scene();

      const answer = await client.feedback({ card: uuid, outcome: 'overridden' });

      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found', errors: [{ path: 'feedback[0].card' }] } });
    },
  );

  test("on another institution's card is 404", async () => {
    const { card } = await scene();
    const other = await cdsClient(gateway.app, await gateway.register());

    expect(await other.feedback(accepted(card))).toMatchObject({ status: 404, body: { errors: [{ path: 'feedback[0].card' }] } });
  });

  test('by another client of the same institution is taken', async () => {
    const { card, receiver } = await scene();
    const other = await cdsClient(gateway.app, receiver);

    expect((await other.feedback(accepted(card))).status).toBe(200);
  });

  test('of several cards is kept as a whole or not at all', async () => {
    const { client, cards, decisions } = await scene(draftOrder('o1', 'WBC'), draftOrder('o2', 'HGB'));

    const answer = await client.feedback(accepted(cards[0]), { card: randomUUID(), outcome: 'overridden' });

    expect(answer).toMatchObject({ status: 404, body: { errors: [{ path: 'feedback[1].card' }] } });
    expect(await decisions()).toEqual([]);
    expect((await client.feedback(accepted(cards[0]), overridden(cards[1], '1'))).status).toBe(200);
    expect(await decisions()).toHaveLength(2);
  });

  test('to no service of ours is 404', async () => {
    const { client, card } = await scene();

    const answer = await client.send('POST', '/cds-services/other/feedback', {
      feedback: [{ ...accepted(card), outcomeTimestamp: new Date().toISOString() }],
    });

    expect(answer).toMatchObject({ status: 404, body: { errors: [{ path: 'id' }] } });
  });

  test.for<[string, unknown]>([
    ['nothing', { feedback: [] }],
    ['another outcome', { feedback: [{ card: 'x', outcome: 'ignored', outcomeTimestamp: '2026-03-01T00:00:00Z' }] }],
    ['no time', { feedback: [{ card: 'x', outcome: 'overridden' }] }],
    ['a list', []],
  ])('that says %s is 400', async ([, body]) => {
    const { client } = await scene();

    expect(await client.send('POST', `${ORDER_ENTRY}/feedback`, body)).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });

  test('is in the access log, with what it came to and nothing of the comment', async () => {
    const { client, card } = await scene();
    await client.feedback(overridden(card, '6', '患者情绪激动'));

    const rows = await gateway.db.select().from(accessLog).where(eq(accessLog.client, client.client));

    expect(rows.map((it) => it.interaction).sort()).toEqual(['checkRecognition', 'decide', 'decideConsent', 'recordFeedback']);
    expect(rows.find((it) => it.interaction === 'recordFeedback')).toMatchObject({
      query: 'recognised=0&not-recognised=1&unanswered=0',
      outcome: 0,
    });
    expect(rows.find((it) => it.interaction === 'decide')).toMatchObject({ practitionerValue: 'D-2002' });
    expect(JSON.stringify(rows, (_, it) => (typeof it === 'bigint' ? String(it) : it))).not.toContain('情绪');
  });
});
