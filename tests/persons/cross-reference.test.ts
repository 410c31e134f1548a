import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { ID_CARD, patientOf, somebody } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';
import { folderOf, isThere } from '../support/testdata.ts';
import { crossReferenced, freshDomain, store } from './patients.ts';

const gateway = useGateway();

/** A hospital with a patient of several numbers. */
async function hospitalWithNumbers() {
  const hospital = await gateway.register();
  const [red, green, blue] = [freshDomain(), freshDomain(), freshDomain()];
  const numbers = { red: `${red}|R-1`, green: `${green}|G-1`, blue: `${blue}|B-1` };
  const identifier = Object.values(numbers).map((it) => ({ system: it.split('|')[0], value: it.split('|')[1] }));
  const id = await store(hospital, { identifier, name: [{ text: '周晓岚' }] });
  return { hospital, red, green, blue, numbers, id };
}

describe('trap 62: PIXm codes, and the source identifier is not in the answer', () => {
  test('all other identifiers and the Patient, by GET and by POST', async () => {
    const { hospital, numbers, id } = await hospitalWithNumbers();

    expect(await crossReferenced(hospital, numbers.red)).toEqual({
      status: 200,
      identifiers: [numbers.green, numbers.blue].toSorted(),
      ids: [id],
    });
    const posted = await hospital.post('/fhir/Patient/$ihe-pix', {
      resourceType: 'Parameters',
      parameter: [{ name: 'sourceIdentifier', valueString: numbers.red }],
    });
    expect(posted.body).toEqual((await hospital.get(`/fhir/Patient/$ihe-pix?sourceIdentifier=${encodeURIComponent(numbers.red)}`)).body);
  });

  test('only the domains asked for', async () => {
    const { hospital, red, green, blue, numbers, id } = await hospitalWithNumbers();

    expect(await crossReferenced(hospital, numbers.red, [blue])).toEqual({ status: 200, identifiers: [numbers.blue], ids: [id] });
    expect(await crossReferenced(hospital, numbers.red, [blue, green])).toMatchObject({
      identifiers: [numbers.blue, numbers.green].toSorted(),
    });
    // Of its own domain there is nothing but itself: the Patient remains.
    expect(await crossReferenced(hospital, numbers.red, [red])).toEqual({ status: 200, identifiers: [], ids: [id] });
    expect(await crossReferenced(hospital, numbers.red, [`${PUBLIC_URL}/fhir`])).toEqual({ status: 200, identifiers: [], ids: [id] });
  });

  test('a Patient named by its logical id, in both forms; it is left out itself', async () => {
    const { hospital, numbers, id } = await hospitalWithNumbers();
    const all = Object.values(numbers).toSorted();

    expect(await crossReferenced(hospital, `${PUBLIC_URL}/fhir|Patient/${id}`)).toEqual({ status: 200, identifiers: all, ids: [] });
    expect(await crossReferenced(hospital, `${PUBLIC_URL}/fhir/Patient|${id}`)).toEqual({ status: 200, identifiers: all, ids: [] });
  });

  test('an identifier comes as it was published', async () => {
    const hospital = await gateway.register();
    const [one, other] = [freshDomain(), freshDomain()];
    const weight = '{"url":"urn:weight","valueDecimal":1.50}';
    const text = `{"resourceType":"Patient","identifier":[{"system":"${one}","value":"1"},{"extension":[${weight}],"value":"2","system":"${other}"}]}`;
    expect((await hospital.post('/fhir/Patient', text)).status).toBe(201);

    const { text: answer } = await hospital.get(`/fhir/Patient/$ihe-pix?sourceIdentifier=${one}|1`);

    expect(answer).toContain(`"valueIdentifier":{"extension":[${weight}],"value":"2","system":"${other}"}`);
  });

  test.for<[string, (known: string) => string, number, string, string]>([
    ['a value nobody has', (it) => `sourceIdentifier=${it}|none`, 404, 'not-found', 'sourceIdentifier Patient Identifier not found'],
    [
      'an unknown source domain',
      () => 'sourceIdentifier=urn:nowhere|1',
      400,
      'code-invalid',
      'sourceIdentifier Assigning Authority not found',
    ],
    [
      'an unknown target domain',
      (it) => `sourceIdentifier=${it}|R-1&targetSystem=urn:nowhere`,
      403,
      'code-invalid',
      'targetSystem not found',
    ],
    [
      'one unknown among known ones',
      (it) => `sourceIdentifier=${it}|R-1&targetSystem=${it}&targetSystem=urn:nowhere`,
      403,
      'code-invalid',
      'targetSystem not found',
    ],
    [
      'an unknown target for an unknown value',
      (it) => `sourceIdentifier=${it}|none&targetSystem=urn:nowhere`,
      403,
      'code-invalid',
      'targetSystem not found',
    ],
    ['no source', () => '', 400, 'required', 'sourceIdentifier: is missing'],
    ['two sources', (it) => `sourceIdentifier=${it}|1&sourceIdentifier=${it}|2`, 400, 'value', 'sourceIdentifier: must be given once'],
    ['a source without a system', () => 'sourceIdentifier=|1', 400, 'value', 'sourceIdentifier: must be <system>|<value>'],
    ['a source without a bar', () => 'sourceIdentifier=R-1', 400, 'value', 'sourceIdentifier: must be <system>|<value>'],
    ['a source without a value', (it) => `sourceIdentifier=${it}|`, 400, 'value', 'sourceIdentifier: must be <system>|<value>'],
    ['another parameter', (it) => `sourceIdentifier=${it}|R-1&target=1`, 400, 'value', 'target: is not a parameter of this operation'],
    [
      'an id that was never given',
      () => `sourceIdentifier=${PUBLIC_URL}/fhir|Patient/${'0'.repeat(32)}`,
      404,
      'not-found',
      'sourceIdentifier Patient Identifier not found',
    ],
  ])('%s', async ([, query, status, code, diagnostics]) => {
    const { hospital, red } = await hospitalWithNumbers();

    const answer = await hospital.get(`/fhir/Patient/$ihe-pix?${query(red)}`);

    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] } });
    const chinese = await hospital.get(`/fhir/Patient/$ihe-pix?${query(red)}`, { 'accept-language': 'zh-CN' });
    expect(chinese.body.issue[0].diagnostics).toMatch(/\p{Script=Han}/u);
  });

  test('a Parameters resource is what the body must be', async () => {
    const hospital = await gateway.register();

    expect((await hospital.post('/fhir/Patient/$ihe-pix', { resourceType: 'Patient' })).status).toBe(400);
    expect((await hospital.post('/fhir/Patient/$ihe-pix', '{')).status).toBe(400);
  });

  test('without the scope nothing is told', async () => {
    const { hospital, numbers } = await hospitalWithNumbers();
    const reader = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/Patient.r']);

    expect((await crossReferenced(reader, numbers.red)).status).toBe(403);
  });
});

