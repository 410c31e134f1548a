import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { ID_CARD, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const SENDERS = 24;

/** A transaction that brings a report of its own, and the same patient and doctor as every other one. */
function publication(person: ReturnType<typeof somebody>, doctor: string): object {
  const patient = `urn:uuid:${randomUUID()}`;
  const practitioner = `urn:uuid:${randomUUID()}`;
  const entry = (fullUrl: string, resource: { resourceType: string }, ifNoneExist?: string) => ({
    fullUrl,
    resource,
    request: { method: 'POST', url: resource.resourceType, ...(ifNoneExist ? { ifNoneExist } : {}) },
  });
  const report = {
    resourceType: 'DiagnosticReport',
    identifier: [{ system: 'urn:oid:2.16.156.10011.1.33', value: randomUUID() }],
    status: 'final',
    code: { text: '血常规' },
    subject: { reference: patient },
    performer: [{ reference: practitioner }],
  };
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      entry(`urn:uuid:${randomUUID()}`, report),
      entry(patient, patientOf(person) as { resourceType: string }, `identifier=${ID_CARD}|${person.idCard}`),
      entry(
        practitioner,
        { resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value: doctor }] } as { resourceType: string },
        `identifier=urn:staff|${doctor}`,
      ),
    ],
  };
}

test('reports of one patient by one doctor, all sent at the same moment, make the patient and the doctor once', async () => {
  const hospital = await gateway.register();
  const person = somebody();
  const doctor = randomUUID();

  const answers = await Promise.all(Array.from({ length: SENDERS }, () => hospital.post('/fhir', publication(person, doctor))));

  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
  const locations = answers.flatMap(
    (it) => it.body.entry.map((one: { response: { location: string } }) => one.response.location) as string[],
  );
  const ids = (type: string) => new Set(locations.filter((it) => it.startsWith(`${type}/`)));
  expect(ids('Patient').size).toBe(1);
  expect(ids('Practitioner').size).toBe(1);
  expect(ids('DiagnosticReport').size).toBe(SENDERS);
});

test('the same conditional create from many connections makes one resource; one of them is told that it made it', async () => {
  const hospital = await gateway.register();
  const value = randomUUID();
  const practitioner = { resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value }] };
  const create = () => hospital.post('/fhir/Practitioner', practitioner, { 'if-none-exist': `identifier=urn:staff|${value}` });

  const answers = await Promise.all(Array.from({ length: SENDERS }, create));

  expect(answers.map((it) => it.status).toSorted((a, b) => a - b)).toEqual([...Array.from({ length: SENDERS - 1 }, () => 200), 201]);
  expect(new Set(answers.map((it) => it.headers['location'])).size).toBe(1);
});
