import { describe, expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

interface Described {
  readonly type: string;
  readonly interaction: readonly { readonly code: string }[];
  readonly searchParam: readonly { readonly name: string; readonly type: 'token' | 'reference' | 'date' | 'string' }[];
  readonly conditionalCreate?: boolean;
  readonly updateCreate?: boolean;
  readonly operation?: readonly { readonly name: string }[];
}

async function capabilities(): Promise<{ [name: string]: unknown; rest: { resource: Described[] }[] }> {
  return (await gateway.app.inject('/fhir/metadata')).json();
}

const EXAMPLE = { token: 'a', reference: `Patient/${'1'.repeat(32)}`, date: '2026-03-01', string: 'a' };

describe('the CapabilityStatement says only what is true', () => {
  test('it is there without a token, and says who speaks', async () => {
    const statement = await capabilities();

    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      status: 'active',
      kind: 'instance',
      fhirVersion: '4.0.1',
      implementation: { url: 'http://gateway.test/fhir' },
    });
  });

  test('every search parameter it lists is taken', async () => {
    const caller = await gateway.register({ scopes: ['system/*.rs', 'audit.read'] });
    const { rest } = await capabilities();

    const refused: string[] = [];
    for (const { type, searchParam } of rest[0]?.resource ?? []) {
      for (const { name, type: kind } of searchParam) {
        const answer = await caller.get(`/fhir/${type}?${name}=${encodeURIComponent(EXAMPLE[kind])}`);
        // An example value may be of the wrong form for one parameter; that the server does not know it is another thing.
        if (answer.status !== 200 && answer.body.issue?.[0]?.details.coding[0].code !== 'parameter-invalid')
          refused.push(`${type}?${name}: ${answer.text}`);
      }
    }

    expect(refused).toEqual([]);
  });

  test('and no type takes one that is not listed', async () => {
    const caller = await gateway.register({ scopes: ['system/*.rs', 'audit.read'] });
    const { rest } = await capabilities();

    for (const { type } of rest[0]?.resource ?? []) {
      expect((await caller.get(`/fhir/${type}?unheard-of=x`)).status, type).toBe(400);
    }
  });

  test('every interaction it lists works, and conditional create where it says so', async () => {
    const caller = await gateway.register({ scopes: ['system/*.cruds'] });
    const subject = { reference: `Patient/${(await caller.post('/fhir/Patient', patientOf(somebody()))).body.id}` };
    // What the rules ask of a resource; everything else may be bare.
    const needed: Readonly<Record<string, object>> = {
      Observation: { status: 'final', code: { text: 'x' }, subject },
      DiagnosticReport: { status: 'final', code: { text: 'x' }, subject },
      ImagingStudy: { status: 'available', subject },
      Consent: { status: 'draft', scope: { coding: [{ code: 'patient-privacy' }] }, patient: subject },
    };
    const { rest } = await capabilities();
    const offered = (rest[0]?.resource ?? []).filter((it) => it.interaction.some(({ code }) => code === 'create'));
    expect(offered.length).toBeGreaterThan(10);

    for (const { type, interaction, conditionalCreate } of offered) {
      const resource = { resourceType: type, identifier: [{ system: 'urn:a', value: type }], ...needed[type] };
      const created = await caller.post(`/fhir/${type}`, resource);
      const { id } = created.body;
      const found = (await caller.get(`/fhir/${type}?identifier=urn:a|${type}`)).body.entry?.length;
      const statuses = {
        create: created.status,
        read: (await caller.get(`/fhir/${type}/${id}`)).status,
        update: (await caller.put(`/fhir/${type}/${id}`, { ...created.body, language: 'zh' })).status,
        vread: (await caller.get(`/fhir/${type}/${id}/_history/1`)).status,
      };

      expect({ type, ...statuses, found }).toEqual({ type, create: 201, read: 200, update: 200, vread: 200, found: 1 });
      expect(interaction.map((it) => it.code).toSorted()).toEqual(['create', 'read', 'search-type', 'update', 'vread']);
      if (conditionalCreate) {
        const again = await caller.post(`/fhir/${type}`, resource, { 'if-none-exist': `identifier=urn:a|${type}` });
        expect(again.status, type).toBe(200);
      }
    }
  });

  test('update never creates, as it says', async () => {
    const caller = await gateway.register();
    const { rest } = await capabilities();
    const patient = rest[0]?.resource.find((it) => it.type === 'Patient');

    expect(patient?.updateCreate).toBe(false);
    expect((await caller.put('/fhir/Patient/mine', { ...patientOf(somebody()), id: 'mine' })).status).toBe(403);
  });

  test('the operation it names is there', async () => {
    const caller = await gateway.register();
    const { rest } = await capabilities();

    expect(rest[0]?.resource.find((it) => it.type === 'Patient')?.operation?.map((it) => it.name)).toEqual(['prior-results']);
    expect((await caller.get(`/fhir/Patient/${'1'.repeat(32)}/$prior-results`)).body.issue[0].details.coding[0].code).toBe(
      'consent-required',
    );
  });
});

test('a resource of a type that nobody describes is stored and read back unchanged, with the search parameters common to all', async () => {
  const caller = await gateway.register();
  const resource = {
    resourceType: 'NutritionOrder',
    identifier: [{ system: 'urn:n', value: '1' }],
    oralDiet: { type: [{ text: '低盐' }] },
  };

  const { body, status } = await caller.post('/fhir/NutritionOrder', resource);

  expect(status).toBe(201);
  expect((await caller.get(`/fhir/NutritionOrder/${body.id}`)).body).toMatchObject(resource);
  expect((await caller.get('/fhir/NutritionOrder?identifier=urn:n|1')).body.entry).toHaveLength(1);
  expect((await caller.get(`/fhir/NutritionOrder?_id=${body.id}`)).body.entry).toHaveLength(1);
});
