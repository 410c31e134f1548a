import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

const ID = '1'.repeat(32);

test.for<['DELETE' | 'GET' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT', string, readonly string[]]>([
  ['POST', `/fhir/Patient/${ID}`, ['GET', 'HEAD', 'PUT']],
  ['OPTIONS', '/fhir/Patient', ['GET', 'HEAD', 'POST']],
  ['PATCH', `/fhir/Patient/${ID}/_history/1`, ['GET', 'HEAD']],
  ['DELETE', '/fhir/Patient/_history', ['GET', 'HEAD']],
  ['PUT', `/fhir/Patient/${ID}/_history?_count=1`, ['GET', 'HEAD']],
  ['GET', '/fhir/Patient/_search?name=x', ['POST']],
  ['POST', '/fhir/metadata', ['GET', 'HEAD']],
  ['PUT', '/v1/access-log', ['GET', 'HEAD']],
])('%s %s: 405, and Allow says what can be done there', async ([method, url, allowed]) => {
  const hospital = await gateway.register();

  const answer = await hospital.send(method, url);

  expect(answer.status).toBe(405);
  expect(String(answer.headers['allow']).split(', ')).toEqual(expect.arrayContaining([...allowed]));
  expect(String(answer.headers['allow'])).not.toContain(method);
  expect(url.startsWith('/fhir') ? answer.body.issue[0].code : answer.body.code).toBe(
    url.startsWith('/fhir') ? 'not-supported' : 'method-not-allowed',
  );
});

test('a door that refuses a method with a reason says what can be done as well', async () => {
  const hospital = await gateway.register();

  const answer = await hospital.post('/fhir/AuditEvent', { resourceType: 'AuditEvent' });

  expect(answer).toMatchObject({ status: 405, body: { resourceType: 'OperationOutcome' } });
  expect(String(answer.headers['allow']).split(', ')).toEqual(expect.arrayContaining(['GET', 'HEAD']));
});

test.for<['GET' | 'POST', string]>([
  ['POST', '/fhir/Foo/1'],
  ['POST', '/fhir/Patient/$everything'],
  ['GET', `/fhir/Patient/${ID}/$everything`],
  ['POST', `/fhir/Patient/${ID}/_nothing`],
  ['GET', '/fhir/Patient/1/2/3/4'],
  ['GET', '/v1/nothing'],
])('%s %s leads nowhere: 404', async ([method, url]) => {
  const hospital = await gateway.register();

  const answer = await hospital.send(method, url);

  expect(answer.status).toBe(404);
  expect(answer.headers['allow']).toBeUndefined();
});

test('who has no token is not told what can be done', async () => {
  const hospital = await gateway.register();

  const answer = await hospital.send('OPTIONS', '/fhir/Patient', undefined, { authorization: undefined });

  expect(answer.status).toBe(401);
  expect(answer.headers['allow']).toBeUndefined();
});
