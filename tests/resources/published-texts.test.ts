import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { locationsOf, post, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { ID_CARD, patientOf, REPORT_NUMBER, somebody } from '../support/reports.ts';

const gateway = useGateway();

/** Spellings of JSON strings that mean little and must stay: two, three and four bytes a character, surrogates escaped, line breaks, solidus. */
const NOTES = [
  String.raw`"复查：白细胞 6.10×10⁹/L ↑，患者𠮷野家😀"`,
  String.raw`"\ud83d\ude00\u4f60\u597D é"`,
  String.raw`"第一行\r\n第二行\r\n\t\"引\" \/ \\ "`,
];

const observation = (patient: string, index: number) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: ['6690-2', '718-7', '789-8'][index] }] },
  subject: { reference: patient },
  note: [{ text: `@${index}@` }],
});
const report = (patient: string, results: readonly string[], number: string, status = 'final') => ({
  resourceType: 'DiagnosticReport',
  identifier: [{ system: REPORT_NUMBER, value: number }],
  status,
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
  code: { text: '血常规' },
  subject: { reference: patient },
  effectiveDateTime: '2026-11-20T08:00:00+08:00',
  result: results.map((reference) => ({ reference })),
  conclusion: '@1@',
});
/** The Bundle as JSON text with the notes as they are spelled. */
const spelled = (bundle: unknown) => JSON.stringify(bundle).replaceAll(/"@(\d)@"/g, (_, index: string) => NOTES[Number(index)] ?? '""');
const examination = (number: string, person = somebody(), results = NOTES.length) => {
  const [patient, urns] = [urn(), NOTES.slice(0, results).map(urn)];
  return [
    post(patientOf(person), { fullUrl: patient }),
    ...urns.map((fullUrl, index) => post(observation(patient, index), { fullUrl })),
    post(report(patient, urns, number)),
  ];
};

/** How many texts each value holds, and whether they fill it; of the persons of these resources. */
async function valuesOf(locations: readonly string[]) {
  const persons = [...new Set(locations.map((it) => BigInt(`0x${it.split('/')[1]?.slice(0, 16)}`)))];
  const { rows } = await gateway.db.$client.query(
    `select (select count(*)::integer from resource_versions v where v.person = t.person and v.text_value = t.id) as texts,
            octet_length(content) = (select sum(text_bytes) from resource_versions v where v.person = t.person and v.text_value = t.id) as is_filled
       from published_texts t where person = any($1::bigint[]) order by person`,
    [persons],
  );
  return rows;
}

test('texts of a publication lie together and come back byte for byte through every door', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const { body, status } = await hospital.post('/fhir', spelled(transaction(...examination(randomUUID(), person))));
  expect(status).toBe(200);
  await permit(hospital, person);
  const locations = locationsOf(body);
  const [patient = '', ...rest] = locations.map((it) => it.replace(/\/_history.*/, ''));
  const [reportPlace = '', ...results] = rest.toReversed();

  expect(await valuesOf(locations)).toEqual([{ texts: 5, is_filled: true }]);
  const texts = new Map<string, string>();
  for (const place of [patient, ...rest]) texts.set(place, (await hospital.get(`/fhir/${place}`)).text);
  for (const [index, place] of results.toReversed().entries()) expect(texts.get(place)).toContain(`"note":[{"text":${NOTES[index]}}]`);
  expect(texts.get(reportPlace)).toContain(`"conclusion":${NOTES[1]}`);

  const id = patient.slice('Patient/'.length);
  const doors: readonly (readonly [string, readonly string[]])[] = [
    ...locations.map((it) => [it, [it.replace(/\/_history.*/, '')]] as const),
    ...rest.map((it) => [`${it}/_history`, [it]] as const),
    ['_history', [patient, ...rest]],
    [`Observation?patient=${id}`, results],
    [`Observation?patient=${id}&_sort=code`, results],
    [`DiagnosticReport?patient=${id}&code:text=血`, [reportPlace]],
    [`DiagnosticReport?patient=${id}&_include=DiagnosticReport:result&_include=DiagnosticReport:subject`, [patient, ...rest]],
    [`Patient?_id=${id}&_revinclude=Observation:subject`, [patient, ...results]],
    [`Patient/${id}/$prior-results`, rest],
  ];
  for (const [door, shown] of doors) {
    const answer = await hospital.get(`/fhir/${door}`);
    expect(answer.status, door).toBe(200);
    for (const place of shown) expect(answer.text, door).toContain(texts.get(place));
  }
});

