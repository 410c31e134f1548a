import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { countOf, referenceTo } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { bloodCount, ID_CARD, type Person, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const FULL_WIDTH = (text: string): string => [...text].map((it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0)).join('');
const PASSPORT = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PPN' }] };
const passport = (value: string) => ({ type: PASSPORT, system: 'urn:oid:2.16.156.10011.1.999', value });

/** Reports that a clinician of the reader finds when asking for one of the source's Patients. */
async function reportsOf(reader: CallingSystem, patient: string): Promise<readonly string[]> {
  const { body } = await reader.get(`/fhir/${patient}/$prior-results`, {
    'x-purpose-of-use': 'BTG',
    'x-break-glass-reason': 'unconscious',
  });
  return (body.entry ?? []).flatMap((it: { resource: { id: string; resourceType: string } }) =>
    it.resource.resourceType === 'DiagnosticReport' ? [it.resource.id] : [],
  );
}

/** Two hospitals publish a report each, the second about the patient as it writes it; whether both are found from the first. */
async function areOne(first: Record<string, unknown>, second: Record<string, unknown>): Promise<boolean> {
  const [one, other] = [await gateway.register(), await gateway.register()];
  const patients = [];
  const reports = [];
  for (const [hospital, patient] of [[one, first] as const, [other, second] as const]) {
    const created = await hospital.post('/fhir/Patient', { resourceType: 'Patient', ...patient });
    if (created.status !== 201) throw new Error(created.text);
    const report = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: '血常规' },
      subject: { reference: `Patient/${created.body.id}` },
    };
    patients.push(`Patient/${created.body.id}`);
    reports.push((await hospital.post('/fhir/DiagnosticReport', report)).body.id);
  }
  const found = [await reportsOf(one, patients[0] as string), await reportsOf(other, patients[1] as string)].map((it) => it.toSorted());
  const all = reports.toSorted();
  expect(found).toEqual(found[0]?.length === 2 ? [all, all] : reports.map((it) => [it]));
  return found[0]?.length === 2;
}

/** Somebody whose number ends in X. */
function somebodyX(): Person {
  for (;;) {
    const person = somebody();
    if (person.idCard.endsWith('X')) return person;
  }
}

describe('two hospitals mean one person', () => {
  test.for<[string, (person: Person) => Record<string, unknown>]>([
    ['by the same number, name and birth date', (it) => patientOf(it)],
    ['with a small x', (it) => patientOf({ ...it, idCard: it.idCard.toLowerCase() })],
    ['in full width', (it) => patientOf({ ...it, idCard: FULL_WIDTH(it.idCard) })],
    ['with spaces', (it) => patientOf({ ...it, idCard: ` ${it.idCard.slice(0, 6)} ${it.idCard.slice(6)} ` })],
    ['with spaces in the name', (it) => patientOf(it, { name: [{ text: ' 周 晓 岚 ' }] })],
    ['with the name in its parts', (it) => patientOf(it, { name: [{ family: '周', given: ['晓岚'] }] })],
    ['without a sex', (it) => patientOf(it, { gender: undefined })],
    [
      'with a number of the hospital beside it',
      (it) =>
        patientOf(it, {
          identifier: [
            { system: `urn:mrn:${randomUUID()}`, value: '1' },
            { system: ID_CARD, value: it.idCard },
          ],
        }),
    ],
    ['with a passport beside it', (it) => patientOf(it, { identifier: [{ system: ID_CARD, value: it.idCard }, passport(randomUUID())] })],
  ])('%s', async ([, written]) => {
    const person = somebodyX();

    expect(await areOne(patientOf(person), written(person))).toBe(true);
  });

  test.for<[string, object, object]>([
    ['given before family', { family: 'Smith', given: ['John', 'Paul'] }, { text: 'John Paul Smith' }],
    ['family before given', { family: 'Smith', given: ['John', 'Paul'] }, { text: 'SMITH, John Paul' }],
    ['the dot of a minority name', { text: '阿卜杜拉·买买提' }, { text: '阿卜杜拉•买买提' }],
    ['a minority name without its dot', { text: '阿卜杜拉·买买提' }, { text: '阿卜杜拉买买提' }],
    ['a hyphen', { family: 'García-López', given: ['Ana'] }, { text: 'ana garcía lópez' }],
  ])('whose name is written another way: %s', async ([, name, other]) => {
    const person = somebody();

    expect(await areOne(patientOf(person, { name: [name] }), patientOf(person, { name: [other] }))).toBe(true);
  });

  test('by a passport', async () => {
    const number = randomUUID();
    const traveller = (value: string) => ({ identifier: [passport(value)], name: [{ text: 'John Smith' }], birthDate: '1980-05-06' });

    expect(await areOne(traveller(number), traveller(number.toUpperCase().replaceAll('-', ' ')))).toBe(true);
  });
});

