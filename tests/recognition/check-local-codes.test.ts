import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { LIS, put } from '../catalogue/mappings/mappings.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { amendCatalogue, check, permit, publish } from '../support/recognition.ts';
import { type Analyte, bloodCount, HGB, type Person, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

beforeAll(() => amendCatalogue(gateway.databaseUrl, { GLU: { unit: 'mmol/L', window_minutes: 1_440, window_without_treatment: false } }));

/** Publishes analytes whose codes are the institution's own. */
async function publishLocally(source: CallingSystem, person: Person, analytes: readonly Analyte[]): Promise<void> {
  const bundle = analytes.reduce(
    (text, { loinc }) => text.replaceAll(`"system":"http://loinc.org","code":"${loinc}"`, `"system":"${LIS}","code":"${loinc}"`),
    bloodCount({ person, number: randomUUID(), analytes }),
  );
  expect((await source.post('/fhir', bundle)).status).toBe(200);
}

test('a local code of the source counts as it is mapped, and that of another institution as nothing', async () => {
  const [source, other, receiver] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const person = somebody();
  await put(source, [{ code: 'L-7', item: 'HGB' }]);
  await put(other, [{ code: 'L-7', item: 'WBC' }]);
  await publishLocally(source, person, [{ loinc: 'L-7', value: '131', unit: 'g/L' }]);
  await publishLocally(other, person, [{ loinc: 'L-8', value: '5', unit: '10*9/L' }]);
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['HGB', 'WBC']);

  expect(body.items).toMatchObject([
    { verdict: 'recognisable', others: 0, candidate: { value: '131', source: { uscc: source.uscc } } },
    { verdict: 'none', reasons: [{ code: 'no-result' }] },
  ]);
});

test('a local code of the caller is answered as its item, by which decisions name it', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await put(receiver, [{ code: 'X-1', item: 'HGB' }]);
  await publish(source, { person });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['X-1', `${LIS}|X-1`]);

  expect(body.items).toMatchObject([
    { item: 'HGB', asked: 'X-1', verdict: 'recognisable' },
    { item: 'HGB', asked: `${LIS}|X-1`, verdict: 'recognisable' },
  ]);
  const decided = await receiver.post('/v1/recognition-decisions', {
    check: body.id,
    decisions: [{ item: 'HGB', decision: 'recognised' }],
  });
  expect(decided.status).toBe(201);
});

test('a LOINC code is the item or the panel that has it; one that none has is unknown', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['http://loinc.org|718-7', 'http://loinc.org|58410-2', 'http://loinc.org|1-8']);

  expect(body.items).toMatchObject([
    { item: 'HGB', asked: 'http://loinc.org|718-7', verdict: 'recognisable' },
    { item: 'CBC', asked: 'http://loinc.org|58410-2', verdict: 'reference-only', reasons: [{ code: 'panel-incomplete' }] },
    { item: 'http://loinc.org|1-8', verdict: 'unknown-item' },
  ]);
});

test('a local code that stands for several items is answered like a panel', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await put(receiver, [
    { code: 'X-2', item: 'HGB', equivalence: 'narrower', comment: '组套' },
    { code: 'X-2', item: 'WBC', equivalence: 'narrower', comment: '组套' },
  ]);
  await publish(source, { person, analytes: [HGB, WBC] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['X-2']);

  expect(body.items).toMatchObject([{ item: 'X-2', verdict: 'recognisable', members: [{ item: 'HGB' }, { item: 'WBC' }] }]);
});

test('an unknown code is said to be one, with the items it may mean, and the others are answered', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['HGBB', 'HGB', '完全不相干的项目甲乙丙']);

  expect(body.items).toMatchObject([
    { item: 'HGBB', verdict: 'unknown-item', reasons: [{ code: 'unknown-item' }] },
    { verdict: 'recognisable' },
    { verdict: 'unknown-item' },
  ]);
  expect(body.items[0].nearest.map((it: { item: string }) => it.item)).toContain('HGB');
});

test('a value in another unit is shown as it was reported, and converted beside it', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person, analytes: [{ loinc: '14749-6', value: '5200', unit: 'umol/L' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['GLU']);

  expect(body.items[0]).toMatchObject({
    verdict: 'recognisable',
    candidate: { value: '5200', unit: 'umol/L', converted: { value: expect.stringMatching(/^5\.20*$/), unit: 'mmol/L' } },
  });
});
