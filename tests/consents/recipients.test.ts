import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { referenceTo } from '../support/bundles.ts';
import { type CallingSystem, freshUscc, useGateway } from '../support/gateway.ts';
import { bloodCount, somebody } from '../support/reports.ts';

const gateway = useGateway();

const LICENCE = 'urn:oid:2.16.156.10011.1.4';
const DIVISION = 'http://fhir.cq.hc/StructureDefinition/hc-mdm-administrativedivision';
const USCC_TYPE = { coding: [{ system: 'http://fhir.cq.hc/CodeSystem/identifierType-code-system', code: 'USCC' }] };

const acting = (licence: string) => ({ 'x-acting-practitioner': `${LICENCE}|${licence}, Lin` });

/** Registers the institution of a credit code, or one more, as part of another; the logical id of its Organization. */
async function organization(operator: CallingSystem, uscc: string, partOf?: string): Promise<string> {
  const { status, body, text } = await operator.post('/fhir/Organization', {
    resourceType: 'Organization',
    active: true,
    name: `测试机构${uscc.slice(-4)}`,
    identifier: [{ type: USCC_TYPE, value: uscc }],
    extension: [{ url: DIVISION, valueCoding: { code: '500112' } }],
    ...(partOf === undefined ? {} : { partOf: { reference: `Organization/${partOf}` } }),
  });
  if (status !== 201) throw new Error(text);
  return body.id;
}

async function stage() {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const operator = await gateway.register({ scopes: ['operator', 'system/Organization.cruds'] });
  const person = somebody();
  const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const observation = referenceTo(body, 'Observation');
  const patient = referenceTo(body, 'Patient');
  /** A Consent recorded by the source, about recipients by reference. */
  const record = async (type: string, ...references: readonly string[]): Promise<void> => {
    const actor = references.map((reference) => ({
      role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] },
      reference: { reference },
    }));
    const answer = await source.post('/fhir/Consent', {
      resourceType: 'Consent',
      status: 'active',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { reference: patient },
      policy: [{ uri: 'https://example.org/policy' }],
      provision: { type, ...(actor.length > 0 ? { actor } : {}) },
    });
    expect(answer.status, answer.text).toBe(201);
  };
  const look = async (licence = 'D-1001') => (await reader.get(`/fhir/${observation}`, acting(licence))).status;
  /** A resource in the source's directory, by its reference. */
  const enter = async (resource: { resourceType: string }): Promise<string> => {
    const { status, body: stored, text } = await source.post(`/fhir/${resource.resourceType}`, resource);
    if (status !== 201) throw new Error(text);
    return `${resource.resourceType}/${stored.id}`;
  };
  const practitioner = (licence: string) =>
    enter({ resourceType: 'Practitioner', identifier: [{ system: LICENCE, value: licence }], name: [{ text: '林敏' }] } as never);
  return { source, reader, operator, record, look, enter, practitioner };
}

describe('institutions', () => {
  test('a permit for an institution reaches what is part of it, through however many, as it stands when it is asked', async () => {
    const { reader, operator, record, look } = await stage();
    const group = await organization(operator, freshUscc());
    const hospital = await organization(operator, freshUscc(), group);
    const own = await organization(operator, reader.uscc);
    await record('permit', `Organization/${group}`);
    expect(await look()).toBe(404);

    const { body } = await operator.get(`/fhir/Organization/${own}`);
    expect((await operator.put(`/fhir/Organization/${own}`, { ...body, partOf: { reference: `Organization/${hospital}` } })).status).toBe(
      200,
    );
    expect(await look()).toBe(200);

    const { partOf: _partOf, ...alone } = body;
    expect((await operator.put(`/fhir/Organization/${own}`, alone)).status).toBe(200);
    expect(await look()).toBe(404);
  });

  test('one that is part of itself, by way of others, is asked for once', async () => {
    const { reader, operator, record, look } = await stage();
    const own = await organization(operator, reader.uscc);
    const upper = await organization(operator, freshUscc(), own);
    const { body } = await operator.get(`/fhir/Organization/${own}`);
    await operator.put(`/fhir/Organization/${own}`, { ...body, partOf: { reference: `Organization/${upper}` } });

    await record('permit', `Organization/${upper}`);

    expect(await look()).toBe(200);
  });
});

describe('clinicians', () => {
  test('a permit for a clinician is for whoever acts by one of the identifiers, and for nobody else', async () => {
    const { record, look, practitioner } = await stage();
    await record('permit', await practitioner('D-77'));

    expect(await look('D-77')).toBe(200);
    expect(await look('D-78')).toBe(404);
  });

  test('members of a group and of a care team, as they are when it is asked', async () => {
    const { source, record, look, enter, practitioner } = await stage();
    const [lin, wang] = [await practitioner('D-81'), await practitioner('D-82')];
    const group = await enter({
      resourceType: 'Group',
      type: 'practitioner',
      actual: true,
      member: [{ entity: { reference: lin } }],
    } as never);
    const team = await enter({ resourceType: 'CareTeam', participant: [{ member: { reference: wang } }] } as never);
    await record('permit', group, team);
    expect([await look('D-81'), await look('D-82'), await look('D-83')]).toEqual([200, 200, 404]);

    const { body } = await source.get(`/fhir/${group}`);
    await source.put(`/fhir/${group}`, { ...body, member: [{ entity: { reference: wang } }] });

    expect([await look('D-81'), await look('D-82')]).toEqual([404, 200]);
  });

  test('a role counts for the institution it is at', async () => {
    const { reader, operator, record, look, enter, practitioner } = await stage();
    const [own, other] = [await organization(operator, reader.uscc), await organization(operator, freshUscc())];
    const role = async (licence: string, at: string) =>
      enter({
        resourceType: 'PractitionerRole',
        practitioner: { reference: await practitioner(licence) },
        organization: { reference: `Organization/${at}` },
      } as never);
    await record('permit', await role('D-91', own), await role('D-92', other));

    expect([await look('D-91'), await look('D-92')]).toEqual([200, 404]);
  });

  test('a denial for a clinician is for that one, and for whoever cannot be told from that one', async () => {
    const { record, look, practitioner } = await stage();
    await record('permit');
    await practitioner('D-95');
    await record('deny', await practitioner('D-94'));

    expect([await look('D-94'), await look('D-95'), await look('D-nobody-knows')]).toEqual([404, 200, 404]);
  });
});
