import { beforeAll, describe, expect, test } from 'vitest';
import { findInstitutionByUscc } from '../../src/institutions/find-institution.ts';
import { type CallingSystem, freshUscc, useGateway } from '../support/gateway.ts';
import { organization } from './organizations.ts';

const gateway = useGateway();
let operator: CallingSystem;

beforeAll(async () => {
  operator = await gateway.register({ scopes: ['operator', 'system/Organization.cruds'] });
});

const institutionOf = (uscc: string) => findInstitutionByUscc(gateway.db, uscc);
const idOf = (answer: { body: { id: string } }) => answer.body.id;

describe('an Organization of the operator', () => {
  test('becomes an institution, and a client can be registered for it', async () => {
    const uscc = freshUscc();
    const created = await operator.post('/fhir/Organization', organization({ uscc, name: '渝北测试医院', district: '500112', grade: '2' }));
    expect(created.status).toBe(201);
    expect(await institutionOf(uscc)).toMatchObject({
      uscc,
      name: '渝北测试医院',
      level: 3,
      grade: '2',
      district: '500112',
      active: true,
      organization: idOf(created),
    });
    const client = { institution: uscc, name: 'HIS', jwksUrl: 'https://his.example/jwks.json', scopes: ['system/*.rs'] };
    expect(await operator.post('/v1/clients', client)).toMatchObject({
      status: 201,
      body: { institution: uscc, institutionName: '渝北测试医院' },
    });
  });

  test('updates its institution, which keeps its number', async () => {
    const uscc = freshUscc();
    const id = idOf(await operator.post('/fhir/Organization', organization({ uscc, grade: '6' })));
    const before = await institutionOf(uscc);
    const updated = await operator.put(
      `/fhir/Organization/${id}`,
      organization({ id, uscc, name: '新名称', district: '500103', grade: '3' }),
    );
    expect(updated.status).toBe(200);
    expect(await institutionOf(uscc)).toEqual({ ...before, name: '新名称', district: '500103', level: 3, grade: '3' });
  });

  test('adopts an institution that has no Organization yet', async () => {
    const other = await gateway.register();
    const created = await operator.post('/fhir/Organization', organization({ uscc: other.uscc, name: '已登记医院' }));
    expect(await institutionOf(other.uscc)).toMatchObject({
      institution: other.institution,
      organization: idOf(created),
      name: '已登记医院',
    });
  });

  test('of several in one transaction becomes as many institutions', async () => {
    const usccs = [freshUscc(), freshUscc(), freshUscc()];
    const entry = usccs.map((uscc) => ({ resource: organization({ uscc }), request: { method: 'POST', url: 'Organization' } }));
    expect((await operator.post('/fhir', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200);
    const found = await Promise.all(usccs.map(institutionOf));
    expect(new Set(found.map((it) => it?.organization)).size).toBe(3);
  });

  test('with a credit code that belongs to another one is a conflict, and nothing is stored', async () => {
    const uscc = freshUscc();
    await operator.post('/fhir/Organization', organization({ uscc, name: '先到' }));
    const answer = await operator.post('/fhir/Organization', organization({ uscc, name: '后到' }));
    expect(answer).toMatchObject({ status: 409, body: { issue: [{ details: { coding: [{ code: 'conflict' }] } }] } });
    expect(await institutionOf(uscc)).toMatchObject({ name: '先到' });
  });

  test('with a credit code twice in one transaction is a conflict', async () => {
    const uscc = freshUscc();
    const entry = [1, 2].map(() => ({ resource: organization({ uscc }), request: { method: 'POST', url: 'Organization' } }));
    expect(await operator.post('/fhir', { resourceType: 'Bundle', type: 'transaction', entry })).toMatchObject({ status: 409 });
    expect(await institutionOf(uscc)).toBeUndefined();
  });

  test('twice at the same moment is one institution', async () => {
    const uscc = freshUscc();
    const answers = await Promise.all(Array.from({ length: 10 }, () => operator.post('/fhir/Organization', organization({ uscc }))));
    expect(answers.map((it) => it.status).sort()).toEqual([201, ...Array(9).fill(409)]);
    const winner = answers.find((it) => it.status === 201);
    expect(await institutionOf(uscc)).toMatchObject({ organization: winner?.body.id });
  });

  test('cannot change its credit code', async () => {
    const uscc = freshUscc();
    const id = idOf(await operator.post('/fhir/Organization', organization({ uscc })));
    const other = freshUscc();
    expect(await operator.put(`/fhir/Organization/${id}`, organization({ id, uscc: other }))).toMatchObject({ status: 409 });
    expect(await institutionOf(other)).toBeUndefined();
    expect(await institutionOf(uscc)).toMatchObject({ organization: id });
  });

  test('with a wrong credit code is refused with its place, and nothing is stored', async () => {
    const answer = await operator.post('/fhir/Organization', organization({ uscc: '12330000470051726G' }));
    expect(answer).toMatchObject({
      status: 422,
      body: { resourceType: 'OperationOutcome', issue: [{ expression: [expect.stringMatching(/identifier$/)] }] },
    });
    expect(await institutionOf('12330000470051726G')).toBeUndefined();
  });

  test('that is inactive takes no clients', async () => {
    const uscc = freshUscc();
    await operator.post('/fhir/Organization', { ...organization({ uscc }), active: false });
    expect(await institutionOf(uscc)).toMatchObject({ active: false });
    const client = { institution: uscc, name: 'HIS', jwksUrl: 'https://his.example/jwks.json', scopes: ['system/*.rs'] };
    expect(await operator.post('/v1/clients', client)).toMatchObject({ status: 422, body: { errors: [{ path: 'institution' }] } });
  });
});

describe('an Organization of a hospital', () => {
  test('is an entry of its directory, whatever it says', async () => {
    const hospital = await gateway.register();
    const uscc = freshUscc();
    expect((await hospital.post('/fhir/Organization', organization({ uscc }))).status).toBe(201);
    expect((await hospital.post('/fhir/Organization', { resourceType: 'Organization', name: '放射科' })).status).toBe(201);
    expect(await institutionOf(uscc)).toBeUndefined();
  });
});
