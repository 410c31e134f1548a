import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findResidual } from '../../src/consents/find-residual.ts';
import { decodeId } from '../../src/resources/resource-id.ts';
import { referenceTo } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { bloodCount, ID_CARD, somebody } from '../support/reports.ts';

const gateway = useGateway();

const patientOf = ({ idCard, name, birthDate }: ReturnType<typeof somebody>) => ({
  identifier: { system: ID_CARD, value: idCard },
  name,
  birthDate,
});

describe('the flat form', () => {
  test('says back what narrows the consent, and is a FHIR Consent as IHE PCF has it', async () => {
    const [source, reader] = [await gateway.register({ name: '示例医院甲' }), await gateway.register()];
    const person = somebody();
    const { body: published } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
    const report = referenceTo(published, 'DiagnosticReport').split('/')[1];

    const { status, body } = await reader.post('/v1/consents', {
      patient: patientOf(person),
      decision: 'permit',
      grantee: { uscc: reader.uscc },
      purposes: ['TREAT'],
      sensitivities: ['HIV', 'PSY'],
      dataFrom: '2025',
      dataUntil: '2025-12-31',
      except: { reports: [report], publishedBy: [{ uscc: source.uscc }] },
      method: 'signed-paper',
    });

    expect(status, JSON.stringify(body)).toBe(201);
    expect(body).toMatchObject({
      decision: 'permit',
      purposes: ['TREAT'],
      sensitivities: ['HIV', 'PSY'],
      dataFrom: '2024-12-31T16:00:00.000Z',
      dataUntil: '2025-12-31T16:00:00.000Z',
      except: { reports: [report], publishedBy: [{ uscc: source.uscc, name: '示例医院甲' }] },
    });
    expect(body.saysMore).toBeUndefined();
    expect((await reader.get(`/v1/consents/${body.id}`)).body).toEqual(body);
    expect((await reader.get(`/fhir/Consent/${body.id}`)).body.provision).toMatchObject({
      type: 'permit',
      dataPeriod: { start: '2025', end: '2025-12-31' },
      provision: [{ type: 'permit' }, { type: 'deny' }, { type: 'deny' }],
    });
  });

  test('says where the Consent says more than it can show, and tells nobody else of what is for single clinicians', async () => {
    const [source, reader] = [await gateway.register(), await gateway.register()];
    const person = somebody();
    const consent = await permit(source, person, { grantee: undefined });
    expect((await reader.get(`/v1/consents/${consent}`)).status).toBe(200);

    const { body } = await source.get(`/fhir/Consent/${consent}`);
    const clinician = await source.post('/fhir/Practitioner', {
      resourceType: 'Practitioner',
      identifier: [{ system: 'urn:x', value: '1' }],
    });
    const role = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] };
    const actor = [{ role, reference: { reference: `Practitioner/${clinician.body.id}` } }];
    const put = await source.put(`/fhir/Consent/${consent}`, { ...body, provision: { type: 'permit', actor } });
    expect(put.status, put.text).toBe(200);

    expect((await source.get(`/v1/consents/${consent}`)).body).toMatchObject({ grantees: [], saysMore: true });
    expect((await reader.get(`/v1/consents/${consent}`)).status).toBe(404);
    const list = await reader.get(`/v1/consents?patient.identifier=${encodeURIComponent(`${ID_CARD}|${person.idCard}`)}`);
    expect(list.body.consents).toEqual([]);
  });

  test.for<[string, object, string]>([
    ['a publisher that takes no part', { except: { publishedBy: [{ uscc: '12330000470051726F' }] } }, 'except.publishedBy[0].uscc'],
    ['a denial with exceptions', { decision: 'deny', except: { reports: ['x'] } }, 'except'],
    ['data that end before they begin', { dataFrom: '2025-02-01', dataUntil: '2025-01-01' }, 'dataUntil'],
  ])('%s is refused, with its place', async ([, more, path]) => {
    const hospital = await gateway.register();
    const body = { patient: patientOf(somebody()), decision: 'permit', method: 'signed-paper', ...more };
    expect(await hospital.post('/v1/consents', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });
});

