import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { reindex } from '../../src/resources/reindex.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { ID_CARD, patientOf, somebody } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';
import { folderOf, isThere } from '../support/testdata.ts';
import { freshDomain, merge, store } from './patients.ts';

const gateway = useGateway();

interface Found {
  readonly status: number;
  readonly total: number;
  readonly matches: readonly { readonly id: string; readonly grade: string; readonly score: number }[];
}

/** Asks who may be the person described. */
async function match(
  hospital: CallingSystem,
  patient: Record<string, unknown>,
  more: { onlyCertainMatches?: boolean; count?: number } = {},
  headers: Record<string, string | undefined> = {},
): Promise<Found> {
  const parameter = [
    { name: 'resource', resource: { resourceType: 'Patient', ...patient } },
    ...(more.onlyCertainMatches === undefined ? [] : [{ name: 'onlyCertainMatches', valueBoolean: more.onlyCertainMatches }]),
    ...(more.count === undefined ? [] : [{ name: 'count', valueInteger: more.count }]),
  ];
  const { status, body } = await hospital.post('/fhir/Patient/$match', { resourceType: 'Parameters', parameter }, headers);
  return { status, total: body.total, matches: (body.entry ?? []).map(readEntry) };
}

interface Entry {
  readonly resource: { readonly id: string };
  readonly search: { readonly score: number; readonly extension: readonly { readonly url: string; readonly valueCode: string }[] };
}

function readEntry({ resource, search }: Entry) {
  expect(search.extension[0]?.url).toBe('http://hl7.org/fhir/StructureDefinition/match-grade');
  return { id: resource.id, grade: search.extension[0]?.valueCode ?? '', score: search.score };
}

/** Somebody without documents. */
const zhou = (more: Record<string, unknown> = {}) => ({ name: [{ text: '周晓岚' }], birthDate: '1985-10-09', gender: 'female', ...more });

describe('ITI-119', () => {
  test('a searchset with scores and grades, the best first', async () => {
    const hospital = await gateway.register();
    const system = freshDomain();
    const numbered = await store(hospital, zhou({ identifier: [{ system, value: '1' }] }));
    const namesake = await store(hospital, zhou());
    const mistyped = await store(hospital, zhou({ birthDate: '1985-09-10' }));
    await store(hospital, zhou({ birthDate: '1950-01-01', gender: 'male' }));

    const answer = await hospital.post('/fhir/Patient/$match', {
      resourceType: 'Parameters',
      parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...zhou({ identifier: [{ system, value: '1' }] }) } }],
    });

    expect(answer).toMatchObject({ status: 200, body: { resourceType: 'Bundle', type: 'searchset', total: 3 } });
    expect(answer.headers['content-type']).toMatch('application/fhir+json');
    expect(answer.body.entry.map(readEntry)).toEqual([
      { id: numbered, grade: 'certain', score: 0.95 },
      { id: namesake, grade: 'probable', score: 0.5 },
      { id: mistyped, grade: 'possible', score: 0.4 },
    ]);
    expect(answer.body.entry[0]).toMatchObject({ fullUrl: `http://gateway.test/fhir/Patient/${numbered}`, search: { mode: 'match' } });
  });

  test('the Patient alone as the body is the same question', async () => {
    const hospital = await gateway.register();
    await store(hospital, zhou());
    const alone = await hospital.post('/fhir/Patient/$match', { resourceType: 'Patient', ...zhou() });

    expect(alone.body.entry).toHaveLength(1);
  });

  test('count cuts the list short, the best stay', async () => {
    const hospital = await gateway.register();
    const [first] = [await store(hospital, zhou()), await store(hospital, zhou({ gender: undefined }))];

    expect(await match(hospital, zhou(), { count: 1 })).toEqual({
      status: 200,
      total: 2,
      matches: [{ id: first, grade: 'probable', score: 0.5 }],
    });
  });

  test('only certain matches: none where it may be several persons, nor where none is certain', async () => {
    const hospital = await gateway.register();
    const system = freshDomain();
    const asked = zhou({ identifier: [{ system, value: '1' }] });
    const only = () => match(hospital, asked, { onlyCertainMatches: true });
    expect(await only()).toEqual({ status: 200, total: 0, matches: [] });
    const uncertain = await store(hospital, zhou());
    expect((await only()).matches).toEqual([]);
    const certain = await store(hospital, asked);
    expect((await only()).matches).toEqual([]);

    // Once the hospital has said that it is one person, it is.
    await merge(hospital, uncertain, { reference: `Patient/${certain}` });

    expect((await only()).matches.map((it) => it.id)).toEqual([certain]);
    // Of one that was merged, the record and its link to the survivor remain to be seen.
    const all = await hospital.post('/fhir/Patient/$match', { resourceType: 'Patient', ...zhou() });
    expect(all.body.entry.find((it: Entry) => it.resource.id === uncertain).resource).toMatchObject({ active: false });
  });

  test.for<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a number', { identifier: [{ system: 'urn:mrn', value: 'M-1' }] }, zhou({ identifier: [{ system: 'urn:mrn', value: 'M-1' }] })],
    ['name and sex', { name: [{ text: '周晓岚' }], gender: 'female' }, zhou()],
    ['a name in its parts, and a year', { name: [{ family: '周', given: ['晓岚'] }], birthDate: '1985' }, zhou()],
    ['birth date and a name with a slip', zhou({ name: [{ text: '周晓兰' }] }), zhou()],
    ['day and month in each other’s place', zhou({ birthDate: '1985-09-10' }), zhou()],
    [
      'a telephone and a name',
      { name: [{ text: '周晓岚' }], telecom: [{ system: 'phone', value: '+86 138 1234 5678' }] },
      zhou({ telecom: [{ system: 'phone', value: '13812345678' }] }),
    ],
  ])('is found by %s', async ([, asked, known]) => {
    const hospital = await gateway.register();
    const id = await store(hospital, known);

    expect((await match(hospital, asked)).matches.map((it) => it.id)).toEqual([id]);
  });

  test('is found by what it says now, not by what it said', async () => {
    const hospital = await gateway.register();
    const id = await store(hospital, zhou());
    const { body } = await hospital.get(`/fhir/Patient/${id}`);
    await hospital.put(`/fhir/Patient/${id}`, { ...body, name: [{ text: '李四' }], birthDate: '1990-01-01', gender: 'male' });

    expect((await match(hospital, zhou())).matches).toEqual([]);
    expect((await match(hospital, { name: [{ text: '李四' }], birthDate: '1990-01-01' })).matches).toHaveLength(1);
  });

  test('is found by a renewed index where it was stored before there was anything to find it by', async () => {
    const hospital = await gateway.register();
    const id = await store(hospital, zhou());
    await gateway.db.$client.query('delete from resource_keys where person = $1', [BigInt(`0x${id.slice(0, 16)}`).toString()]);
    expect((await match(hospital, zhou())).matches).toEqual([]);

    for await (const _ of reindex(gateway.db, 'Patient', undefined, async () => new Map()));

    expect((await match(hospital, zhou())).matches).toHaveLength(1);
  });

  test('a namesake with another identity card is no match', async () => {
    const hospital = await gateway.register();
    const [one, other] = [somebody(), somebody()];
    await store(hospital, patientOf(one));

    expect((await match(hospital, patientOf({ ...other, name: one.name }))).matches).toEqual([]);
  });
});

