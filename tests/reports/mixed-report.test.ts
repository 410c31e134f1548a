import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { post, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { check, permit } from '../support/recognition.ts';
import { beijing, ID_CARD, patientOf, REPORT_NUMBER, somebody } from '../support/reports.ts';

const gateway = useGateway();
const HOUR_MS = 3_600_000;
const section = (code: string) => [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code }] }];

/** A report of one kind with a laboratory result and an ImagingStudy. */
async function mixedReport(kind: string) {
  const [hospital, reader, person] = [await gateway.register(), await gateway.register(), somebody()];
  const [patient, observation, study] = [urn(), urn(), urn()];
  const at = beijing(new Date(Date.now() - HOUR_MS));
  const answer = await hospital.post(
    '/fhir',
    transaction(
      post(patientOf(person), { fullUrl: patient, ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` }),
      post({
        resourceType: 'DiagnosticReport',
        identifier: [{ system: REPORT_NUMBER, value: randomUUID() }],
        status: 'final',
        category: section(kind),
        code: { text: '综合报告' },
        subject: { reference: patient },
        effectiveDateTime: at,
        issued: at,
        result: [{ reference: observation }],
        imagingStudy: [{ reference: study }],
      }),
      post(
        {
          resourceType: 'Observation',
          status: 'final',
          category: section('LAB'),
          code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }] },
          subject: { reference: patient },
          effectiveDateTime: at,
          valueQuantity: { value: 6.1, unit: '10*9/L' },
        },
        { fullUrl: observation },
      ),
      post({ resourceType: 'ImagingStudy', status: 'available', subject: { reference: patient }, started: at }, { fullUrl: study }),
    ),
  );
  if (answer.status !== 200) throw new Error(answer.text);
  await permit(reader, person, { categories: ['laboratory'] });
  return { person, reader };
}

describe('a consent to one kind of result opens that kind, also within a report that mixes them', () => {
  it('a look-up leaves out the parts of another kind', async () => {
    const { reader } = await mixedReport('LAB');
    const patient = (await reader.get('/fhir/Patient')).body.entry[0].resource.id;

    const answer = await reader.get(`/fhir/Patient/${patient}/$prior-results`);

    const types = answer.body.entry.map((it: { resource: { resourceType: string } }) => it.resource.resourceType);
    expect(types.sort()).toEqual(['DiagnosticReport', 'Observation']);
  });

  it('a check does not name a report of another kind', async () => {
    const { person, reader } = await mixedReport('SP');

    const answer = await check(reader, person, ['WBC']);

    expect(answer.body.items[0]).toMatchObject({ verdict: 'none', reasons: [{ code: 'no-result' }] });
  });
});
