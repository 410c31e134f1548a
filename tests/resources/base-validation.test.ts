import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { post, transaction } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';

/** What is no FHIR R4 is not stored; the rules themselves are tested in tests/fhir. */
const gateway = useGateway();

const doctor = (more: object = {}) => ({
  resourceType: 'Practitioner',
  identifier: [{ system: 'urn:staff', value: randomUUID() }],
  ...more,
});
const div = (inner: string) => ({ text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` } });

describe('a resource that is not one of base R4 is refused, with every place at once', () => {
  test('alone', async () => {
    const hospital = await gateway.register();

    const answer = await hospital.post(
      '/fhir/Practitioner',
      doctor({ gender: 'm', birthDate: '1980-02-30', ward: '3', name: [{ given: '三' }] }),
    );

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(answer.body.issue.map((it: { code: string; expression: string[] }) => `${it.expression[0]} ${it.code}`)).toEqual([
      'Practitioner.gender code-invalid',
      'Practitioner.birthDate value',
      'Practitioner.ward structure',
      'Practitioner.name[0].given structure',
    ]);
  });

  test('in a transaction, of which nothing is stored', async () => {
    const hospital = await gateway.register();
    const good = doctor();

    const answer = await hospital.post('/fhir', transaction(post(good), post(doctor({ photo: [{ data: 'abc' }] }))));

    expect(answer.status).toBe(400);
    expect(answer.body.issue.map((it: { expression: string[] }) => it.expression[0])).toEqual([
      'Bundle.entry[1].resource.photo[0].data',
      'Bundle.entry[1].resource.photo[0]',
    ]);
    const search = await hospital.get(`/fhir/Practitioner?identifier=urn:staff|${good.identifier[0]?.value}`);
    expect(search.body.total ?? search.body.entry?.length ?? 0).toBe(0);
  });

  test('in an update, and the version before stands', async () => {
    const hospital = await gateway.register();
    const { body: first } = await hospital.post('/fhir/Practitioner', doctor());

    const answer = await hospital.put(`/fhir/Practitioner/${first.id}`, { ...first, active: 'yes' });

    expect(answer.status).toBe(400);
    expect((await hospital.get(`/fhir/Practitioner/${first.id}`)).body).toEqual(first);
  });
});

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['an event handler', '<p onclick="alert(1)">a</p>'],
  ['a link that runs code', '<a href="javascript:alert(1)">a</a>'],
  ['what an HTML reader takes for the end of a comment', '<!--><script>alert(1)</script>-->a'],
])('trap 31: a narrative with %s is refused', async (_, inner) => {
  const hospital = await gateway.register();

  const answer = await hospital.post('/fhir/Practitioner', doctor(div(inner)));

  expect(answer.status).toBe(400);
  expect(answer.body.issue[0]).toMatchObject({ code: 'invariant', expression: ['Practitioner.text.div'] });
});

test.each([
  ['a comment', '{"resourceType":"Practitioner",/* x */"active":true}'],
  ['a comma too many', '{"resourceType":"Practitioner","active":true,}'],
  ['a name that stands twice', '{"resourceType":"Practitioner","active":true,"active":false}'],
  ['null', '{"resourceType":"Practitioner","active":null}'],
  ['null in a list without a partner', '{"resourceType":"Practitioner","name":[{"given":["a",null]}]}'],
  ['an empty list', '{"resourceType":"Practitioner","name":[]}'],
  ['an empty object', '{"resourceType":"Practitioner","name":[{}]}'],
  ['a byte order mark', '\ufeff{"resourceType":"Practitioner","active":true}'],
])('trap 32: JSON with %s is refused', async (_, text) => {
  const hospital = await gateway.register();

  expect(await hospital.post('/fhir/Practitioner', text)).toMatchObject({ status: 400, body: { resourceType: 'OperationOutcome' } });
});

test('extensions that nobody knows, and values that are absent for a reason, are stored as they are', async () => {
  const hospital = await gateway.register();
  const sent = doctor({
    extension: [{ url: 'http://example.org/unknown', valueDecimal: 1 }],
    _gender: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] },
    ...div('张三'),
  });

  const answer = await hospital.post('/fhir/Practitioner', sent);

  expect(answer).toMatchObject({ status: 201, body: sent });
});
