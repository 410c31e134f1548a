import { describe, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit, publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';

const gateway = useGateway();

const PRACTITIONER = { resourceType: 'Practitioner', name: [{ text: '林敏' }] };
const NOBODY = `Practitioner/${'1'.repeat(32)}`;

/** A practitioner with two versions; `Practitioner/id`. */
async function twice(hospital: CallingSystem): Promise<string> {
  const { body } = await hospital.post('/fhir/Practitioner', PRACTITIONER);
  const reference = `Practitioner/${body.id}`;
  expect((await hospital.put(`/fhir/${reference}`, { ...PRACTITIONER, id: body.id, gender: 'female' })).status).toBe(200);
  return reference;
}

/** The doors an institution came through, the latest first. */
async function entriesOf(hospital: CallingSystem) {
  const { body } = await hospital.get(`/v1/access-log?client=${hospital.client}&limit=100`);
  return (body.entries as { interaction: string; outcome: number; entities: string[] }[]).filter((it) => it.interaction !== 'listAccesses');
}

describe('a read says which version it is of', () => {
  test('with ETag and Last-Modified, now and of a version', async () => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);

    const [now, first, second] = await Promise.all(['', '/_history/1', '/_history/2'].map((it) => hospital.get(`/fhir/${reference}${it}`)));

    expect([now, first, second].map((it) => it?.headers['etag'])).toEqual(['W/"2"', 'W/"1"', 'W/"2"']);
    for (const answer of [now, first, second]) {
      expect(answer?.headers['last-modified']).toBe(new Date(answer?.body.meta.lastUpdated).toUTCString());
    }
    expect(now?.text).toBe(second?.text);
    expect(first?.body.gender).toBeUndefined();
  });
});

describe('trap 10: deleted, never there, and another resource’s version are told apart', () => {
  test('a deleted resource is 410, its deletion as a version too, and its other versions are still read', async () => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);

    expect((await hospital.send('DELETE', `/fhir/${reference}`)).status).toBe(204);

    for (const address of [reference, `${reference}/_history/3`]) {
      const gone = await hospital.get(`/fhir/${address}`, { 'if-none-match': '*' });
      expect(gone).toMatchObject({ status: 410, body: { resourceType: 'OperationOutcome', issue: [{ code: 'deleted' }] } });
    }
    expect((await hospital.get(`/fhir/${reference}/_history/2`)).status).toBe(200);
    expect((await hospital.get(`/fhir/${reference}/_history/4`)).status).toBe(404);
  });

  test('what was never there is 404, also as a version, in whatever form it is asked for', async () => {
    const hospital = await gateway.register();
    const [one, other] = [await twice(hospital), (await hospital.post('/fhir/Practitioner', PRACTITIONER)).body.id as string];

    for (const address of [
      NOBODY,
      'Practitioner/none',
      one.replace('Practitioner', 'Organization'),
      `${one}/_history/3`,
      `${one}/_history/0`,
      `${one}/_history/01`,
      `${one}/_history/-1`,
      `${one}/_history/none`,
      `${one}/_history/9999999999`,
      // The second version of another resource.
      `Practitioner/${other}/_history/2`,
      `${one.replace('Practitioner', 'Organization')}/_history/1`,
    ]) {
      const answer = await hospital.get(`/fhir/${address}`);
      expect(answer, address).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] } });
    }
  });
});

describe('a conditional read', () => {
  test.for<[string, Record<string, string>, number]>([
    ['its version', { 'if-none-match': 'W/"2"' }, 304],
    ['its version as a strong tag', { 'if-none-match': '"2"' }, 304],
    ['a list', { 'if-none-match': 'W/"1", W/"2"' }, 304],
    ['any version', { 'if-none-match': '*' }, 304],
    ['an older version', { 'if-none-match': 'W/"1"' }, 200],
    ['a time to come', { 'if-modified-since': new Date(Date.now() + 86_400_000).toUTCString() }, 304],
    ['a time gone by', { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 200],
    ['no time', { 'if-modified-since': 'yesterday' }, 200],
    ['an older version and a time to come', { 'if-none-match': 'W/"1"', 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 200],
  ])('with %s', async ([, headers, status]) => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);

    const answer = await hospital.get(`/fhir/${reference}`, headers);

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ etag: 'W/"2"', 'last-modified': expect.any(String) });
    expect(answer.text === '').toBe(status === 304);
  });

  test('gives back its own Last-Modified and is told that nothing has changed', async () => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);
    const { headers } = await hospital.get(`/fhir/${reference}`);

    expect((await hospital.get(`/fhir/${reference}`, { 'if-modified-since': String(headers['last-modified']) })).status).toBe(304);
  });

  test('is an access like any other, and tells nothing to those who may not see', async () => {
    const [source, asker] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const report = `DiagnosticReport/${await publish(source, { person })}`;

    expect((await asker.get(`/fhir/${report}`, { 'if-none-match': '*' })).status).toBe(404);
    await permit(asker, person);
    expect((await asker.get(`/fhir/${report}`, { 'if-none-match': 'W/"1"' })).status).toBe(304);

    expect((await entriesOf(asker)).filter((it) => it.interaction === 'readResource')).toMatchObject([
      { outcome: 0, entities: [`${report}/_history/1`] },
      { outcome: 4, entities: [] },
    ]);
  });
});

