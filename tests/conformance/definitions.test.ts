import { expect, test } from 'vitest';
import { SERVED_OPERATIONS } from '../../src/server.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

test('every operation has a definition, read by its name and found by url, name and code', async () => {
  const caller = await gateway.register();

  for (const { id, code, resource } of SERVED_OPERATIONS) {
    const { status, body } = await caller.get(`/fhir/OperationDefinition/${id}`);
    expect({ status, id: body.id, code: body.code, resource: body.resource ?? [] }).toEqual({ status: 200, id, code, resource });
    for (const query of [`url=${body.url}`, `name=${body.name}`, `code=${code}&base=${body.base ?? ''}`.replace(/&base=$/, '')]) {
      const found = await caller.get(`/fhir/OperationDefinition?${query}`);
      expect(
        found.body.entry.map((it: { resource: { url: string } }) => it.resource.url),
        query,
      ).toContain(body.url);
    }
  }
});

test('every search parameter has a definition, read by its name and found by code and base', async () => {
  const caller = await gateway.register();
  const { rest } = (await gateway.app.inject('/fhir/metadata')).json();
  const patient = rest[0].resource.find((it: { type: string }) => it.type === 'Patient');

  for (const { name, definition } of patient.searchParam) {
    const id = definition.split('/').at(-1);
    const { status, body } = await caller.get(`/fhir/SearchParameter/${id}`);
    expect({ status, url: body.url, code: body.code }, name).toEqual({ status: 200, url: definition, code: name });
  }
  const found = (await caller.get('/fhir/SearchParameter?code=birthdate&base=Patient')).body;
  expect(found.total).toBe(1);
  expect(found.entry[0].resource).toMatchObject({ url: 'http://hl7.org/fhir/SearchParameter/individual-birthdate', type: 'date' });
});

test('a name that nobody has given is not found', async () => {
  const caller = await gateway.register();

  expect((await caller.get('/fhir/OperationDefinition/no-such')).status).toBe(404);
  expect((await caller.get(`/fhir/OperationDefinition/${'1'.repeat(32)}`)).status).toBe(404);
});

test('the catalogue’s map is read by its name', async () => {
  const caller = await gateway.register();

  const { body } = await caller.get('/fhir/ConceptMap/item-loinc');

  expect(body).toMatchObject({ resourceType: 'ConceptMap', url: 'https://tongjian.example/fhir/ConceptMap/item-loinc', status: 'active' });
});