test('a correction is a value of its own, its deletions have no text, and what was published before stays as it was', async () => {
  const hospital = await gateway.register();
  const [number, person] = [randomUUID(), somebody()];
  const first = await hospital.post('/fhir', spelled(transaction(...examination(number, person))));
  const locations = locationsOf(first.body);
  const before = await Promise.all(locations.map(async (it) => (await hospital.get(`/fhir/${it}`)).text));

  const [result, patient] = [urn(), urn()];
  const again = transaction(
    post(patientOf(person), { fullUrl: patient, ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` }),
    post({ ...observation(patient, 0), status: 'corrected' }, { fullUrl: result }),
    post(report(patient, [result], number, 'corrected')),
  );
  expect((await hospital.post('/fhir', spelled(again))).status).toBe(200);

  const values = await valuesOf(locations);
  expect(values.map((it) => it.texts).toSorted()).toEqual([2, 5]);
  const [, kept = '', dropped = ''] = locations;
  expect((await hospital.get(`/fhir/${dropped.replace('/_history/1', '')}`)).status).toBe(410);
  const history = await hospital.get(`/fhir/${dropped.replace(/\/1$/, '')}`);
  expect(history.body.entry.map((it: { request: { method: string } }) => it.request.method)).toEqual(['DELETE', 'POST']);
  expect((await hospital.get(`/fhir/${kept.replace('/_history/1', '')}`)).text).toContain(`"note":[{"text":${NOTES[0]}}]`);
  for (const [index, location] of locations.entries()) expect((await hospital.get(`/fhir/${location}`)).text).toBe(before[index]);
});

test('of a Bundle about two persons each has a value, and what is written alone lies in its row', async () => {
  const hospital = await gateway.register();

  const bundle = transaction(...examination(randomUUID()), ...examination(randomUUID(), somebody(), 1), post(patientOf(somebody())));
  const { body } = await hospital.post('/fhir', spelled(bundle));

  const locations = locationsOf(body);
  expect(new Set((await valuesOf(locations)).map((it) => it.texts))).toEqual(new Set([5, 3]));
  for (const location of locations) expect((await hospital.get(`/fhir/${location}`)).status).toBe(200);
  const alone = locations.at(-1)?.split('/')[1] ?? '';
  const { rows } = await gateway.db.$client.query(
    'select content is not null as is_there, text_value from resource_versions where person = $1',
    [BigInt(`0x${alone.slice(0, 16)}`)],
  );
  expect(rows).toEqual([{ is_there: true, text_value: null }]);
});

test('what was stored before texts lay together is read as before', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const { body } = await hospital.post('/fhir', spelled(transaction(...examination(randomUUID(), person))));
  await permit(hospital, person);
  const [, location = ''] = locationsOf(body);
  const [, id = ''] = location.split('/');
  const { text } = await hospital.get(`/fhir/${location}`);
  const former = text.replace(id, `${id.slice(0, 16)}0000000000000001`);
  const key = [BigInt(`0x${id.slice(0, 16)}`), BigInt(`0x${id.slice(16)}`)];
  await gateway.db.$client.query(
    `insert into resource_versions (person, id, version, type, institution, recorded_at, content)
     select person, 1, 1, type, institution, recorded_at, $3 from resource_versions where person = $1 and id = $2`,
    [...key, former],
  );
  await gateway.db.$client.query(
    `insert into resources (person, id, type, version, institution, category, status, report, recorded_at, tokens)
     select person, 1, type, 1, institution, category, status, report, recorded_at, tokens from resources where person = $1 and id = $2`,
    key,
  );

  const patient = text.match(/Patient\/([0-9a-f]{32})/)?.[1] ?? '';
  expect((await hospital.get(`/fhir/Observation/${id.slice(0, 16)}0000000000000001`)).text).toBe(former);
  for (const door of [`Observation?patient=${patient}`, `Patient/${patient}/$prior-results`]) {
    const answer = await hospital.get(`/fhir/${door}`);
    expect(answer.text).toContain(text);
    expect(answer.text).toContain(former);
  }
});