describe('HEAD', () => {
  test('is answered as GET is, with the length of what is not sent, and logged', async () => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);
    const addresses = [
      `/fhir/${reference}`,
      `/fhir/${reference}?_pretty=true&_elements=name`,
      `/fhir/${reference}/_history/1`,
      `/fhir/${reference}/_history`,
      '/fhir/Practitioner/_history?_count=0',
      `/fhir/Practitioner?_id=${reference.split('/')[1]}`,
      '/fhir/metadata',
      `/fhir/${NOBODY}`,
      '/fhir/Foo/1',
    ];

    for (const address of addresses) {
      const [get, head] = [await hospital.get(address), await hospital.send('HEAD', address)];
      const { 'x-request-id': _one, date: _date, connection: _connection, ...expected } = get.headers;

      expect(head.status, address).toBe(get.status);
      expect(head.text, address).toBe('');
      expect(head.headers, address).toMatchObject(expected);
      expect(head.headers['content-length'], address).toBe(String(Buffer.byteLength(get.text)));
    }
    // Once for GET and once for HEAD.
    expect((await entriesOf(hospital)).filter((it) => it.interaction === 'readVersion')).toHaveLength(2);
  });

  test('of what the caller has already is 304', async () => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);

    const answer = await hospital.send('HEAD', `/fhir/${reference}`, undefined, { 'if-none-match': 'W/"2"' });

    expect(answer).toMatchObject({ status: 304, text: '', headers: { etag: 'W/"2"' } });
  });
});

describe('a part of a resource', () => {
  test('trap 27: is marked SUBSETTED, and refused when it is sent back', async () => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);

    for (const wish of ['_elements=gender', '_summary=true', '_summary=text', '_summary=data']) {
      const { text, body, headers } = await hospital.get(`/fhir/${reference}?${wish}`);
      expect(body.meta.tag, wish).toMatchObject([{ code: 'SUBSETTED' }]);
      expect(headers['etag']).toBe('W/"2"');

      expect(await hospital.put(`/fhir/${reference}`, text)).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome' } });
    }
    expect((await hospital.get(`/fhir/${reference}?_summary=false`)).body.meta.tag).toBeUndefined();
    expect((await hospital.get(`/fhir/${reference}`)).headers['etag']).toBe('W/"2"');
  });

  test('is shown of versions as well, with the digits they were written in', async () => {
    const hospital = await gateway.register();
    const { body } = await hospital.post(
      '/fhir/Location',
      '{"resourceType":"Location","name":"检验科","description":"d","position":{"longitude":106.50,"latitude":29.5600}}',
    );

    const { text } = await hospital.get(`/fhir/Location/${body.id}/_history/1?_elements=position`);

    expect(text).toContain('"position":{"longitude":106.50,"latitude":29.5600}');
    expect(Object.keys(JSON.parse(text))).toEqual(['resourceType', 'id', 'meta', 'position']);
  });

  test.for([
    '_summary=count',
    '_summary=yes',
    '_summary=',
    '_elements=',
    '_elements=a,,b',
    '_elements=a&_elements=b',
    '_summary=true&_summary=text',
  ])('%s is no part: 400', async (wish) => {
    const hospital = await gateway.register();
    const reference = await twice(hospital);

    const answer = await hospital.get(`/fhir/${reference}?${wish}`);

    expect(answer).toMatchObject({ status: 400, body: { issue: [{ code: 'value', expression: [wish.split('=')[0]] }] } });
  });
});

test('_pretty=true lays out what is answered, errors too, and nothing else of it changes', async () => {
  const hospital = await gateway.register();
  const reference = await twice(hospital);

  const [plain, pretty] = [await hospital.get(`/fhir/${reference}`), await hospital.get(`/fhir/${reference}?_pretty=true`)];
  const error = await hospital.get(`/fhir/${NOBODY}?_pretty=true`);

  expect(pretty.text).toBe(JSON.stringify(plain.body, undefined, 2));
  expect(error.text).toBe(JSON.stringify(error.body, undefined, 2));
  expect((await hospital.get(`/fhir/${reference}?_pretty=false`)).text).toBe(plain.text);
});
