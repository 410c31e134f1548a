import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, test } from 'vitest';
import { GATEWAY_ROLE } from '../../src/database/gateway-role.ts';
import { useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { bloodCount, somebody } from '../support/reports.ts';

const gateway = useGateway();

/** Does the work while the gateway cannot write into the access log. */
async function withoutAccessLog(work: () => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  try {
    await owner.query(`revoke insert on access_log from ${GATEWAY_ROLE}`);
    await work();
  } finally {
    await owner.query(`grant insert on access_log to ${GATEWAY_ROLE}`);
    await owner.end();
  }
}

test('where the access log cannot be written nothing is disclosed, stored or even refused: 503 on every door, and all is well when it can', async () => {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person });
  await permit(reader, person);
  const patient = (await source.get(`/fhir/DiagnosticReport/${report}`)).body.subject.reference as string;
  const doors = {
    read: () => source.get(`/fhir/DiagnosticReport/${report}`),
    readOfOthers: () => reader.get(`/fhir/DiagnosticReport/${report}`),
    search: () => source.get(`/fhir/Observation?patient=${patient}`),
    priorResults: () => reader.get(`/fhir/${patient}/$prior-results`),
    create: () => source.post('/fhir/Practitioner', { resourceType: 'Practitioner' }),
    publish: () => source.post('/fhir', bloodCount({ person, number: randomUUID() })),
    consents: () => reader.get(`/v1/consents?patient.identifier=${encodeURIComponent(`urn:oid:2.16.156.10011.1.3|${person.idCard}`)}`),
    decisions: () => reader.get('/v1/recognition-decisions'),
  };
  const refusals = {
    unknown: () => source.get('/fhir/Patient/nobody'),
    unknownDoor: () => source.get('/fhir/nothing/at/all/here'),
    noScope: () => source.get('/v1/clients'),
    noConsent: () => source.get(`/fhir/Patient/${'1'.repeat(32)}/$prior-results`),
    noToken: () => source.get('/fhir/Patient/nobody', { authorization: undefined }),
    malformed: () => source.post('/fhir', '{'),
  };
  const stored = async () =>
    (
      await gateway.db.$client.query('select count(*)::integer as count from resource_versions where institution = $1', [
        source.institution,
      ])
    ).rows[0].count;
  const before = await stored();

  await withoutAccessLog(async () => {
    for (const [name, ask] of Object.entries({ ...doors, ...refusals })) {
      const answer = await ask();
      expect(answer.status, name).toBe(503);
      expect(answer.headers['retry-after'], name).toMatch(/^[1-9]\d*$/);
      expect(answer.text, name).not.toContain(person.idCard);
      expect(answer.text, name).not.toContain('6690-2');
    }
  });

  expect(await stored()).toBe(before);
  for (const [name, ask] of Object.entries(doors)) expect((await ask()).status, name).toBeLessThan(300);
  for (const [name, ask] of Object.entries(refusals)) expect((await ask()).status, name).toBeLessThan(500);
});

test('a fault of the server tells nothing of itself', async () => {
  const hospital = await gateway.register();
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  try {
    await owner.query(`revoke select on resource_keys from ${GATEWAY_ROLE}`);
    const answer = await hospital.get('/fhir/Practitioner?identifier=urn:staff|1', { 'accept-language': 'zh' });

    expect(answer).toMatchObject({
      status: 500,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'exception' }] },
    });
    expect(answer.text).not.toMatch(/resource_keys|permission|select|\.ts|at /);
    expect(answer.headers['x-request-id']).toBeDefined();
  } finally {
    await owner.query(`grant select on resource_keys to ${GATEWAY_ROLE}`);
    await owner.end();
  }
  expect((await hospital.get('/fhir/Practitioner?identifier=urn:staff|1')).status).toBe(200);
});
