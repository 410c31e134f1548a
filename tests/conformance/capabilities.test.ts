import { describe, expect, test } from 'vitest';
import { AUDIT_INTERACTIONS, SYSTEM_INTERACTIONS, TYPE_INTERACTIONS } from '../../src/conformance/interactions.ts';
import { type SearchParameter, searchParametersOf } from '../../src/fhir/definitions/search-parameters.ts';
import { structureIssues } from '../../src/fhir/validation/structure.ts';
import { SERVED_OPERATIONS } from '../../src/server.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

interface Described {
  readonly type: string;
  readonly interaction: readonly { readonly code: string }[];
  readonly searchParam: readonly { readonly name: string; readonly type: string; readonly definition?: string }[];
  readonly searchInclude?: readonly string[];
  readonly searchRevInclude?: readonly string[];
  readonly operation?: readonly { readonly name: string; readonly definition: string }[];
  readonly [name: string]: unknown;
}

async function metadata(query = '', headers: Record<string, string> = {}) {
  const { statusCode, headers: answered, body } = await gateway.app.inject({ url: `/fhir/metadata${query}`, headers });
  return { status: statusCode, etag: String(answered['etag']), body: body === '' ? undefined : JSON.parse(body) };
}

async function described(): Promise<readonly Described[]> {
  return (await metadata()).body.rest[0].resource;
}

async function describedAs(type: string): Promise<Described> {
  return (await described()).find((it) => it.type === type) as Described;
}

const codesOf = (list: readonly { readonly code: string }[]) => list.map((it) => it.code).toSorted();

