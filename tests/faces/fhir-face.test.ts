import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { post, transaction } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const PRACTITIONER = { resourceType: 'Practitioner' };
const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** A body of so many bytes that is a resource all the same, and none of whose texts is longer than FHIR lets a text be. */
const ofSize = (bytes: number): string => {
  const name = (length: number): string => `{"text":"${'a'.repeat(length)}"}`;
  const whole = 500_000;
  const names: string[] = [];
  const size = (more: string): number =>
    Buffer.byteLength(JSON.stringify({ resourceType: 'Practitioner', name: [] })) + [...names, more].join().length;
  while (size(name(whole)) < bytes - 1_000) names.push(name(whole));
  names.push(name(1 + bytes - size(name(1))));
  return `{"resourceType":"Practitioner","name":[${names.join()}]}`;
};

describe('what is sent', () => {
  test.for<[string, string, string]>([
    ['no JSON', '{"resourceType": "Practitioner"', 'line 1, column 32: "," or "}" was expected'],
    ['nothing', '', 'the body is empty'],
    ['XML', '<Practitioner xmlns="http://hl7.org/fhir"/>', 'line 1, column 1: a JSON object was expected'],
    ['a comma too many', '{"resourceType":"Practitioner",}', 'line 1, column 32: a comma before the closing bracket is not allowed'],
    ['a member twice', '{"resourceType":"Practitioner","active":true,"active":false}', 'line 1, column 46: "active" appears twice'],
    ['an empty list', '{"resourceType":"Practitioner","name":[]}', 'line 1, column 40: an empty array is not allowed'],
    [
      'a NUL',
      '{"resourceType":"Practitioner","identifier":[{"system":"urn:a","value":"a\\u0000"}]}',
      'line 1, column 72: a string holds a character',
    ],
  ])('%s: 400 with line and column', async ([, body, said]) => {
    const hospital = await gateway.register();

    const answer = await hospital.send('POST', '/fhir/Practitioner', body === '' ? undefined : body, {
      'content-type': 'application/fhir+json',
    });

    expect(answer).toMatchObject({
      status: 400,
      body: { resourceType: 'OperationOutcome', issue: [{ code: 'structure', severity: 'error' }] },
    });
    if (body !== '') expect(answer.body.issue[0].details.text).toContain(said);
    expect(answer.headers['content-type']).toBe(FHIR_JSON);
  });

  test('bytes that are no UTF-8: 400, and nothing is guessed', async () => {
    const { token } = await gateway.register();

    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/fhir/Practitioner',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      // 张 in GBK.
      payload: Buffer.concat([
        Buffer.from('{"resourceType":"Practitioner","name":[{"text":"'),
        Buffer.from([0xd5, 0xc5]),
        Buffer.from('"}]}'),
      ]),
    });

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ details: { text: 'the body is not UTF-8' } }] });
  });

  test.for([
    'text/plain',
    'application/fhir+xml',
    'application/xml',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    'nonsense',
    'application/x-www-form-urlencoded',
    'application/json-patch+json',
    'application/fhir+json; fhirVersion=3.0',
    'application/fhir+json; fhirVersion=5.0',
    'application/fhir+json; charset=gb18030',
    'application/json; charset=iso-8859-1',
  ])('the content type %s: 415', async (type) => {
    const hospital = await gateway.register();

    const answer = await hospital.post('/fhir/Practitioner', PRACTITIONER, { 'content-type': type });

    expect(answer).toMatchObject({
      status: 415,
      body: { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported', expression: ['Content-Type'] }] },
    });
  });

  test.for([
    'application/fhir+json',
    'application/fhir+json; charset=utf-8',
    'application/fhir+json;fhirVersion=4.0',
    'application/json',
    'text/json',
    'application/json+fhir',
  ])('the content type %s is taken', async (type) => {
    const hospital = await gateway.register();

    expect((await hospital.post('/fhir/Practitioner', PRACTITIONER, { 'content-type': type })).status).toBe(201);
  });

  test('a form where a resource belongs: refused, not misread, on whatever door', async () => {
    const hospital = await gateway.register();

    for (const url of ['/fhir/Practitioner', '/fhir']) {
      const answer = await hospital.send('POST', url, 'name=x', { 'content-type': 'application/x-www-form-urlencoded' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });

  test('a body that does not say what it is, or is compressed: 415', async () => {
    const hospital = await gateway.register();

    for (const headers of [{ 'content-type': undefined }, { 'content-encoding': 'gzip' }]) {
      const answer = await hospital.post('/fhir/Practitioner', PRACTITIONER, headers);
      expect(answer).toMatchObject({ status: 415, body: { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] } });
    }
  });

  test('a resource where a form belongs: 415', async () => {
    const hospital = await gateway.register();

    expect(await hospital.post('/fhir/Practitioner/_search', PRACTITIONER)).toMatchObject({
      status: 415,
      body: { issue: [{ expression: ['Content-Type'] }] },
    });
  });

  test('8 MiB are taken, a byte more is 413 as an OperationOutcome, and 9 MiB as well', async () => {
    const hospital = await gateway.register();
    const limit = 8 * 1024 * 1024;

    expect((await hospital.post('/fhir/Practitioner', ofSize(limit))).status).toBe(201);
    for (const bytes of [limit + 1, 9 * 1024 * 1024]) {
      const answer = await hospital.post('/fhir/Practitioner', ofSize(bytes));
      expect(answer).toMatchObject({ status: 413, body: { resourceType: 'OperationOutcome', issue: [{ code: 'too-long' }] } });
      expect(answer.headers['content-type']).toBe(FHIR_JSON);
    }
  });
});

describe('trap 30: what is asked for, and errors of every layer', () => {
  test.for<[string, string, number]>([
    ['fhir+json', 'application/fhir+json', 200],
    ['plain JSON', 'application/json', 200],
    ['anything', '*/*', 200],
    ['any application', 'application/*', 200],
    ['one of several', 'application/fhir+xml, application/fhir+json;q=0.5', 200],
    ['release 4.0', 'application/fhir+json; fhirVersion=4.0', 200],
    ['an older spelling', 'application/json+fhir', 200],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 200],
    ['XML', 'application/fhir+xml', 406],
    ['a web page', 'text/html', 406],
    ['JSON never', 'application/fhir+json;q=0', 406],
    ['release 5.0', 'application/fhir+json; fhirVersion=5.0', 406],
  ])('Accept: %s', async ([, accept, status]) => {
    const hospital = await gateway.register();

    const answer = await hospital.get('/fhir/Practitioner', { accept });

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe(FHIR_JSON);
    if (status === 406) expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ expression: ['Accept'] }] });
  });

  test('_format goes before Accept', async () => {
    const hospital = await gateway.register();

    expect((await hospital.get('/fhir/Practitioner?_format=json', { accept: 'application/fhir+xml' })).status).toBe(200);
    expect((await hospital.get('/fhir/Practitioner?_format=application/fhir%2Bjson', { accept: 'text/html' })).status).toBe(200);
    expect((await hospital.get('/fhir/Practitioner?_format=application/fhir+json')).status).toBe(200);
    for (const format of ['xml', 'application/fhir%2Bxml', 'ttl', 'html', 'json&_format=xml', 'json;fhirVersion=3.0']) {
      const answer = await hospital.get(`/fhir/Practitioner?_format=${format}`, { accept: 'application/fhir+json' });
      expect(answer, format).toMatchObject({
        status: 406,
        body: { resourceType: 'OperationOutcome', issue: [{ expression: ['_format'] }] },
      });
      expect(answer.headers['content-type']).toBe(FHIR_JSON);
    }
  });

  test('_format and _pretty in the form of a search by POST', async () => {
    const hospital = await gateway.register();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };

    const refused = await hospital.send('POST', '/fhir/Practitioner/_search', '_format=xml', form);
    const pretty = await hospital.send('POST', '/fhir/Practitioner/_search', '_pretty=true&_count=1', {
      ...form,
      accept: 'application/json',
    });

    expect(refused).toMatchObject({ status: 406, body: { resourceType: 'OperationOutcome', issue: [{ expression: ['_format'] }] } });
    expect(pretty.status).toBe(200);
    expect(pretty.text).toBe(JSON.stringify(pretty.body, undefined, 2));
  });

  test.for<[string | undefined, 'zh' | 'en']>([
    [undefined, 'en'],
    ['zh-CN', 'zh'],
    ['zh', 'zh'],
    ['ZH-cn,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,zh;q=0.9', 'en'],
    ['en;q=0.5,zh-CN;q=0.6', 'zh'],
    ['fr,zh;q=0.1', 'zh'],
    ['zh;q=0', 'en'],
    ['zhx', 'en'],
    ['*', 'en'],
    [';;;,,,', 'en'],
  ])('Accept-Language %s is answered in %s', async ([language, expected]) => {
    const hospital = await gateway.register();

    const answer = await hospital.get('/fhir/Practitioner/unknown', { 'accept-language': language });

    expect(/\p{Script=Han}/u.test(answer.body.issue[0].details.text)).toBe(expected === 'zh');
    expect(answer.headers['content-language']).toBe(expected === 'zh' ? 'zh-CN' : 'en');
  });

  test.for<[string, string, number]>([
    ['a type R4 does not have', '/fhir/NutritionIntake/1', 404],
    ['a search on it', '/fhir/Foo', 404],
    ['a small letter', '/fhir/patient/1', 404],
    ['an operation nobody knows', '/fhir/Patient/1/$everything', 404],
    ['the history of an id that cannot be', '/fhir/Patient/1/_history', 404],
    ['an id beyond 256 characters', `/fhir/Patient/${'a'.repeat(300)}`, 404],
    ['a broken percent escape', '/fhir/Patient/%E0%A4%A', 400],
  ])('%s is an OperationOutcome', async ([, url, status]) => {
    const hospital = await gateway.register();

    const answer = await hospital.get(url);

    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome' } });
  });

  test('who has no token is told nothing but that', async () => {
    const hospital = await gateway.register();

    for (const url of ['/fhir/Patient/1', '/fhir/Patient', '/fhir/nothing/here/at/all', '/fhir/Foo']) {
      const answer = await hospital.get(url, { authorization: undefined });
      expect(answer).toMatchObject({ status: 401, body: { resourceType: 'OperationOutcome', issue: [{ code: 'login' }] } });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('characters that the database cannot hold are an answer, not an error', async () => {
    const hospital = await gateway.register();

    for (const url of [
      '/fhir/Practitioner?identifier=a%00|b',
      '/fhir/Practitioner?_after=AAAA%00',
      '/fhir/Practitioner/%00',
      `/fhir/Patient/${'1'.repeat(32)}/$prior-results?item=%00`,
      `/fhir/Patient/${'1'.repeat(32)}/$prior-results?item=%ED%A0%80`,
    ]) {
      expect((await hospital.get(url)).status, url).toBeLessThan(500);
    }
  });
});

describe('what nobody may write', () => {
  test('an AuditEvent: 405, by itself and in a transaction', async () => {
    const hospital = await gateway.register();
    const resource = { resourceType: 'AuditEvent' };

    const alone = await hospital.post('/fhir/AuditEvent', resource);
    const bundled = await hospital.post('/fhir', transaction(post(resource)));
    const updated = await hospital.put('/fhir/AuditEvent/1', { ...resource, id: '1' });

    expect(alone).toMatchObject({ status: 405, body: { resourceType: 'OperationOutcome' } });
    expect(updated.status).toBe(405);
    expect(bundled).toMatchObject({ status: 405, body: { issue: [{ expression: ['Bundle.entry[0].resource.resourceType'] }] } });
  });

  test('another type than the address says', async () => {
    const hospital = await gateway.register();

    expect(await hospital.post('/fhir/Practitioner', { resourceType: 'Location' })).toMatchObject({
      status: 400,
      body: { issue: [{ expression: ['Practitioner.resourceType'] }] },
    });
    expect((await hospital.post('/fhir/Foo', { resourceType: 'Foo' })).status).toBe(404);
  });
});

test('an answer carries its request id, and is not to be kept by anybody', async () => {
  const hospital = await gateway.register();

  for (const [url, caching] of [
    // About nobody, and asked for again and again: to be kept, and asked whether it still holds.
    ['/fhir/metadata', 'no-cache'],
    ['/fhir/Practitioner', 'no-store'],
    ['/fhir/Practitioner/x', 'no-store'],
  ] as const) {
    const { headers } = await hospital.get(url);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['cache-control']).toBe(caching);
  }
});

