import { beforeAll, expect, test } from 'vitest';
import { fhirPackage } from '../support/fhir-package.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();
const PROFILE = 'urn:test:profile:location';

/** Locations have a name, are active, and have at most two aliases, none of which is the name. */
const profile = (version: string) => ({
  resourceType: 'StructureDefinition',
  url: PROFILE,
  version,
  name: 'NamedLocation',
  status: 'active',
  fhirVersion: '4.0.1',
  kind: 'resource',
  abstract: false,
  type: 'Location',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Location',
  derivation: 'constraint',
  snapshot: {
    element: elements([
      {
        id: 'Location',
        path: 'Location',
        min: 0,
        max: '*',
        constraint: [
          { key: 'loc-1', severity: 'error', human: '别名不得与名称相同', expression: 'alias.where($this = %resource.name).empty()' },
          { key: 'loc-2', severity: 'warning', human: '应有状态', expression: 'status.exists()' },
        ],
      },
      { id: 'Location.name', path: 'Location.name', min: 1, max: '1', type: [{ code: 'string' }] },
      { id: 'Location.alias', path: 'Location.alias', min: 0, max: '2', type: [{ code: 'string' }] },
      {
        id: 'Location.status',
        path: 'Location.status',
        min: 0,
        max: '1',
        type: [{ code: 'code' }],
        fixedCode: 'active',
      },
    ]),
  },
});

/** With what every element of a snapshot has to say (sdf-3, sdf-8b). */
function elements<Element extends { path: string; min: number; max: string }>(list: readonly Element[]) {
  return list.map((it) => ({ ...it, definition: it.path, base: { path: it.path, min: 0, max: it.path.endsWith('alias') ? '*' : it.max } }));
}

let operator: CallingSystem;

async function load(bytes: Buffer): Promise<void> {
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/v1/packages',
    headers: { authorization: `Bearer ${operator.token}`, 'content-type': 'application/gzip' },
    payload: bytes,
  });
  expect(answer.statusCode, answer.body).toBe(201);
}

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator'] });
  await load(await fhirPackage([profile('1')]));
});

const location = (more: object = {}, canonical = PROFILE) => ({
  resourceType: 'Location',
  meta: { profile: [canonical] },
  status: 'active',
  name: '门诊楼',
  ...more,
});

const pathsOf = (body: { issue: { expression?: string[] }[] }) => body.issue.flatMap((it) => it.expression ?? []);

test.for<[string, object, string | undefined]>([
  ['all that is asked', {}, undefined],
  ['what is not asked about', { description: '二层' }, undefined],
  ['a warning alone', { status: undefined }, undefined],
  ['no name', { name: undefined }, 'Location.name'],
  ['as many aliases as there may be', { alias: ['a', 'b'] }, undefined],
  ['one alias too many', { alias: ['a', 'b', 'c'] }, 'Location.alias'],
  ['another value than the fixed one', { status: 'inactive' }, 'Location.status'],
  ['a broken invariant', { alias: ['门诊楼'] }, 'Location'],
])('a create with %s', async ([, more, path]) => {
  const hospital = await gateway.register();

  const { status, body, text } = await hospital.post('/fhir/Location', location(more));

  expect(status, text).toBe(path === undefined ? 201 : 422);
  if (path !== undefined) expect(pathsOf(body)).toEqual([path]);
});

test('without the claim nothing is asked, and a claim that nobody knows is only a claim', async () => {
  const hospital = await gateway.register();

  expect((await hospital.post('/fhir/Location', { resourceType: 'Location', name: '甲', alias: ['a', 'b', 'c'] })).status).toBe(201);
  expect((await hospital.post('/fhir/Location', location({ name: undefined }, 'urn:test:profile:unknown'))).status).toBe(201);
});

test('a version that was never loaded is that of the package; one that was is taken as it is named', async () => {
  const hospital = await gateway.register();
  const nameless = (version: string) => hospital.post('/fhir/Location', location({ name: undefined }, `${PROFILE}|${version}`));
  expect((await nameless('0.9')).status).toBe(422);

  const other = 'urn:test:profile:location-2';
  const lax = profile('2');
  lax.snapshot.element[1] = { ...lax.snapshot.element[1], min: 0 } as (typeof lax.snapshot.element)[1];
  await load(
    await fhirPackage([
      { ...profile('1'), url: other },
      { ...lax, url: other },
    ]),
  );
  const claim = (canonical: string) => hospital.post('/fhir/Location', location({ name: undefined }, canonical));

  expect((await claim(`${other}|1`)).status).toBe(422);
  expect((await claim(`${other}|2`)).status).toBe(201);
});

test('an update and an entry of a transaction are held to it too, and nothing of the transaction stays', async () => {
  const hospital = await gateway.register();
  const { body: stored } = await hospital.post('/fhir/Location', location());
  const patient = patientOf(somebody());

  const update = await hospital.put(`/fhir/Location/${stored.id}`, { ...stored, name: undefined });
  const transaction = await hospital.post('/fhir', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { request: { method: 'POST', url: 'Patient' }, resource: patient },
      { request: { method: 'POST', url: 'Location' }, resource: location({ name: undefined }) },
    ],
  });

  expect([update.status, ...pathsOf(update.body)]).toEqual([422, 'Location.name']);
  expect([transaction.status, ...pathsOf(transaction.body)]).toEqual([422, 'Bundle.entry[1].resource.name']);
  expect((await hospital.get('/fhir/Patient?_summary=count')).body.total).toBe(0);
});

test('the profile of a base type must be that of the resource', async () => {
  const hospital = await gateway.register();
  const base = (type: string) => hospital.post('/fhir/Location', location({}, `http://hl7.org/fhir/StructureDefinition/${type}`));

  expect((await base('Location')).status).toBe(201);
  const wrong = await base('Patient');
  expect([wrong.status, ...pathsOf(wrong.body)]).toEqual([422, 'Location.meta.profile']);
});

test('a profile that an institution publishes itself binds nobody', async () => {
  const hospital = await gateway.register();
  const url = 'urn:test:profile:of-nobody';
  expect((await hospital.post('/fhir/StructureDefinition', { ...profile('1'), url })).status).toBe(201);

  expect((await hospital.post('/fhir/Location', location({ name: undefined }, url))).status).toBe(201);
});

test('what a package defines is read, with its version and its history, under the id it has', async () => {
  const hospital = await gateway.register();
  const { id } = (await hospital.get(`/fhir/StructureDefinition?url=${PROFILE}`)).body.entry[0].resource;
  const operation = (await hospital.get('/fhir/OperationDefinition?code=translate')).body.entry[0].resource;

  for (const at of [`StructureDefinition/${id}`, `OperationDefinition/${operation.id}`]) {
    expect((await hospital.get(`/fhir/${at}`)).status).toBe(200);
    expect((await hospital.get(`/fhir/${at}/_history/1`)).status).toBe(200);
    expect((await hospital.get(`/fhir/${at}/_history`)).body.entry).toHaveLength(1);
  }
});
