import { expect, test } from 'vitest';
import { readRequestBundle } from '../../src/fhir/bundle.ts';
import { parseExactJson } from '../../src/fhir/exact-json.ts';
import { failureOf } from '../support/failures.ts';

const POST = { method: 'POST', url: 'Patient' };
const PATIENT = { resourceType: 'Patient' };

const read = (bundle: unknown) => readRequestBundle(parseExactJson(JSON.stringify(bundle), 'Bundle'), 'http://gateway.test/fhir');
const transaction = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction', ...(entry.length > 0 ? { entry } : {}) });

test.for<[string, unknown, string, string]>([
  ['another resource', PATIENT, 'malformed', 'resourceType'],
  ['no type', { resourceType: 'Bundle' }, 'not-supported', 'Bundle.type'],
  ['a collection', { resourceType: 'Bundle', type: 'collection' }, 'not-supported', 'Bundle.type'],
  ['a type that is no text', { resourceType: 'Bundle', type: ['transaction'] }, 'not-supported', 'Bundle.type'],
  ['entries that are no list', { resourceType: 'Bundle', type: 'batch', entry: { request: POST } }, 'malformed', 'Bundle.entry'],
  ['an entry that is a text', transaction('x'), 'malformed', 'Bundle.entry[0].request.method'],
  ['an entry that is null', transaction({ resource: PATIENT, request: POST }, null), 'malformed', 'Bundle.entry[1].request.method'],
  ['an entry that is a list', transaction([POST]), 'malformed', 'Bundle.entry[0].request.method'],
  ['no request', transaction({ resource: PATIENT }), 'malformed', 'Bundle.entry[0].request.method'],
  ['no method', transaction({ resource: PATIENT, request: { url: 'Patient' } }), 'malformed', 'Bundle.entry[0].request.method'],
  [
    'a method that there is not',
    transaction({ resource: PATIENT, request: { method: 'FETCH', url: 'Patient' } }),
    'malformed',
    'Bundle.entry[0].request.method',
  ],
  ['a PATCH of nothing', transaction({ request: { method: 'PATCH', url: 'Patient/1' } }), 'malformed', 'Bundle.entry[0].resource'],
  ['no url', transaction({ resource: PATIENT, request: { method: 'POST' } }), 'malformed', 'Bundle.entry[0].request.url'],
  ['a POST of nothing', transaction({ request: POST }), 'malformed', 'Bundle.entry[0].resource'],
  ['a PUT of nothing', transaction({ request: { method: 'PUT', url: 'Patient/1' } }), 'malformed', 'Bundle.entry[0].resource'],
  [
    'a resource without its type',
    transaction({ resource: { id: 'a' }, request: POST }),
    'malformed',
    'Bundle.entry[0].resource.resourceType',
  ],
  [
    'a type of another release',
    transaction({ resource: { resourceType: 'NutritionIntake' }, request: POST }),
    'malformed',
    'Bundle.entry[0].resource.resourceType',
  ],
  [
    'a small letter',
    transaction({ resource: { resourceType: 'patient' }, request: POST }),
    'malformed',
    'Bundle.entry[0].resource.resourceType',
  ],
  [
    'an AuditEvent',
    transaction({ resource: { resourceType: 'AuditEvent' }, request: POST }),
    'method-not-allowed',
    'Bundle.entry[0].resource.resourceType',
  ],
  [
    'a meta that is no object',
    transaction({ resource: { ...PATIENT, meta: 'x' }, request: POST }),
    'malformed',
    'Bundle.entry[0].resource.meta',
  ],
  [
    'the same fullUrl twice',
    transaction({ fullUrl: 'urn:uuid:a', resource: PATIENT, request: POST }, { fullUrl: 'urn:uuid:a', resource: PATIENT, request: POST }),
    'malformed',
    'Bundle.entry[1].fullUrl',
  ],
])('refused with its path: %s', ([, bundle, code, path]) => {
  const failure = failureOf(() => read(bundle));

  expect(failure.code).toBe(code);
  expect(failure.issues.map((it) => it.path)).toContain(path);
});

test('every fault is named, not the first alone', () => {
  const failure = failureOf(() => read(transaction({ resource: PATIENT }, { resource: { resourceType: 'Foo' }, request: POST })));

  expect(failure.issues.map((it) => it.path)).toEqual([
    'Bundle.entry[0].request.method',
    'Bundle.entry[0].request.url',
    'Bundle.entry[1].resource.resourceType',
  ]);
});

test('a Bundle without entries asks for nothing', () => {
  expect(read(transaction())).toEqual({ type: 'transaction', entries: [] });
});

test('an entry is read with its conditions', () => {
  const request = {
    method: 'POST',
    url: 'Patient',
    ifNoneExist: 'identifier=a|b',
    ifMatch: 'W/"1"',
    ifNoneMatch: '*',
    ifModifiedSince: '2026-01-01T00:00:00Z',
  };

  expect(read(transaction({ fullUrl: 'urn:uuid:a', resource: PATIENT, request })).entries).toEqual([
    {
      path: 'Bundle.entry[0]',
      fullUrl: 'urn:uuid:a',
      method: 'POST',
      url: 'Patient',
      target: { steps: ['Patient'], query: undefined },
      resource: PATIENT,
      ifNoneExist: 'identifier=a|b',
      ifMatch: 'W/"1"',
      ifNoneMatch: '*',
      ifModifiedSince: '2026-01-01T00:00:00Z',
    },
  ]);
});

test.for<[string, string[], string | undefined]>([
  ['Patient', ['Patient'], undefined],
  ['/Patient/1', ['Patient', '1'], undefined],
  ['http://gateway.test/fhir/Patient/1/_history/2', ['Patient', '1', '_history', '2'], undefined],
  ['http://gateway.test/fhirs/Patient', ['http:', 'gateway.test', 'fhirs', 'Patient'], undefined],
  ['Patient?identifier=a|b?c', ['Patient'], 'identifier=a|b?c'],
  ['?_type=Patient', [], '_type=Patient'],
  ['Patient/', ['Patient'], undefined],
])('the url %s is read below the FHIR address', ([url, steps, query]) => {
  const { entries } = read(transaction({ request: { method: 'GET', url } }));

  expect(entries[0]?.target).toEqual({ steps, query });
});

test.for([
  [5_000, true],
  [5_001, false],
] as const)('%i entries: taken %s', ([count, isTaken]) => {
  const bundle = transaction(...Array.from({ length: count }, () => ({ request: { method: 'GET', url: 'Patient' } })));

  if (isTaken) expect(read(bundle).entries).toHaveLength(count);
  else expect(failureOf(() => read(bundle))).toMatchObject({ code: 'too-large', issues: [{ en: expect.stringContaining('5000') }] });
});