describe('Patients of other institutions', () => {
  test('are found by number, name and birth date of a document together, with consent, by a named clinician', async () => {
    const [source, reader] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const id = await store(source, patientOf(person));
    expect((await match(reader, patientOf(person))).matches).toEqual([]);

    await permit(reader, person);

    const found = (await match(reader, patientOf(person))).matches.map((it) => it.id);
    expect(found).toContain(id);
    for (const asked of [
      patientOf(person, { birthDate: '1901-02-03' }),
      patientOf(person, { name: [{ text: '李四' }] }),
      { ...patientOf(person), identifier: undefined },
    ]) {
      expect((await match(reader, asked)).matches.map((it) => it.id)).not.toContain(id);
    }
    const unnamed = await match(reader, patientOf(person), {}, { 'x-acting-practitioner': undefined });
    expect(unnamed.matches.map((it) => it.id)).not.toContain(id);
  });

  test('without consent the answer and the statements are those for somebody whom nobody knows', async () => {
    const [source, reader] = [await gateway.register(), await gateway.register()];
    const [known, unknown] = [somebody(), somebody()];
    await store(source, patientOf(known));
    const ask = (person: typeof known) => reader.post('/fhir/Patient/$match', patientOf(person));

    const answers = [await ask(known), await ask(unknown)];

    expect(answers[0]?.text).toBe(answers[1]?.text);
    const statements = await statementsOf(() => ask(known));
    expect(statements).toEqual(await statementsOf(() => ask(unknown)));
    expect(statements).toEqual([
      'find-documents',
      'find-links',
      'find-consents-concerning',
      'find-named-people',
      'find-candidates',
      'find-links-among',
      'insert-access-rows',
    ]);
  });
});