describe('the CapabilityStatement', () => {
  test('is there without a token, says who speaks, and is a valid resource', async () => {
    const { body } = await metadata();

    expect(body).toMatchObject({
      resourceType: 'CapabilityStatement',
      status: 'active',
      kind: 'instance',
      fhirVersion: '4.0.1',
      implementation: { url: 'http://gateway.test/fhir' },
      patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    });
    expect(body.rest[0].security.service[0].coding[0].code).toBe('SMART-on-FHIR');
    expect(structureIssues(body, 'CapabilityStatement')).toEqual([]);
  });

  test('has an ETag, and is not sent again to who has it', async () => {
    const { etag } = await metadata();

    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    expect(await metadata('', { 'if-none-match': `"other", ${etag}` })).toMatchObject({ status: 304, body: undefined });
    expect((await metadata('', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('is of FHIR 4.0', async () => {
    expect((await metadata('', { accept: 'application/fhir+json; fhirVersion=4.0' })).status).toBe(200);
    expect((await metadata('', { accept: 'application/fhir+json; fhirVersion=3.0' })).status).toBe(406);
  });

  test('has modes: the terminology is described apart', async () => {
    const { status, body } = await metadata('?mode=terminology');

    expect({ status, type: body.resourceType }).toEqual({ status: 200, type: 'TerminologyCapabilities' });
    expect(structureIssues(body, 'TerminologyCapabilities')).toEqual([]);
    expect((await metadata('?mode=normative')).body.resourceType).toBe('CapabilityStatement');
    expect((await metadata('?mode=poetic')).status).toBe(400);
  });

  test.for<[string, readonly string[], number]>([
    ['_summary=true', ['date', 'fhirVersion', 'implementation', 'patchFormat', 'publisher', 'rest', 'software'], 50_000],
    ['_summary=text', ['date', 'fhirVersion'], 1_000],
    ['_elements=software,fhirVersion', ['date', 'fhirVersion', 'software'], 1_000],
    ['_elements=version&mode=terminology', ['date'], 1_000],
  ])('comes in part with %s, marked as not whole', async ([query, kept, charactersMax]) => {
    const { status, body, etag } = await metadata(`?${query}`);

    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(expect.arrayContaining([...kept]));
    expect(Object.keys(body)).not.toContain('text');
    expect(body.meta.tag).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
    expect(JSON.stringify(body).length).toBeLessThan(charactersMax);
    expect((await metadata(`?${query}`, { 'if-none-match': etag })).status).toBe(304);
  });

  test('comes whole with _summary=false, and with nothing else that is no wish', async () => {
    const { etag, body } = await metadata();

    expect(await metadata('?_summary=false')).toEqual({ status: 200, etag, body });
    for (const query of ['_summary=short', '_summary=count', '_elements=a-b', '_summary=true&_summary=text']) {
      expect((await metadata(`?${query}`)).status, query).toBe(400);
    }
  });
});

describe('what it claims is true', () => {
  test('every door of the FHIR face is claimed, and every claim has its doors', async () => {
    const { paths } = (await gateway.app.inject('/openapi.json')).json();
    const doors = Object.entries(paths as Record<string, Record<string, { operationId: string }>>)
      .filter(([path]) => path.startsWith('/fhir'))
      .flatMap(([, methods]) => Object.values(methods).map((it) => it.operationId));
    const claimed = [...TYPE_INTERACTIONS, ...SYSTEM_INTERACTIONS, ...AUDIT_INTERACTIONS, ...SERVED_OPERATIONS].flatMap((it) => it.doors);
    // Statements about the server, and a second address of definitions.
    const others = [
      'showCapabilities',
      'showSmartConfiguration',
      'readNamedOperationDefinition',
      'readNamedSearchParameter',
      'readNamedConceptMap',
      'readNamedCodeSystem',
      'readNamedValueSet',
      'readNamedMeasure',
    ];

    expect([...new Set([...claimed, ...others])].toSorted()).toEqual(doors.toSorted());
  });

  test('every search parameter of every type is taken', async () => {
    const caller = await gateway.register({ scopes: ['system/*.rs', 'audit.read'] });

    const refused: string[] = [];
    for (const { type, searchParam } of await described()) {
      // AuditEvents are searched by a table of their own.
      const known = new Map((type === 'AuditEvent' ? [] : searchParametersOf(type)).map((it) => [it.name, it]));
      const queries = searchParam.map((it) => `${it.name}=${encodeURIComponent(exampleFor(it, known.get(it.name)))}`);
      const together = type === 'AuditEvent' ? 1 : 25;
      for (let at = 0; at < queries.length; at += together) {
        const query = queries.slice(at, at + together).join('&');
        const answer = await caller.get(`/fhir/${type}?${query}`);
        if (answer.status !== 200) refused.push(`${type}?${query}: ${answer.text}`);
      }
    }

    expect(refused).toEqual([]);
  }, 120_000);

  test('and no type takes one that is not listed', async () => {
    const caller = await gateway.register({ scopes: ['system/*.rs', 'audit.read'] });

    for (const { type } of await described()) {
      expect((await caller.get(`/fhir/${type}?unheard-of=x`)).status, type).toBe(400);
    }
  }, 60_000);

  test('every include and reverse include of the types of a report is taken', async () => {
    const caller = await gateway.register();

    for (const type of ['DiagnosticReport', 'Observation', 'Patient']) {
      const { searchInclude = [], searchRevInclude = [] } = await describedAs(type);
      expect(searchInclude.length).toBeGreaterThan(3);
      expect(searchRevInclude).toContain('Provenance:target');
      for (const it of searchInclude) expect((await caller.get(`/fhir/${type}?_include=${it}`)).status, it).toBe(200);
      for (const it of searchRevInclude) expect((await caller.get(`/fhir/${type}?_revinclude=${it}`)).status, it).toBe(200);
    }
  }, 60_000);

  test.for<[string, object]>([
    ['Practitioner', { name: [{ text: '林敏' }] }],
    ['Observation', { status: 'final', code: { text: 'x' } }],
    ['ValueSet', { status: 'draft' }],
    ['NutritionOrder', { status: 'draft', intent: 'order', dateTime: '2026-01-01' }],
  ])('every interaction with a %s works', async ([type, content]) => {
    const caller = await gateway.register();
    const about = type === 'NutritionOrder' || type === 'Observation' ? await subjectOf(caller, type) : {};
    const identifier = [{ system: 'urn:test:capabilities', value: type }];
    const resource = { resourceType: type, identifier, ...content, ...about };
    const criteria = `identifier=urn:test:capabilities|${type}`;

    const created = await caller.post(`/fhir/${type}`, resource);
    const { id } = created.body;
    const at = `/fhir/${type}/${id}`;
    const patch = [{ op: 'add', path: '/language', value: 'en' }];
    const done: Record<string, number> = {
      create: created.status,
      read: (await caller.get(at)).status,
      'search-type': (await caller.get(`/fhir/${type}?${criteria}`)).body.total === 1 ? 200 : 0,
      update: (await caller.put(at, { ...created.body, language: 'zh' })).status,
      patch: (await caller.send('PATCH', at, patch, { 'content-type': 'application/json-patch+json' })).status,
      vread: (await caller.get(`${at}/_history/1`)).status,
      'history-instance': (await caller.get(`${at}/_history`)).status,
      'history-type': (await caller.get(`/fhir/${type}/_history`)).status,
    };
    const conditionally = {
      create: (await caller.post(`/fhir/${type}`, resource, { 'if-none-exist': criteria })).status,
      read: (await caller.get(at, { 'if-none-match': 'W/"3"' })).status,
      update: (await caller.put(`/fhir/${type}?${criteria}`, { ...resource, language: 'fr' })).status,
      delete: (await caller.send('DELETE', `/fhir/${type}?${criteria}`)).status,
    };
    done['delete'] = (await caller.send('DELETE', at)).status;

    const claim = await describedAs(type);
    expect(Object.keys(done).toSorted()).toEqual(codesOf(claim.interaction));
    expect(done).toEqual({ ...Object.fromEntries(Object.keys(done).map((it) => [it, 200])), create: 201, delete: 204 });
    expect(conditionally).toEqual({ create: 200, read: 304, update: 200, delete: 204 });
    expect(claim).toMatchObject({
      conditionalCreate: true,
      conditionalRead: 'full-support',
      conditionalUpdate: true,
      conditionalDelete: 'single',
      versioning: 'versioned-update',
    });
  });

  test('update never creates, as it says', async () => {
    const caller = await gateway.register();

    expect((await describedAs('Patient'))['updateCreate']).toBe(false);
    expect((await caller.put('/fhir/Patient/mine', { ...patientOf(somebody()), id: 'mine' })).status).toBe(405);
  });

  test('every interaction with the whole server works', async () => {
    const caller = await gateway.register();
    const { rest } = (await metadata()).body;
    const bundle = (type: string) => caller.post('/fhir', { resourceType: 'Bundle', type });

    const done = {
      transaction: (await bundle('transaction')).status,
      batch: (await bundle('batch')).status,
      'search-system': (await caller.get('/fhir?_type=Patient,Observation')).status,
      'history-system': (await caller.get('/fhir/_history')).status,
    };

    expect(codesOf(rest[0].interaction)).toEqual(Object.keys(done).toSorted());
    expect(Object.values(done)).toEqual([200, 200, 200, 200]);
  });

  test('the parameters of all types are taken by the whole server', async () => {
    const caller = await gateway.register();
    const { rest } = (await metadata()).body;

    for (const { name, type } of rest[0].searchParam as Described['searchParam']) {
      const query =
        name === '_type' ? '_type=Patient' : `_type=Patient&${name}=${encodeURIComponent(exampleFor({ name, type }, undefined))}`;
      expect((await caller.get(`/fhir?${query}`)).status, name).toBe(200);
    }
  });

  test('every operation is there, on the types that name it or on the whole server', async () => {
    const caller = await gateway.register();
    const named = new Map<string, Set<string>>();
    for (const { type, operation = [] } of await described()) {
      for (const it of operation) named.set(it.name, (named.get(it.name) ?? new Set()).add(type));
    }
    const ofSystem = (await metadata()).body.rest[0].operation as { name: string; definition: string }[];
    for (const { name } of ofSystem) named.set(name, new Set());

    expect([...named.keys()].toSorted()).toEqual([...new Set(SERVED_OPERATIONS.map((it) => it.code))].toSorted());
    expect([...(named.get('expand') ?? [])]).toEqual(['ValueSet']);
    expect([...(named.get('match') ?? [])]).toEqual(['Patient']);
    expect(named.get('validate')?.size).toBeGreaterThan(140);
    expect(ofSystem).toEqual([
      { name: 'check-recognition', definition: 'https://tongjian.example/fhir/OperationDefinition/check-recognition' },
    ]);
    for (const { name } of ofSystem) expect((await caller.post(`/fhir/$${name}`, { resourceType: 'Parameters' })).status).toBe(400);
    for (const { resource, code, onType } of SERVED_OPERATIONS.filter((it) => !it.onSystem)) {
      const type = resource[0] === 'Resource' ? 'Location' : resource[0];
      // What can be evaluated has a name; any other id is not found.
      const id = type === 'Measure' ? 'savings' : '1'.repeat(32);
      const path = onType ? `/fhir/${type}/$${code}` : `/fhir/${type}/${id}/$${code}`;
      const answer = await (code === 'match' || code === 'validate' ? caller.post(path, { resourceType: 'Location' }) : caller.get(path));
      expect([404, 405], `${code}: ${answer.text}`).not.toContain(answer.status);
    }
  });
});

test('a resource of a type that nobody describes further is stored and read back unchanged', async () => {
  const caller = await gateway.register();
  const resource = {
    resourceType: 'NutritionOrder',
    identifier: [{ system: 'urn:n', value: '1' }],
    status: 'draft',
    intent: 'order',
    dateTime: '2026-01-01',
    ...(await subjectOf(caller, 'NutritionOrder')),
    oralDiet: { type: [{ text: '低盐' }] },
  };

  const { body, status, text } = await caller.post('/fhir/NutritionOrder', resource);

  expect(status, text).toBe(201);
  expect((await caller.get(`/fhir/NutritionOrder/${body.id}`)).body).toMatchObject(resource);
  expect((await caller.get('/fhir/NutritionOrder?identifier=urn:n|1')).body.entry).toHaveLength(1);
  expect((await caller.get(`/fhir/NutritionOrder?_id=${body.id}`)).body.entry).toHaveLength(1);
});

async function subjectOf(caller: CallingSystem, type: string): Promise<object> {
  const { body } = await caller.post('/fhir/Patient', patientOf(somebody()));
  return { [type === 'NutritionOrder' ? 'patient' : 'subject']: { reference: `Patient/${body.id}` } };
}

const EXAMPLE: Readonly<Record<string, string>> = {
  token: 'a',
  date: '2026-03-01',
  string: 'a',
  number: '1',
  quantity: '1',
  uri: 'urn:a',
};

/** A value that a parameter understands. */
function exampleFor({ name, type }: { readonly name: string; readonly type: string }, known: SearchParameter | undefined): string {
  if (!known && name === 'outcome') return '0';
  if (!known && name === 'action') return 'R';
  if (!known && name === 'type') return 'rest';
  if (!known && name === 'subtype') return 'read';
  if (!known && name === 'entity-role') return '1';
  if (!known && name === 'entity-type') return '1';
  if (!known && name.endsWith('.identifier')) return 'urn:a|b';
  if (type === 'token' && known?.paths.every((it) => ['boolean', 'existence'].includes(it.type))) return 'true';
  if (type === 'reference') return `${known?.targets[0] ?? 'Patient'}/${'1'.repeat(32)}`;
  if (type === 'composite')
    return (known?.groups[0]?.components ?? []).map((it) => exampleFor({ name: '', type: it.type }, undefined)).join('$');
  return EXAMPLE[type] ?? 'a';
}