test('a row of the first release goes on meaning what it meant', async () => {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const look = async () => (await reader.get(`/fhir/${referenceTo(body, 'Observation')}`)).status;
  const permitted = await permit(reader, person, { categories: ['laboratory'] });
  await gateway.db.$client.query('update consents set rules = null');
  expect(await look()).toBe(200);
  expect((await reader.get(`/v1/consents/${permitted}`)).body).toMatchObject({
    categories: ['laboratory'],
    grantees: [{ uscc: reader.uscc }],
  });

  await permit(source, person, { decision: 'deny', grantee: { uscc: reader.uscc } });
  await gateway.db.$client.query('update consents set rules = null');

  expect(await look()).toBe(404);
});

test('the decision for a token rests on the same as that for a request', async () => {
  const [source, reader] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const { body } = await source.post('/fhir', bloodCount({ person, number: randomUUID() }));
  const key = decodeId(referenceTo(body, 'Patient').split('/')[1] as string);
  const caller = {
    client: reader.client,
    institution: reader.institution,
    scopes: [],
    tokenId: 'x',
    practitioner: null,
    purpose: 'TREAT',
    emergencyReason: null,
    requestId: 'x',
    address: 'x',
  };
  const decide = () => findResidual(gateway.db, key ? [key.person] : [], caller, 'http://gateway.test/fhir', new Date());
  expect(await decide()).toEqual({ decision: 'deny' });

  const consent = await permit(reader, person, { dataFrom: '2025' });

  expect(await decide()).toEqual({
    decision: 'permit',
    consents: [`Consent/${consent}/_history/1`],
    residual: [{ type: 'forbid' }, { type: 'permit', dataPeriod: [{ start: '2025' }] }],
  });
});

describe('the Consent Registry of IHE PCF [ITI-108]', () => {
  test('finds by actor, patient, identifier and status, by GET and by POST, and reads versions', async () => {
    const hospital = await gateway.register();
    const operator = await gateway.register({ scopes: ['operator', 'system/Organization.cruds'] });
    const { body: organization } = await operator.post('/fhir/Organization', {
      resourceType: 'Organization',
      name: '测试机构',
      identifier: [
        {
          type: { coding: [{ system: 'http://fhir.cq.hc/CodeSystem/identifierType-code-system', code: 'USCC' }] },
          value: hospital.uscc,
        },
      ],
      extension: [{ url: 'http://fhir.cq.hc/StructureDefinition/hc-mdm-administrativedivision', valueCoding: { code: '500112' } }],
    });
    const person = somebody();
    const consent = await permit(hospital, person, { except: { publishedBy: [{ uscc: hospital.uscc }] } });
    const { body: stored } = await hospital.get(`/fhir/Consent/${consent}`);
    const patient = stored.patient.reference;
    const identifier = encodeURIComponent(`${ID_CARD}|${person.idCard}`);
    const actor = `actor=Organization/${organization.id}`;

    const found = async (query: string) => {
      const got = await hospital.get(`/fhir/Consent?${query}`);
      const posted = await hospital.post('/fhir/Consent/_search', query, { 'content-type': 'application/x-www-form-urlencoded' });
      expect([got.status, posted.status]).toEqual([200, 200]);
      expect(posted.body.entry).toEqual(got.body.entry);
      return (got.body.entry ?? []).map((it: { resource: { id: string } }) => it.resource.id);
    };
    for (const query of [
      `patient=${patient}&status=active&${actor}`,
      `patient.identifier=${identifier}&status=active`,
      `patient.identifier=${identifier}&${actor}`,
    ]) {
      expect(await found(query), query).toEqual([consent]);
    }
    expect(await found(`patient=${patient}&status=inactive`)).toEqual([]);

    await hospital.post(`/v1/consents/${consent}/withdrawal`, {});
    expect(await found(`patient=${patient}&status=inactive`)).toEqual([consent]);
    expect((await hospital.get(`/fhir/Consent/${consent}/_history/1`)).body.status).toBe('active');
  });
});