describe('identifiers of other institutions', () => {
  /** Two hospitals know one person by the identity card, each with a number of its own. */
  async function twoHospitals() {
    const [one, other] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const card = { system: ID_CARD, value: person.idCard };
    const [mine, theirs] = [freshDomain(), freshDomain()];
    const mineId = await store(one, patientOf(person, { identifier: [card, { system: mine, value: 'M-1' }] }));
    const theirsId = await store(other, patientOf(person, { identifier: [card, { system: theirs, value: 'T-1' }] }));
    return { one, other, person, mine, theirs, mineId, theirsId };
  }

  test('are shown with consent, from either source, and only to a named clinician', async () => {
    const { one, person, mine, theirs, mineId, theirsId } = await twoHospitals();
    const before = await crossReferenced(one, `${mine}|M-1`);
    expect(before).toEqual({ status: 200, identifiers: [`${ID_CARD}|${person.idCard}`], ids: [mineId] });

    await permit(one, person);

    expect(await crossReferenced(one, `${mine}|M-1`)).toEqual({
      status: 200,
      identifiers: [`${ID_CARD}|${person.idCard}`, `${theirs}|T-1`].toSorted(),
      ids: [mineId, theirsId].toSorted(),
    });
    expect(await crossReferenced(one, `${theirs}|T-1`, [mine])).toEqual({ status: 200, identifiers: [`${mine}|M-1`], ids: [mineId] });
    expect(await crossReferenced(one, `${mine}|M-1`, [], { 'x-acting-practitioner': undefined })).toEqual(before);
  });

  test('before consent the answer is the one that would be given if only the own existed, by the same statements', async () => {
    const { one, person, theirs } = await twoHospitals();
    const stranger = await gateway.register();
    const known = `/fhir/Patient/$ihe-pix?sourceIdentifier=${theirs}|T-1`;
    const unknown = `/fhir/Patient/$ihe-pix?sourceIdentifier=${theirs}|T-2`;
    const ofCard = (value: string) => `/fhir/Patient/$ihe-pix?sourceIdentifier=${ID_CARD}|${value}`;

    for (const [there, absent] of [
      [known, unknown],
      [ofCard(person.idCard), ofCard(somebody().idCard)],
    ] as const) {
      const answers = [await stranger.get(there), await stranger.get(absent)];
      expect(answers.map((it) => it.status)).toEqual([404, 404]);
      expect(answers[0]?.text).toBe(answers[1]?.text);
      const statements = await statementsOf(() => stranger.get(there));
      expect(statements).toEqual(await statementsOf(() => stranger.get(absent)));
      expect(statements).toHaveLength(8);
    }
    expect((await one.get(known)).status).toBe(404);
  });

  test('a number that two people have names neither', async () => {
    const hospital = await gateway.register();
    const system = freshDomain();
    for (const name of ['甲一', '乙二']) await store(hospital, { identifier: [{ system, value: '1' }], name: [{ text: name }] });

    expect((await crossReferenced(hospital, `${system}|1`)).status).toBe(404);
  });

  test('the own patient is meant by a number that another institution has given too', async () => {
    const [hospital, other] = [await gateway.register(), await gateway.register()];
    const system = freshDomain();
    const patient = { identifier: [{ system, value: '1' }] };
    const ids = [await store(other, patient), await store(hospital, patient)];
    // However many others have given it.
    for (let it = 0; it < 60; it++) await store(other, patient);

    expect(await crossReferenced(hospital, `${system}|1`)).toEqual({ status: 200, identifiers: [], ids: ids.slice(1) });
  });

  test('what is found is in the access log before it leaves, under the person, with what was asked', async () => {
    const { hospital, numbers, id } = await hospitalWithNumbers();
    await crossReferenced(hospital, numbers.red);

    const { rows } = await gateway.db.$client.query(
      "select action, person::text, query, entities from access_log where institution = $1 and interaction = 'crossReferencePatient'",
      [hospital.institution],
    );
    expect(rows).toEqual([
      {
        action: 'E',
        person: BigInt(`0x${id.slice(0, 16)}`).toString(),
        query: expect.stringContaining('GET Patient/$ihe-pix?sourceIdentifier='),
        entities: [`Patient/${id}/_history/1`],
      },
    ]);
  });
});

// IHE's own.
test.skipIf(!isThere('pixm'))('the example of the profile: Alice Mohr, from red to blue', async () => {
  const hospital = await gateway.register();
  const alice = JSON.parse(await readFile(new URL('Patient-MohrAlice.json', folderOf('pixm')), 'utf8'));
  const id = await store(hospital, { ...alice, id: undefined });
  const [red, blue, green] = ['1000', '3000', '2000'].map((it) => `urn:oid:1.3.6.1.4.1.21367.13.20.${it}`) as [string, string, string];

  expect(await crossReferenced(hospital, `${red}|IHERED-994`, [blue, green])).toEqual({
    status: 200,
    identifiers: [`${green}|IHEGREEN-994`, `${blue}|IHEBLUE-994`].toSorted(),
    ids: [id],
  });
});

test('a domain becomes known with the first Patient that carries it, whoever published it', async () => {
  const [one, other] = [await gateway.register(), await gateway.register()];
  const system = freshDomain();
  expect((await crossReferenced(other, `${system}|1`)).status).toBe(400);

  await store(one, { identifier: [{ system, value: randomUUID() }] });

  expect((await crossReferenced(other, `${system}|1`)).status).toBe(404);
});
