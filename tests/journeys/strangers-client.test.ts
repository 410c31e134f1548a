import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Client, type FhirResource } from 'fhir-kit-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessTokens } from '../../src/security/access-tokens.ts';
import { callersOf, startGateway } from '../support/gateway.ts';
import { birthDateOf, freshIdCard } from '../support/people.ts';
import { type ClonedDatabase, cloneDatabase } from '../support/template-database.ts';

/** A client library that knows nothing of this server but its address, over the network, from the capability statement to the history. */
let database: ClonedDatabase;
let app: FastifyInstance;
let client: Client;

// biome-ignore lint/suspicious/noExplicitAny: the client's resources are of every form.
type Any = any;

beforeAll(async () => {
  database = await cloneDatabase();
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  app = await startGateway(database.url, { publicUrl });
  await app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) });
  const { institution, client: id } = await callersOf(app).register();
  const scopes = ['system/*.cruds', 'recognition.check'];
  const acting = { client: id, institution, scopes, actingFor: { practitioner: null, purpose: null } };
  const { token } = await new AccessTokens(app.db, publicUrl).issue(acting, new Date());
  client = new Client({
    baseUrl: `${publicUrl}/fhir`,
    bearerToken: token,
    customHeaders: { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-1001, %E6%9E%97%E6%95%8F' },
  });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

test('the capability statement says what the rest of this file does', async () => {
  const statement: Any = await client.capabilityStatement();
  const patient = statement.rest[0].resource.find((it: Any) => it.type === 'Patient');

  expect(statement.fhirVersion).toBe('4.0.1');
  expect(patient).toMatchObject({ conditionalCreate: true, conditionalUpdate: true, conditionalRead: 'full-support', readHistory: true });
  expect(patient.interaction.map((it: Any) => it.code)).toEqual(
    expect.arrayContaining(['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type']),
  );
});

test('SMART metadata leads to the token endpoint', async () => {
  const metadata = await client.smartAuthMetadata();

  expect(String(metadata.tokenUrl)).toMatch(/\/oauth2\/token$/);
});

test('create, read, update, patch, vread, history, delete', async () => {
  const created: Any = await client.create({ resourceType: 'Patient', body: person('欧阳', '若兰') });
  expect(created).toMatchObject({ resourceType: 'Patient', meta: { versionId: '1' } });
  const { id } = created;
  expect(Client.httpFor(created).response?.status).toBe(201);
  expect(await client.read({ resourceType: 'Patient', id })).toEqual(created);

  const updated: Any = await client.update({ resourceType: 'Patient', id, body: { ...created, active: true } });
  expect(updated.meta.versionId).toBe('2');

  const patched: Any = await client.patch({
    resourceType: 'Patient',
    id,
    jsonPatch: [{ op: 'add', path: '/telecom', value: [{ system: 'phone', value: '13900001111' }] }] as Any,
  });
  expect(patched.telecom).toEqual([{ system: 'phone', value: '13900001111' }]);
  expect(patched.meta.versionId).toBe('3');

  const first: Any = await client.vread({ resourceType: 'Patient', id, version: '1' });
  expect(first).toEqual(created);

  await client.delete({ resourceType: 'Patient', id });
  await expect(client.read({ resourceType: 'Patient', id })).rejects.toMatchObject({ response: { status: 410 } });

  const history: Any = await client.history({ resourceType: 'Patient', id });
  expect(history).toMatchObject({ type: 'history', total: 4 });
  expect(history.entry.map((it: Any) => it.request.method)).toEqual(['DELETE', 'PUT', 'PUT', 'POST']);
  expect(history.entry[0].resource).toBeUndefined();
});

test('conditional create writes once', async () => {
  const body = person('司马', '青');
  const condition = `identifier=urn:oid:2.16.156.10011.1.3|${(body as Any).identifier[0].value}`;
  const options = { headers: { 'If-None-Exist': condition } };
  const first: Any = await client.create({ resourceType: 'Patient', body, options });
  const second: Any = await client.create({ resourceType: 'Patient', body, options });

  expect(Client.httpFor(first).response?.status).toBe(201);
  expect(Client.httpFor(second).response?.status).toBe(200);
  expect(second.id).toBe(first.id);

  const updated: Any = await client.update({
    resourceType: 'Patient',
    searchParams: { identifier: condition.slice('identifier='.length) },
    body: { ...body, active: false },
  });
  expect(updated).toMatchObject({ id: first.id, active: false, meta: { versionId: '2' } });
});

test('a transaction, and a search whose pages lead to the end', async () => {
  const card = freshIdCard();
  const entry = [
    {
      fullUrl: 'urn:uuid:0b0c5c0e-6f0a-4a52-9a38-6f0e8a0f1a03',
      resource: person('诸葛', '明', card),
      request: { method: 'POST', url: 'Patient' },
    },
    ...Array.from({ length: 25 }, (_, index) => ({
      resource: {
        resourceType: 'Observation',
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
        code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: '血红蛋白' }] },
        subject: { reference: 'urn:uuid:0b0c5c0e-6f0a-4a52-9a38-6f0e8a0f1a03' },
        effectiveDateTime: `2026-03-${String(index + 1).padStart(2, '0')}T08:00:00+08:00`,
        valueQuantity: { value: 120 + index, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
      },
      request: { method: 'POST', url: 'Observation' },
    })),
  ];
  const stored: Any = await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry } as Any });
  expect(stored.type).toBe('transaction-response');
  const patient = stored.entry[0].response.location.split('/').at(-3);

  const seen: string[] = [];
  let page: Any = await client.search({ resourceType: 'Observation', searchParams: { patient, _count: '10', _sort: 'date' } as Any });
  expect(page.total).toBe(25);
  for (;;) {
    seen.push(...page.entry.map((it: Any) => it.resource.effectiveDateTime));
    if (!page.link.some((it: Any) => it.relation === 'next')) break;
    page = await client.nextPage({ bundle: page });
  }
  expect(seen).toHaveLength(25);
  expect(seen).toEqual(seen.toSorted());

  const asPost: Any = await client.resourceSearch({
    resourceType: 'Observation',
    searchParams: { patient, _count: '10' } as Any,
    options: { postSearch: true } as Any,
  });
  expect(asPost.total).toBe(25);
});

