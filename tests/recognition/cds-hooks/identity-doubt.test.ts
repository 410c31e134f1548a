import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../../src/catalogue/rules/presets.seed.ts';
import { cdsClient, draftOrder, PATIENT_ID, prefetchOf, signing } from '../../support/cds.ts';
import { useGateway } from '../../support/gateway.ts';
import { permit, publish } from '../../support/recognition.ts';
import { patientOf, somebody } from '../../support/reports.ts';

const gateway = useGateway();

const NONE = '{"cards":[]}';

/** A patient of two hospitals; the asking one sends its own Patient along. */
async function scene({ name = '周晓岚', ...hospital }: { name?: string; district?: string } = {}) {
  const [source, receiver] = [await gateway.register(), await gateway.register(hospital)];
  const client = await cdsClient(gateway.app, receiver);
  const person = somebody({ name });
  await publish(source, { person });
  await permit(receiver, person);
  const call = (patient: Record<string, unknown>) =>
    client.call({
      ...signing(person, [draftOrder('o1', 'WBC')]),
      prefetch: prefetchOf(person, { patient: patientOf(person, { id: PATIENT_ID, ...patient }) }),
    });
  return { receiver, person, call };
}

describe('a patient whose name is not that of the identity documents', () => {
  test('is in doubt: no card, neither for an order nor when the patient is opened', async () => {
    const { person, call, receiver } = await scene();
    const client = await cdsClient(gateway.app, receiver);

    expect(await call({ name: [{ text: '周晓兰' }] })).toMatchObject({ status: 200, text: NONE });
    const { context } = signing(person, []);
    const prefetch = prefetchOf({ ...person, name: '吴岚' });
    expect(await client.call({ hook: 'patient-view', context, prefetch })).toMatchObject({ status: 200, text: NONE });
    expect((await call({})).body.cards).toHaveLength(1);
  });

  test('gets none either where the rules of the region let the result be read: it is not to be recognised', async () => {
    const operator = await gateway.register({ scopes: ['operator'] });
    const { sources: _, ...national } = PRESETS['national-2022'] ?? {};
    const rules = { ...national, refuseOnIdentityDoubt: false };
    expect((await operator.put('/v1/catalogue/rules/trusting', rules)).status).toBe(201);
    await operator.put('/v1/catalogue/rule-assignments', { assignments: [{ division: '500105', ruleSet: 'trusting' }] });
    const { call } = await scene({ district: '500105' });

    expect((await call({ name: [{ text: '周晓兰' }] })).text).toBe(NONE);
    expect((await call({})).body.cards).toHaveLength(1);
  });
});

test.for<[string, string, Record<string, unknown>]>([
  ['spaces, also wide ones', '周晓岚', { text: ' 周　晓岚 ' }],
  ['family and given name apart', '周晓岚', { family: '周', given: ['晓', '岚'] }],
  ['another dot in it', '阿依古丽·买买提', { text: '阿依古丽•买买提' }],
  ['small, wide letters', 'LIN MIN', { text: 'ｌｉｎ ｍｉｎ' }],
  ['the given name in front', 'Min Lin', { family: 'Lin', given: ['Min'] }],
  ['the family name in front', 'Lin, Min', { family: 'Lin', given: ['Min'] }],
])('the same name with %s is no doubt', async ([, name, written]) => {
  const { call } = await scene({ name });

  expect((await call({ name: [written] })).body.cards).toHaveLength(1);
});

test.for<[string, readonly Record<string, unknown>[]]>([
  ['none', []],
  ['an empty one', [{ text: ' · ' }]],
  ['a pseudonym', [{ use: 'anonymous', text: '某女' }]],
  ['one for the time being', [{ use: 'temp', text: '无名氏' }]],
])('a patient with no name of a document (%s) is who the number says', async ([, name]) => {
  const { call } = await scene();

  expect((await call({ name })).body.cards).toHaveLength(1);
});

describe("a patient who is asked about by the hospital's own number", () => {
  async function numbered() {
    const { receiver, person, call } = await scene();
    const own = { system: 'urn:oid:1.2.3.4', value: `MRN-${person.idCard}` };
    const identifier = [...(patientOf(person)['identifier'] as unknown[]), own];
    expect((await receiver.post('/fhir/Patient', patientOf(person, { identifier }))).status).toBe(201);
    return { call: (more: Record<string, unknown>) => call({ identifier: [own], ...more }) };
  }

  test('and has another birth date than the documents is in doubt', async () => {
    const { call } = await numbered();

    expect((await call({ birthDate: '1950-01-01', gender: undefined })).text).toBe(NONE);
    expect((await call({})).body.cards).toHaveLength(1);
  });

  test.for(['1950', '1950-13-01', '19500101'])('claims nothing by the birth date "%s", which is no day', async (birthDate) => {
    const { call } = await numbered();

    expect((await call({ birthDate })).body.cards).toHaveLength(1);
  });
});