test('a number with more digits than a computer counts with, and extensions nobody here knows, come back as they were', async () => {
  const hospital = await gateway.register();
  const { body: patient } = await hospital.post('/fhir/Patient', patientOf(somebody()));
  const odd = `"valueQuantity":{"value":1.230000000000000000000000000010e-5,"extension":[{"valueDecimal":0.10,"url":"http://b.example"}]},"_status":{"extension":[{"url":"http://a.example","valueDecimal":100.00}]}`;

  const { body } = await hospital.post(
    '/fhir/Observation',
    `{"resourceType":"Observation","status":"final","code":{"text":"\\u767d细胞"},"subject":{"reference":"Patient/${patient.id}"},${odd}}`,
  );

  const { text } = await hospital.get(`/fhir/Observation/${body.id}`);
  expect(text).toContain(odd);
  expect(text).toContain('"text":"\\u767d细胞"');
});

test('a conditional create with a header that says nothing this server knows is refused', async () => {
  const hospital = await gateway.register();

  for (const criteria of ['colour=x', 'identifier=', '_count=1', 'identifier=a|b&colour=red', '']) {
    const answer = await hospital.post('/fhir/Practitioner', { ...PRACTITIONER, id: randomUUID() }, { 'if-none-exist': criteria });
    expect(answer).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome' } });
  }
});