test('an operation, by POST and by GET', async () => {
  const created: Any = await client.create({ resourceType: 'Patient', body: person('上官', '云') });
  const match: Any = await client.operation({
    name: '$match',
    resourceType: 'Patient',
    input: {
      resourceType: 'Parameters',
      parameter: [{ name: 'resource', resource: { ...created, id: undefined, meta: undefined } }],
    } as Any,
  });
  expect(match.entry[0]).toMatchObject({ resource: { id: created.id }, search: { mode: 'match' } });

  const validation: Any = await client.operation({ name: '$validate', resourceType: 'Patient', id: created.id, method: 'GET' });
  expect(validation.issue[0]).toMatchObject({ severity: 'information', details: { text: 'valid' } });
});

test('an operation on the whole server, with its definition', async () => {
  const statement: Any = await client.capabilityStatement();
  const [{ definition }] = statement.rest[0].operation.filter((it: Any) => it.name === 'check-recognition');
  const described: Any = await client.read({ resourceType: 'OperationDefinition', id: definition.split('/').at(-1) });
  expect(described).toMatchObject({ url: definition, system: true });

  const created: Any = await client.create({ resourceType: 'Patient', body: person('长孙', '静') });
  const answer: Any = await client.operation({
    name: '$check-recognition',
    input: {
      resourceType: 'Parameters',
      parameter: [
        { name: 'patient', valueReference: { reference: `Patient/${created.id}` } },
        { name: 'setting', valueCode: 'outpatient' },
        { name: 'trigger', valueCode: 'order-entry' },
        { name: 'item', valueString: 'WBC' },
      ],
    } as Any,
  } as Any);
  const [item] = answer.parameter.filter((it: Any) => it.name === 'item');
  expect(item.part).toContainEqual({ name: 'verdict', valueCode: 'consent-required' });
});

test('errors are OperationOutcomes that the client can read', async () => {
  const refusals: readonly [() => Promise<FhirResource>, number][] = [
    [() => client.read({ resourceType: 'Patient', id: 'f'.repeat(32) }), 404],
    [() => client.read({ resourceType: 'Patiente', id: '1' }), 404],
    [() => client.create({ resourceType: 'Observation', body: { resourceType: 'Observation', status: 'banana' } as Any }), 400],
    [() => client.search({ resourceType: 'Patient', searchParams: { nme: 'x' } as Any }), 400],
    [() => client.update({ resourceType: 'Patient', id: 'f'.repeat(32), body: { ...person('甲', '乙'), id: 'f'.repeat(32) } as Any }), 405],
    [() => client.request('Patient?_format=xml'), 406],
  ];
  for (const [refusal, status] of refusals) {
    const error: Any = await refusal().catch((it: unknown) => it);
    expect(error.response?.status).toBe(status);
    expect(error.response.data.resourceType).toBe('OperationOutcome');
    expect(error.response.data.issue[0].severity).toBe('error');
  }
});

function person(family: string, given: string, card = freshIdCard()): FhirResource {
  return {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: card }],
    name: [{ text: family + given, family, given: [given] }],
    birthDate: birthDateOf(card),
  } as unknown as FhirResource;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
