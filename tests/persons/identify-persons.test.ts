import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { post, transaction } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { ID_CARD, type Person, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();
const PASSPORT = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PPN' }] };

const card = ({ idCard }: Person) => ({ system: ID_CARD, value: idCard });
const passport = (value: string) => ({ type: PASSPORT, system: 'urn:oid:2.16.156.10011.1.999', value });

async function create(hospital: CallingSystem, patient: object): Promise<string> {
  const answer = await hospital.post('/fhir/Patient', patient);
  if (answer.status !== 201) throw new Error(answer.text);
  return /Patient\/([^/]+)/.exec(String(answer.headers['location']))?.[1] ?? '';
}

/** Whether the permit of the first shows a result of the second. */
async function showsResultsOf(first: Person, second: Person): Promise<boolean> {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  await publish(source, { person: second });
  await permit(reader, first);
  const answer = await check(reader, first, ['WBC']);
  return answer.body.items[0].verdict !== 'none';
}

describe('two human beings are never made one', () => {
  it('a new version that makes somebody else of a Patient is refused, and links nobody', async () => {
    const hospital = await gateway.register();
    const [first, second] = [somebody({ name: '甲一' }), somebody({ name: '乙二' })];
    const id = await create(hospital, patientOf(first));

    const answer = await hospital.put(`/fhir/Patient/${id}`, { ...patientOf(second), id });

    expect(answer.status).toBe(422);
    expect(answer.body.issue.map((it: { expression: string[] }) => it.expression[0])).toContain('Patient.name');
    expect(await showsResultsOf(first, second)).toBe(false);
  });

  it('nor may it do so by leaving the documents out', async () => {
    const hospital = await gateway.register();
    const first = somebody({ name: '甲一' });
    const id = await create(hospital, patientOf(first));

    const answer = await hospital.put(`/fhir/Patient/${id}`, { ...patientOf(first), id, identifier: undefined, name: [{ text: '乙二' }] });

    expect(answer.status).toBe(422);
  });

  it('a Patient with the identity cards of two namesakes of one birth date is refused', async () => {
    const hospital = await gateway.register();
    const first = somebody();
    const [, second] = namesakes(first);
    await create(hospital, patientOf(first));
    await create(hospital, patientOf(second));

    const answer = await hospital.post('/fhir/Patient', patientOf(first, { identifier: [card(first), card(second)] }));

    expect(answer.status).toBe(422);
    expect(answer.body.issue[0].expression).toEqual(['Patient.identifier']);
    expect(await showsResultsOf(first, second)).toBe(false);
  });

  it('a passport that leads to one namesake and a card that leads to the other are refused, in one request as in two', async () => {
    const hospital = await gateway.register();
    const [first, second] = namesakes(somebody());
    const shared = passport(randomUUID());
    const both = [first, second].map((it) => patientOf(it, { identifier: [card(it), shared] }));
    const [one, other] = both as [Record<string, unknown>, Record<string, unknown>];

    const together = await hospital.post('/fhir', transaction(post({ ...one }), post({ ...other })));
    await create(hospital, one);
    const later = await hospital.post('/fhir/Patient', other);

    expect([together.status, later.status]).toEqual([422, 422]);
  });
});

describe('a new version of the same human being is taken', () => {
  it('with another document, without its birth date, or with the documents left out', async () => {
    const hospital = await gateway.register();
    const person = somebody();
    const id = await create(hospital, patientOf(person));
    const versions = [
      patientOf(person, { id, identifier: [card(person), passport(randomUUID())] }),
      patientOf(person, { id, identifier: undefined, birthDate: undefined, gender: 'unknown' }),
      patientOf(person, { id, name: [{ text: person.name }, { text: '周小岚' }] }),
    ];
    for (const version of versions) expect((await hospital.put(`/fhir/Patient/${id}`, version)).status).toBe(200);
  });

  it('and an unknown patient gets a name and a card', async () => {
    const hospital = await gateway.register();
    const id = await create(hospital, { resourceType: 'Patient', name: [{ text: '无名氏' }] });

    expect((await hospital.put(`/fhir/Patient/${id}`, { ...patientOf(somebody()), id })).status).toBe(200);
  });
});

it('a list of names is no proof: a document takes eight at most', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const names = (count: number) => Array.from({ length: count }, (_, index) => ({ text: index === 0 ? person.name : `别名${index}` }));

  expect((await hospital.post('/fhir/Patient', patientOf(person, { name: names(9) }))).status).toBe(422);
  expect((await hospital.post('/fhir/Patient', patientOf(person, { name: names(8) }))).status).toBe(201);
});

/** Two people with one name and birth date: their cards differ in the running number. */
function namesakes(first: Person): [Person, Person] {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sequence = String((Number(first.idCard.slice(14, 17)) + 2) % 1000).padStart(3, '0');
  // Another county than any other test's people live in.
  const digits = `500101${first.idCard.slice(6, 14)}${sequence}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return [first, { ...first, idCard: `${digits}${'10X98765432'[sum % 11]}` }];
}