describe('two hospitals do not mean one person', () => {
  test.for<[string, (person: Person) => Record<string, unknown>]>([
    ['with no document', ({ name, birthDate }) => ({ name: [{ text: name }], birthDate })],
    [
      'with numbers of the hospital alone',
      ({ name, birthDate }) => ({ identifier: [{ system: 'urn:mrn', value: '1' }], name: [{ text: name }], birthDate }),
    ],
    [
      'with a former number',
      ({ idCard, name, birthDate }) => ({
        identifier: [{ use: 'old', system: ID_CARD, value: idCard }],
        name: [{ text: name }],
        birthDate,
      }),
    ],
    [
      'with a document of no kind',
      ({ name, birthDate, idCard }) => ({ identifier: [{ system: 'urn:other', value: idCard }], name: [{ text: name }], birthDate }),
    ],
  ])('%s', async ([, written]) => {
    const person = somebody();

    expect(await areOne(written(person), written(person))).toBe(false);
  });

  test('with the same passport number of two countries', async () => {
    const number = randomUUID();
    const traveller = (system: string) => ({
      identifier: [{ ...passport(number), system }],
      name: [{ text: 'John Smith' }],
      birthDate: '1980-05-06',
    });

    expect(await areOne(traveller('urn:passport:gb'), traveller('urn:passport:us'))).toBe(false);
  });
});

describe('a document that is known with somebody else: 422, the element is named, nothing is stored', () => {
  test.for<[string, (person: Person) => Record<string, unknown>, string, string]>([
    ['another name', (it) => patientOf(it, { name: [{ text: '周晓兰' }] }), 'Bundle.entry[3].resource.name', 'identity-mismatch'],
    [
      'another birth date than the number’s',
      (it) => patientOf(it, { birthDate: '1901-02-03' }),
      'Bundle.entry[3].resource.birthDate',
      'rule-violated',
    ],
    [
      'another sex than the number’s',
      (it) => patientOf(it, { gender: it.gender === 'male' ? 'female' : 'male' }),
      'Bundle.entry[3].resource.gender',
      'rule-violated',
    ],
    [
      'a wrong check character',
      (it) => patientOf({ ...it, idCard: it.idCard.slice(0, 17) + (it.idCard.endsWith('1') ? '2' : '1') }),
      'Bundle.entry[3].resource.identifier[0].value',
      'rule-violated',
    ],
    ['no name', (it) => patientOf(it, { name: undefined }), 'Bundle.entry[3].resource.name', 'rule-violated'],
    ['no birth date', (it) => patientOf(it, { birthDate: undefined }), 'Bundle.entry[3].resource.birthDate', 'rule-violated'],
  ])('%s', async ([, written, path, code]) => {
    const [source, hospital] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    await publish(source, { person });

    const answer = await hospital.post('/fhir', bloodCount({ person, number: randomUUID(), patient: written(person) }), {
      'accept-language': 'zh',
    });

    expect(answer).toMatchObject({
      status: 422,
      body: { resourceType: 'OperationOutcome', issue: [{ code: 'business-rule', expression: [path], details: { coding: [{ code }] } }] },
    });
    expect(answer.body.issue[0].details.text).toMatch(/\p{Script=Han}/u);
    // What is known of the person stays with those who know it.
    expect(answer.text).not.toContain(person.name);
    for (const type of ['Patient', 'DiagnosticReport', 'Observation']) expect(await countOf(hospital, type)).toBe(0);
  });

  test('a passport with another birth date', async () => {
    const [source, hospital] = [await gateway.register(), await gateway.register()];
    const traveller = {
      resourceType: 'Patient',
      identifier: [passport(randomUUID())],
      name: [{ text: 'John Smith' }],
      birthDate: '1980-05-06',
    };
    await source.post('/fhir/Patient', traveller);

    const answer = await hospital.post('/fhir/Patient', { ...traveller, birthDate: '1980-05-07' });

    expect(answer).toMatchObject({
      status: 422,
      body: { issue: [{ expression: ['Patient.birthDate'], details: { coding: [{ code: 'identity-mismatch' }] } }] },
    });
  });
});

test('an update that shows the document of somebody known joins the two: from either, the results of both are found', async () => {
  const [one, other, reader] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const person = somebody();
  const known = await one.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const unnamed = await other.post('/fhir/Patient', {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:mrn', value: randomUUID() }],
    name: [{ text: person.name }],
  });
  const subject = { reference: `Patient/${unnamed.body.id}` };
  const report = await other.post('/fhir/DiagnosticReport', {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: '血常规' },
    subject,
  });
  const reports = [referenceTo(known.body, 'DiagnosticReport').split('/')[1], report.body.id].toSorted();
  expect(await reportsOf(reader, subject.reference)).toEqual([report.body.id]);

  const joined = await other.put(`/fhir/${subject.reference}`, { ...unnamed.body, ...patientOf(person), id: unnamed.body.id });

  expect(joined.status).toBe(200);
  for (const patient of [subject.reference, referenceTo(known.body, 'Patient')]) {
    expect((await reportsOf(reader, patient)).toSorted()).toEqual(reports);
  }
  // A consent given at the one hospital counts for what the other published.
  await permit(reader, person);
  const { body } = await reader.get(`/fhir/${subject.reference}/$prior-results`);
  expect(body.entry.filter((it: { search: { mode: string } }) => it.search.mode === 'match')).toHaveLength(2);
});

test('ids of one person do not tell that it is one person to somebody who may not know', async () => {
  const [one, other] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const mine = await one.post('/fhir/Patient', patientOf(person));
  const theirs = await other.post('/fhir/Patient', patientOf(person));

  expect((await other.get(`/fhir/Patient/${mine.body.id}`)).status).toBe(404);
  expect((await one.get(`/fhir/Patient?_id=${theirs.body.id}`)).body).not.toHaveProperty('entry');
  expect((await one.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`)).body.entry).toHaveLength(1);
});
