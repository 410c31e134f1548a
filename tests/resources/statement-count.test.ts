import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { type Analyte, bloodCount, ID_CARD, patientOf, somebody } from '../support/reports.ts';
import { statementsOf as statementsSent } from '../support/statements.ts';

const gateway = useGateway();

/** So many results of a report, each of a code of its own. */
function analytes(count: number): readonly Analyte[] {
  return Array.from({ length: count }, (_, index) => ({ loinc: `${1_000 + index}-4`, value: `${index}.50`, unit: 'g/L' }));
}

/** The statements of something that is done well. */
function statementsOf(work: () => Promise<{ status: number; text: string }>): Promise<readonly string[]> {
  return statementsSent(async () => {
    const { status, text } = await work();
    if (status > 201) throw new Error(text);
  });
}

test('a publication takes the same statements whatever its size', async () => {
  const hospital = await gateway.register();
  const publish = (count: number) => {
    const bundle = bloodCount({ person: somebody(), number: randomUUID(), analytes: analytes(count) });
    return statementsOf(() => hospital.post('/fhir', bundle));
  };

  // What is sensitive is remembered from one publication of the institution to the next.
  await publish(1);
  const small = await publish(1);

  expect(await publish(60)).toEqual(small);
  expect(small).toEqual([
    'begin',
    'find-earlier',
    'find-by-identifiers',
    'lock-identifiers',
    'find-by-identifiers',
    'find-documents',
    'insert-documents',
    'insert-versions',
    'insert-access-rows',
    'commit',
  ]);
});

test('so does a publication about a patient that is known, with the fewest', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  await hospital.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const publish = (count: number) => statementsOf(() => hospital.post('/fhir', knownPatient(person.idCard, count)));

  expect(await publish(60)).toEqual(await publish(5));
  expect(await publish(20)).toEqual(['begin', 'find-earlier', 'find-by-identifiers', 'insert-versions', 'insert-access-rows', 'commit']);
});

test('so does a correction', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const correct = async (count: number) => {
    const number = randomUUID();
    await hospital.post('/fhir', bloodCount({ person, number, analytes: analytes(count) }));
    const corrected = bloodCount({ person, number, analytes: analytes(count + 1).slice(1), status: 'corrected' });
    return statementsOf(() => hospital.post('/fhir', corrected));
  };

  expect(await correct(40)).toEqual(await correct(2));
});

test('a publication sent again is found by one statement', async () => {
  const hospital = await gateway.register();
  const bundle = bloodCount({ person: somebody(), number: randomUUID(), analytes: analytes(30) });
  await hospital.post('/fhir', bundle);

  expect(await statementsOf(() => hospital.post('/fhir', bundle))).toEqual(['begin', 'find-earlier', 'insert-access-rows', 'commit']);
});

test('a look-up takes the same statements whatever it finds', async () => {
  const [publisher, reader] = [await gateway.register(), await gateway.register()];
  const lookUp = async (reports: number) => {
    const person = somebody();
    await permit(reader, person);
    for (let index = 0; index < reports; index++)
      await publisher.post('/fhir', bloodCount({ person, number: randomUUID(), analytes: analytes(3 * reports) }));
    const { body } = await reader.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
    return statementsOf(() => reader.get(`/fhir/Patient/${body.entry[0].resource.id}/$prior-results?_count=50`));
  };

  const one = await lookUp(1);

  expect(await lookUp(12)).toEqual(one);
  expect(one).toEqual(['find-keys-of-patient', 'find-consents-concerning', 'find-reports', 'insert-access-rows']);
});

test('so does a search, and a read takes two', async () => {
  const hospital = await gateway.register();
  const search = async (reports: number) => {
    const person = somebody();
    for (let index = 0; index < reports; index++) await hospital.post('/fhir', bloodCount({ person, number: randomUUID() }));
    const { body } = await hospital.get(`/fhir/Patient?identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
    const { id } = body.entry[0].resource;
    const asked = await statementsOf(() => hospital.get(`/fhir/DiagnosticReport?patient=${id}&category=LAB`));
    return { asked, id };
  };
  const [one, many] = [await search(1), await search(9)];

  expect(many.asked).toEqual(one.asked);
  expect(one.asked).toHaveLength(5);
  expect(await statementsOf(() => hospital.get(`/fhir/Patient/${one.id}`))).toEqual(['find-resource', 'insert-access-rows']);
});

/** A report whose patient is named by a conditional reference alone. */
function knownPatient(idCard: string, count: number): string {
  const subject = { reference: `Patient?identifier=${ID_CARD}|${idCard}` };
  const bundle = JSON.parse(bloodCount({ person: somebody(), number: randomUUID(), analytes: analytes(count) }));
  const entry = (bundle.entry as { resource: Record<string, unknown> }[])
    .filter((it) => it.resource['resourceType'] !== 'Patient')
    .map((it) => ({ ...it, resource: { ...it.resource, subject } }));
  return JSON.stringify({ ...bundle, entry });
}

test('a history takes the same statements whatever its length, and as many whether it is hidden or not there', async () => {
  const [hospital, stranger] = [await gateway.register(), await gateway.register()];
  const { body: patient } = await hospital.post('/fhir/Patient', patientOf(somebody()));
  const history = (query = '') => statementsOf(() => hospital.get(`/fhir/Patient/${patient.id}/_history${query}`));
  const refused = (id: string) => statementsSent(async () => expect((await stranger.get(`/fhir/Patient/${id}/_history`)).status).toBe(404));

  const short = await history();
  for (let version = 2; version <= 9; version++)
    await hospital.put(`/fhir/Patient/${patient.id}`, { ...patient, active: version % 2 === 0 });

  expect(await history()).toEqual(short);
  // The resource, the count, the page, the log.
  expect(short).toHaveLength(4);
  // One more: the secret of the link.
  expect(await history('?_count=1')).toHaveLength(5);
  expect(await refused(patient.id)).toEqual(await refused(`${patient.id.slice(0, 28)}0000`));
});