describe('what cannot be asked', () => {
  test.for<[string, object | string, string]>([
    ['nothing anybody could be found by', { resourceType: 'Patient', gender: 'female' }, 'Patient'],
    ['no Patient', { resourceType: 'Parameters', parameter: [{ name: 'count', valueInteger: 1 }] }, 'Parameters.parameter'],
    [
      'another resource',
      { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Group' } }] },
      'Parameters.parameter[0].resource',
    ],
    [
      'two Patients',
      parametersOf([{ name: 'resource', resource: { resourceType: 'Patient', ...zhou() } }]),
      'Parameters.parameter[1].name',
    ],
    ['an unknown parameter', parametersOf([{ name: 'threshold', valueDecimal: 0.5 }]), 'Parameters.parameter[1].name'],
    ['a count of nothing', parametersOf([{ name: 'count', valueInteger: 0 }]), 'Parameters.parameter[1].valueInteger'],
    ['a count that is no number', parametersOf([{ name: 'count', valueString: '1' }]), 'Parameters.parameter[1].valueInteger'],
    ['a flag that is none', parametersOf([{ name: 'onlyCertainMatches', valueString: 'true' }]), 'Parameters.parameter[1].valueBoolean'],
    ['nine names', { resourceType: 'Patient', name: Array.from({ length: 9 }, (_, it) => ({ text: `名${it}` })) }, 'Patient.name'],
    ['rules of its own', { resourceType: 'Patient', ...zhou(), implicitRules: 'urn:rules' }, 'Patient.implicitRules'],
    ['a sex that is none', { resourceType: 'Patient', ...zhou({ gender: 'f' }) }, 'Patient.gender'],
    ['an element that is none', { resourceType: 'Patient', ...zhou({ sex: 'female' }) }, 'Patient.sex'],
  ])('%s: 400, with the path', async ([, body, path]) => {
    const hospital = await gateway.register();

    const answer = await hospital.post('/fhir/Patient/$match', body);

    expect(answer.status).toBe(400);
    expect(answer.body.issue.map((it: { expression: readonly string[] }) => it.expression[0])).toContain(path);
  });

  test('more than a description of one person: 413', async () => {
    const hospital = await gateway.register();
    const photo = [{ contentType: 'image/png', data: 'A'.repeat(64 * 1024) }];

    expect((await hospital.post('/fhir/Patient/$match', { resourceType: 'Patient', ...zhou({ photo }) })).status).toBe(413);
  });

  test('without the scope', async () => {
    const hospital = await gateway.register();
    const reader = await gateway.clientOf(hospital.institution, hospital.uscc, ['system/Patient.r']);

    expect((await match(reader, zhou())).status).toBe(403);
  });
});

function parametersOf(more: readonly object[]): object {
  return { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...zhou() } }, ...more] };
}

test('every person found has an entry in the access log before the answer leaves; nobody found has one too', async () => {
  const hospital = await gateway.register();
  const ids = [await store(hospital, zhou()), await store(hospital, zhou())];
  await match(hospital, zhou());
  await match(hospital, { name: [{ text: randomUUID() }], birthDate: '1901-01-01' });

  const { rows } = await gateway.db.$client.query(
    "select action, person::text, query, entities from access_log where institution = $1 and interaction = 'matchPatient' order by entities desc",
    [hospital.institution],
  );

  expect(rows.map((it) => it.action)).toEqual(['E', 'E', 'E']);
  expect(rows.map((it) => it.entities)).toEqual([
    ...ids
      .map((it) => [`Patient/${it}/_history/1`])
      .toSorted()
      .toReversed(),
    [],
  ]);
  expect(rows.map((it) => it.person)).toEqual([
    ...ids
      .toSorted()
      .toReversed()
      .map((it) => BigInt(`0x${it.slice(0, 16)}`).toString()),
    '0',
  ]);
  expect(rows[0].query).toContain('POST Patient/$match {');
});

test.skipIf(!isThere('pdqm'))('the example of the profile: John Schmidt is certain', async () => {
  const hospital = await gateway.register();
  const read = async (name: string) => JSON.parse(await readFile(new URL(name, folderOf('pdqm')), 'utf8'));
  const id = await store(hospital, { ...(await read('Patient-ex-patient.json')), id: undefined });

  for (const name of ['patient-only', 'count', 'onlyCertainMatches']) {
    const answer = await hospital.post('/fhir/Patient/$match', await read(`Parameters-ex-match-input-${name}.json`));
    expect(answer, name).toMatchObject({ status: 200, body: { type: 'searchset', total: 1 } });
    expect(answer.body.entry.map(readEntry)).toEqual([{ id, grade: 'certain', score: 1 }]);
  }
});

test('an identity card with a wrong check character is no document: it neither refuses nor parts anybody', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const id = await store(hospital, patientOf(person));
  const wrong = person.idCard.slice(0, 17) + (person.idCard.endsWith('1') ? '2' : '1');

  expect(await match(hospital, patientOf(person, { identifier: [{ system: ID_CARD, value: wrong }] }))).toMatchObject({
    status: 200,
    matches: [{ id, grade: 'probable' }],
  });
});
