import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { bloodCount, HGB, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

/** Ids by type, in the order of the answer. */
function idsOf(body: { entry: { response: { location: string } }[] }, type: string): string[] {
  return body.entry.flatMap((it) => new RegExp(`^${type}/([^/]+)/_history`).exec(it.response.location)?.[1] ?? []);
}

test('a published report comes back as it was, with the digits of its values', async () => {
  const hospital = await gateway.register();

  const answer = await hospital.post('/fhir', bloodCount({ person: somebody(), number: 'R-1', analytes: [WBC] }));

  expect(answer).toMatchObject({ status: 200, body: { type: 'transaction-response' } });
  expect(answer.body.entry.map((it: { response: { status: string } }) => it.response.status)).toEqual([
    '201 Created',
    '201 Created',
    '201 Created',
  ]);
  const [observation] = idsOf(answer.body, 'Observation');
  const read = await hospital.get(`/fhir/Observation/${observation}`);
  expect(read.status).toBe(200);
  expect(read.headers['etag']).toBe('W/"1"');
  expect(read.text).toContain('"value":6.10,');
  expect(read.body.subject.reference).toBe(`Patient/${idsOf(answer.body, 'Patient')[0]}`);
});

test('the same publication sent again is one report, and is answered as before', async () => {
  const hospital = await gateway.register();
  const bundle = bloodCount({ person: somebody(), number: 'R-2' });

  const first = await hospital.post('/fhir', bundle);
  const second = await hospital.post('/fhir', bundle);

  expect(second.status).toBe(200);
  expect(second.body.entry.map((it: { response: { location: string } }) => it.response.location)).toEqual(
    first.body.entry.map((it: { response: { location: string } }) => it.response.location),
  );
});

test('a correction is a new version of the report and of the results it had; what it no longer has is gone', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const first = await hospital.post('/fhir', bloodCount({ person, number: 'R-3', analytes: [WBC, HGB] }));

  const second = await hospital.post(
    '/fhir',
    bloodCount({ person, number: 'R-3', analytes: [{ ...WBC, value: '7.25' }], status: 'corrected' }),
  );

  expect(second.status).toBe(200);
  expect(idsOf(second.body, 'DiagnosticReport')).toEqual(idsOf(first.body, 'DiagnosticReport'));
  expect(idsOf(second.body, 'Observation')[0]).toBe(idsOf(first.body, 'Observation')[0]);
  const [white, haemoglobin] = idsOf(first.body, 'Observation');
  expect((await hospital.get(`/fhir/Observation/${white}`)).text).toContain('"value":7.25,');
  expect((await hospital.get(`/fhir/Observation/${white}/_history/1`)).text).toContain('"value":6.10,');
  expect((await hospital.get(`/fhir/Observation/${haemoglobin}`)).status).toBe(410);
});
