import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { referenceTo } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { bloodCount, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);

it('a late first version, written a little differently, does not take the correction back', async () => {
  const hospital = await gateway.register();
  const [person, number] = [somebody(), randomUUID()];
  const first = bloodCount({ person, number, at: hoursAgo(2) });
  const published = await hospital.post('/fhir', first);
  await hospital.post('/fhir', bloodCount({ person, number, at: hoursAgo(1), status: 'corrected', analytes: [{ ...WBC, value: '7.25' }] }));

  const same = await hospital.post('/fhir', first);
  const rewritten = await hospital.post('/fhir', first.replace('{', '{ '));

  expect(same.status).toBe(200);
  expect(rewritten).toMatchObject({ status: 409, body: { issue: [{ expression: ['Bundle.entry[0].resource.issued'] }] } });
  const stored = await hospital.get(`/fhir/${referenceTo(published.body, 'DiagnosticReport')}`);
  expect(stored.body).toMatchObject({ status: 'corrected', meta: { versionId: '2' } });
});

it('a withdrawn report is not published again under its number, neither by POST nor by PUT', async () => {
  const hospital = await gateway.register();
  const [person, number] = [somebody(), randomUUID()];
  const published = await hospital.post('/fhir', bloodCount({ person, number, at: hoursAgo(2) }));
  await hospital.post('/fhir', bloodCount({ person, number, at: hoursAgo(2), status: 'entered-in-error' }));
  const reference = referenceTo(published.body, 'DiagnosticReport');
  const { body } = await hospital.get(`/fhir/${reference}`);

  const posted = await hospital.post('/fhir', bloodCount({ person, number, at: hoursAgo(1) }));
  const put = await hospital.put(`/fhir/${reference}`, { ...body, status: 'final' }, { 'if-match': 'W/"2"' });

  expect([posted.status, put.status]).toEqual([409, 409]);
  expect((await hospital.get(`/fhir/${reference}`)).body.status).toBe('entered-in-error');
});
