import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { archive, fhirPackage } from '../support/fhir-package.ts';
import { type CallingSystem, callersOf, freshUscc, startGateway, useGateway } from '../support/gateway.ts';
import { folderOf, isThere } from '../support/testdata.ts';

const gateway = useGateway();
const GZIP = { 'content-type': 'application/gzip' };

const load = (operator: CallingSystem, bytes: Buffer) => loadAt(gateway.app, operator, bytes);

async function loadAt(app: typeof gateway.app, operator: CallingSystem, bytes: Buffer) {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/packages',
    headers: { authorization: `Bearer ${operator.token}`, ...GZIP },
    payload: bytes,
  });
  return { status: answer.statusCode, body: answer.json() };
}

const operator = () => gateway.register({ scopes: ['operator', 'system/*.cruds'] });

const codeSystem = (url: string, more: object = {}) => ({
  resourceType: 'CodeSystem',
  url,
  version: '1',
  status: 'active',
  content: 'complete',
  concept: [{ code: 'a' }],
  ...more,
});

describe('a package through the operator’s door', () => {
  test('is loaded once; the same file again says so, another of its name and version is refused', async () => {
    const caller = await operator();
    const name = 'test.once';
    const file = await fhirPackage([codeSystem('urn:test:once')], { name, canonical: 'http://guide.example' });

    const first = await load(caller, file);

    expect(first).toMatchObject({ status: 201, body: { name, version: '1.0.0', canonical: 'http://guide.example' } });
    expect(await load(caller, file)).toMatchObject({ status: 200, body: first.body });
    expect(await load(caller, await fhirPackage([codeSystem('urn:test:other')], { name }))).toMatchObject({ status: 409 });
    const { body } = await caller.get('/v1/packages');
    expect(body.packages.find((it: { name: string }) => it.name === name)).toMatchObject({
      sha256: first.body.sha256,
      definitions: { CodeSystem: 1 },
      loadedAt: expect.stringMatching(/^\d{4}-/),
    });
  });

  test('is for the operator alone', async () => {
    const hospital = await gateway.register();
    const file = await fhirPackage([codeSystem('urn:test:nobody')]);

    expect((await load(hospital, file)).status).toBe(403);
    expect((await hospital.get('/v1/packages')).status).toBe(403);
  });

  test('brings definitions that everybody finds and reads, and nobody changes', async () => {
    const caller = await operator();
    await load(caller, await fhirPackage([codeSystem('urn:test:found', { name: 'Found' })]));
    const hospital = await gateway.register();

    const found = (await hospital.get('/fhir/CodeSystem?url=urn:test:found')).body;

    expect(found.entry).toHaveLength(1);
    const { id } = found.entry[0].resource;
    expect((await hospital.get(`/fhir/CodeSystem/${id}`)).body).toMatchObject({ url: 'urn:test:found', name: 'Found' });
    expect((await caller.put(`/fhir/CodeSystem/${id}`, { ...found.entry[0].resource, name: 'Changed' })).status).toBe(403);
    expect((await caller.send('DELETE', `/fhir/CodeSystem/${id}`)).status).toBe(403);
  });

  test('cannot define anew what another one defines', async () => {
    const caller = await operator();
    await load(caller, await fhirPackage([codeSystem('urn:test:taken')]));

    const { status, body } = await load(caller, await fhirPackage([codeSystem('urn:test:taken', { concept: [{ code: 'b' }] })]));

    expect(status).toBe(409);
    expect(JSON.stringify(body)).toContain('urn:test:taken|1');
    expect((await load(caller, await fhirPackage([codeSystem('urn:test:taken')]))).status).toBe(201);
  });

  test.for<[string, () => Promise<Buffer>, number, RegExp]>([
    ['no gzip', async () => Buffer.from('hello'), 400, /gzip/],
    ['nothing at all', async () => Buffer.alloc(0), 400, /gzip/],
    ['no tar inside', async () => (await import('node:zlib')).gzipSync('x'.repeat(2000)), 400, /tar|package\.json/],
    ['no package.json', () => archive({ 'package/a.json': '{"resourceType":"ValueSet"}' }), 400, /package\.json/],
    ['package.json that is no JSON', () => archive({ 'package/package.json': '{' }), 400, /package\.json/],
    ['another version of FHIR', () => fhirPackage([], { fhirVersions: ['5.0.0'] }), 422, /5\.0\.0/],
    ['a bomb', async () => (await import('node:zlib')).gzipSync(Buffer.alloc(80 * 1024 * 1024)), 413, /64 MiB/],
    ['a path out of the package', () => archive({ '../package/package.json': '{}' }), 400, /out of the package/],
    ['a definition without its url', () => fhirPackage([{ resourceType: 'CodeSystem' }]), 422, /package\/0\.json/],
    ['the same definition twice', () => fhirPackage([codeSystem('urn:test:2'), codeSystem('urn:test:2')]), 422, /0\.json/],
    [
      'a broken definition',
      () => archive({ 'package/package.json': '{"name":"x","version":"1","fhirVersions":["4.0.1"]}', 'package/cs.json': '{"a":1,"a":2}' }),
      400,
      /cs\.json/,
    ],
    [
      'a profile with a differential alone',
      () =>
        fhirPackage([
          {
            resourceType: 'StructureDefinition',
            url: 'urn:test:d',
            derivation: 'constraint',
            type: 'Patient',
            differential: { element: [{ path: 'Patient' }] },
          },
        ]),
      422,
      /snapshot/,
    ],
    [
      'a search parameter that cannot be read',
      () =>
        fhirPackage([
          {
            resourceType: 'SearchParameter',
            url: 'urn:test:sp',
            code: 'odd',
            base: ['Patient'],
            type: 'string',
            expression: 'Patient.name.iif(true, 1)',
          },
        ]),
      422,
      /urn:test:sp/,
    ],
    [
      'a search parameter of a name that is taken',
      () =>
        fhirPackage([
          {
            resourceType: 'SearchParameter',
            url: 'urn:test:sp2',
            code: 'birthdate',
            base: ['Patient'],
            type: 'date',
            expression: 'Patient.birthDate',
          },
        ]),
      409,
      /birthdate/,
    ],
  ])('is refused: %s', async ([, make, status, words]) => {
    const answer = await load(await operator(), await make());

    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(words);
  });

  test('is in force in a second process within a second', async () => {
    const second = await startGateway(gateway.databaseUrl);
    try {
      const there = await callersOf(second).register({ scopes: ['system/*.rs'] });
      const url = 'urn:test:second-process';
      const ask = () => there.get(`/fhir/CodeSystem/$lookup?system=${url}&code=a`);
      expect((await ask()).status).toBe(404);

      await load(await operator(), await fhirPackage([codeSystem(url)]));
      await new Promise((resolve) => setTimeout(resolve, 1_000));

      expect((await ask()).status).toBe(200);
    } finally {
      await second.close();
    }
  });
});

