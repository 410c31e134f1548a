import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { cdsCards } from '../../../src/recognition/cds-hooks/cds-card.tables.ts';
import { cdsClient, draftOrder, PRACTITIONER, prefetchOf, signing } from '../../support/cds.ts';
import { useGateway } from '../../support/gateway.ts';
import { permit, publish } from '../../support/recognition.ts';
import { somebody } from '../../support/reports.ts';

const gateway = useGateway();

const SYSTEM = 'urn:oid:2.16.156.10011.1.4';
const WU_FAN = { ...PRACTITIONER, id: 'doc-2', identifier: [{ system: SYSTEM, value: 'D-3003' }], name: [{ text: '吴帆' }] };

/** A hospital whose clinicians Lin Min and Wu Fan sign the same order in one visit. */
async function scene() {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody();
  await publish(source, { person });
  await permit(receiver, person);
  const sign = async (user: typeof PRACTITIONER | typeof WU_FAN) => {
    const wish = signing(person, [draftOrder('o1', 'WBC')], { userId: `Practitioner/${user.id}` });
    return (await client.call({ ...wish, prefetch: prefetchOf(person, { user }) })).body.cards;
  };
  const decisions = async () => (await receiver.get('/v1/recognition-decisions')).body.decisions;
  return { receiver, client, sign, decisions };
}

const accepted = (card: { uuid: string; suggestions: { uuid: string }[] }) => ({
  card: card.uuid,
  outcome: 'accepted',
  acceptedSuggestions: [{ id: card.suggestions[0]?.uuid }],
});

test('each clinician of a visit has a card of their own, and it stays the same', async () => {
  const { client, sign } = await scene();

  const [[hers], [his]] = [await sign(PRACTITIONER), await sign(WU_FAN)];

  expect(his.uuid).not.toBe(hers.uuid);
  expect([(await sign(PRACTITIONER))[0].uuid, (await sign(WU_FAN))[0].uuid]).toEqual([hers.uuid, his.uuid]);
  const rows = await gateway.db.select().from(cdsCards).where(eq(cdsCards.client, client.client));
  expect(new Set(rows.map((it) => it.clinician))).toEqual(new Set([`${SYSTEM}|D-2002`, `${SYSTEM}|D-3003`]));
  // However many clinicians are reminded, it is one item of one visit.
  expect(new Set(rows.map((it) => `${it.visit} ${it.item}`)).size).toBe(1);
});

test('the second one decides under their own name, and then neither is reminded any more', async () => {
  const { client, sign, decisions } = await scene();
  await sign(PRACTITIONER);
  const [his] = await sign(WU_FAN);

  expect((await client.feedback(accepted(his))).status).toBe(200);

  expect(await decisions()).toMatchObject([
    { item: 'WBC', decision: 'recognised', practitioner: { system: SYSTEM, value: 'D-3003', name: '吴帆' } },
  ]);
  expect(await sign(PRACTITIONER)).toEqual([]);
  expect(await sign(WU_FAN)).toEqual([]);
});

test('both who accept at once decide under their names, and what they save is counted once', async () => {
  const { receiver, client, sign, decisions } = await scene();
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'WBC', amountFen: 1_500 }] });
  const [[hers], [his]] = [await sign(PRACTITIONER), await sign(WU_FAN)];

  const answers = await Promise.all([client.feedback(accepted(hers)), client.feedback(accepted(his))]);

  expect(answers.map((it) => it.status)).toEqual([200, 200]);
  const made = (await decisions()) as { practitioner: { value: string }; saving: { posted: boolean } }[];
  expect(made.map((it) => it.practitioner.value).sort()).toEqual(['D-2002', 'D-3003']);
  expect(made.filter((it) => it.saving.posted)).toHaveLength(1);
});
