import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { countOf, post, referenceTo, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { patientOf, REPORT_NUMBER, somebody } from '../support/reports.ts';

const gateway = useGateway();

const observation = (patient: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }] },
  subject: { reference: patient },
});
const report = (patient: string, result: string) => ({
  resourceType: 'DiagnosticReport',
  identifier: [{ system: REPORT_NUMBER, value: randomUUID() }],
  status: 'final',
  code: { text: '血常规' },
  subject: { reference: patient },
  result: [{ reference: result }],
});

it('a report whose result is about somebody else is refused, and nothing is stored', async () => {
  const hospital = await gateway.register();
  const [one, other, result] = [urn(), urn(), urn()];

  const answer = await hospital.post(
    '/fhir',
    transaction(
      post(patientOf(somebody()), { fullUrl: one }),
      post(patientOf(somebody()), { fullUrl: other }),
      post(report(one, result)),
      post(observation(other), { fullUrl: result }),
    ),
  );

  expect(answer).toMatchObject({ status: 422, body: { issue: [{ expression: ['Bundle.entry[3].resource.subject'] }] } });
  expect(await countOf(hospital, 'Patient')).toBe(0);
});

it('nor does a report take over a result that was stored about somebody else', async () => {
  const hospital = await gateway.register();
  const [one, other] = [urn(), urn()];
  const stored = await hospital.post('/fhir', transaction(post(patientOf(somebody()), { fullUrl: other }), post(observation(other))));

  const answer = await hospital.post(
    '/fhir',
    transaction(post(patientOf(somebody()), { fullUrl: one }), post(report(one, referenceTo(stored.body, 'Observation')))),
  );

  expect(answer).toMatchObject({ status: 422, body: { issue: [{ expression: ['Bundle.entry[1].resource.subject'] }] } });
});