describe.skipIf(!isThere('chongqing-core'))('the published guide of Chongqing', () => {
  const PROFILE = 'http://fhir.cq.hc/StructureDefinition/hc-mdm-organization';
  // biome-ignore lint/suspicious/noExplicitAny: tests change what they read.
  let examples: any[] = [];
  let caller: CallingSystem;

  beforeAll(async () => {
    const bytes = await readFile(new URL('package.tgz', folderOf('chongqing-core')));
    caller = await operator();
    expect((await load(caller, bytes)).status).toBe(201);
    examples = await examplesOf(bytes);
  });

  /** An example as somebody else's institution, since one credit code is one institution. */
  const example = (index = 0) => {
    const copy = structuredClone(examples[index]);
    const uscc = freshUscc();
    for (const it of copy.identifier ?? []) if (it.type?.coding?.[0]?.code === 'USCC') it.value = uscc;
    delete copy.id;
    return copy;
  };

  test('its four example Organizations are accepted', async () => {
    expect(examples).toHaveLength(4);
    for (const index of examples.keys()) {
      const { status, body } = await caller.post(`/fhir/Organization/$validate?profile=${PROFILE}`, examples[index]);
      expect(status).toBe(200);
      expect(body.issue.filter((it: { severity: string }) => it.severity === 'error')).toEqual([]);
    }
  });

  test('and stored, as the resources of institutions, and found by the search parameter of the guide', async () => {
    for (const index of examples.keys()) {
      const { status, text } = await caller.post('/fhir/Organization', example(index));
      expect(status, text).toBe(201);
    }

    const { body } = await caller.get('/fhir/Organization?institution-type=A100,C210&_total=accurate');

    expect(body.total).toBe(2);
  });

  // biome-ignore lint/suspicious/noExplicitAny: the resource is broken on purpose.
  test.for<[string, (it: any) => void, RegExp]>([
    ['an unknown element', (it) => Object.assign(it, { colour: 'red' }), /^Organization\.colour$/],
    ['a missing required element', (it) => delete it.name, /^Organization(\.name)?$/],
    ['a wrong code', (it) => (it.type[0].coding[0].code = 'no-such'), /^Organization\.type\[0\]/],
    ['a broken invariant', (it) => (it.address[0].postalCode = 'abc'), /^Organization\.address\[0\]/],
  ])('%s is refused with its path, by create and by $validate', async ([, spoil, path]) => {
    const broken = example();
    spoil(broken);

    const stored = await caller.post('/fhir/Organization', broken);
    const validated = await caller.post('/fhir/Organization/$validate', broken);

    expect([400, 422], stored.text).toContain(stored.status);
    expect(expressions(stored.body)).toContainEqual(expect.stringMatching(path));
    expect(validated.status).toBe(200);
    expect(expressions(validated.body)).toContainEqual(expect.stringMatching(path));
  });

  test('the profile is named in the CapabilityStatement, and its search parameter is offered', async () => {
    const { rest, implementationGuide } = (await gateway.app.inject('/fhir/metadata')).json();
    const organization = rest[0].resource.find((it: { type: string }) => it.type === 'Organization');

    expect(organization.supportedProfile).toContain(PROFILE);
    expect(organization.searchParam.map((it: { name: string }) => it.name)).toContain('institution-type');
    expect(implementationGuide).toContain('http://fhir.cq.hc/ImplementationGuide/chongqing.core|0.1.6');
    expect((await caller.get('/fhir/Organization?institution-type=A1')).status).toBe(200);
  });

  test('a profile of another type than the resource is refused', async () => {
    const answer = await caller.post('/fhir/Location', { resourceType: 'Location', meta: { profile: [PROFILE] }, name: '门诊楼' });

    expect(answer.status).toBe(422);
    expect(expressions(answer.body)).toEqual(['Location.meta.profile']);
  });
});

function expressions(outcome: { issue: { severity: string; expression?: string[] }[] }): readonly string[] {
  return outcome.issue.filter((it) => it.severity === 'error').flatMap((it) => it.expression ?? []);
}

async function examplesOf(bytes: Buffer): Promise<object[]> {
  const found: object[] = [];
  const archived = extract();
  archived.end(gunzipSync(bytes));
  for await (const entry of archived) {
    const parts: Uint8Array[] = [];
    for await (const part of entry) parts.push(part as Uint8Array);
    if (entry.header.name.startsWith('package/example/Organization')) found.push(JSON.parse(Buffer.concat(parts).toString()));
  }
  return found;
}
