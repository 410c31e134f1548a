import { describe, expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { ID_CARD, somebody } from '../support/reports.ts';

const gateway = useGateway();
const page = (...parts: string[]) => Buffer.from(parts.join('|')).toString('base64url');

describe('what the database cannot hold gets no further than the face', () => {
  test.for([
    '/v1/consents?patient.identifier=urn:x|%00',
    '/v1/savings/summary?item=%00',
    '/v1/access-log?practitioner=%00',
    '/v1/access-log?patient=urn:x|%00',
    '/v1/catalogue/prices?item=%00',
    '/v1/recognition-checks/%00',
    '/fhir/AuditEvent?address=%00',
    '/fhir/AuditEvent?patient.identifier=urn:x|%00',
    '/fhir/Observation?code=%00',
    '/fhir/Patient/%00',
    '/fhir/Patient?name=%D6%DC%CF%FE',
    '/fhir/Patient?name=100%',
    '/fhir/Patient?name=%zz',
    '/v1/access-log?practitioner=%D6',
    `/fhir/Observation?_after=${page('2026', '1', '1')}`,
    `/fhir/Observation?_after=${page('2026-02-31 08:00:00+00', '1', '1')}`,
    `/fhir/Observation?_after=${page('2026-02-01 08:00:00+00', '9999999999999999999', '1')}`,
  ])('GET %s: 400', async (url) => {
    const auditor = await gateway.register({ scopes: ['system/*.cruds', 'recognition.check', 'audit.read', 'savings.read'] });

    expect((await auditor.get(url)).status).toBe(400);
  });

  test.for<[string, string, string]>([
    ['NUL', '\\u0000', 'patient.identifier.value'],
    ['half of a character', '\\ud83d', 'patient.identifier.value'],
  ])('a body with %s: 400 that names the member', async ([, text, path]) => {
    const hospital = await gateway.register();
    const body = `{"patient":{"identifier":{"system":"urn:x","value":"1${text}"},"name":"张三","birthDate":"1990-01-01"},"decision":"permit","method":"on-site-qr"}`;

    expect(await hospital.post('/v1/consents', body)).toMatchObject({ status: 400, body: { code: 'malformed', errors: [{ path }] } });
  });

  test('a search by POST: 400, and 413 where it is larger than any search', async () => {
    const hospital = await gateway.register();
    const search = (body: string) =>
      hospital.send('POST', '/fhir/Observation/_search', body, { 'content-type': 'application/x-www-form-urlencoded' });

    expect((await search('code=%00')).status).toBe(400);
    expect((await search('code=%D6%DC')).status).toBe(400);
    expect((await search(`code=${'a,'.repeat(40_000)}a`)).status).toBe(413);
    expect((await search('code=a,b')).status).toBe(200);
  });
});

test.for(['0001-01-01', '0001-01-01T00:00:00+14:00', '9999-12-31'])(
  'a consent from %s is one from the beginning, or to the end, of time',
  async (day) => {
    const hospital = await gateway.register();
    const person = somebody();
    const patient = { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate };
    const period = day.startsWith('9') ? { validUntil: day } : { validFrom: day };

    expect((await hospital.post('/v1/consents', { patient, decision: 'permit', method: 'on-site-qr', ...period })).status).toBe(201);
  },
);
