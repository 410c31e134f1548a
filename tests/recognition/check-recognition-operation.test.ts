import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { readFlat, writeFlat } from '../../src/conformance/flat-values.ts';
import type { Json, JsonValue } from '../../src/fhir/exact-json.ts';
import { structureIssues } from '../../src/fhir/validation/structure.ts';
import { CheckAnswer, CheckQuestion } from '../../src/recognition/check.schema.ts';
import { ANSWER, QUESTION } from '../../src/recognition/check-recognition-operation.ts';
import { type FlatSchema, pathsOf, withSilence } from '../support/flat-json.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { permit, publish, publishExamination } from '../support/recognition.ts';
import { ID_CARD, type Person, patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const BASE = `${PUBLIC_URL}/fhir`;

const ask = (who: CallingSystem, question: object, headers?: Record<string, string | undefined>) =>
  who.post('/fhir/$check-recognition', writeFlat(QUESTION, question as Json), headers);
const parameters = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter });
const named = (person: Person) => ({ identifier: { system: ID_CARD, value: person.idCard } });

/** The Parameters as the flat answer they say, but for what is never the same twice. */
function flatOf(body: Json): Json {
  const { value, issues } = readFlat(ANSWER, body, BASE);
  expect(issues).toEqual([]);
  return unlike(withSilence(CheckAnswer, value) as Json);
}

function unlike({ id, checkedAt, ...answer }: Json): Json {
  expect([typeof id, typeof checkedAt]).toEqual(['string', 'string']);
  return answer;
}

async function scene() {
  const [source, receiver] = [await gateway.register({ level: null }), await gateway.register()];
  const person = somebody();
  await publish(source, { person, analytes: [{ loinc: '6690-2', value: '6.10', unit: '10*9/L' }], at: new Date(Date.now() - 3_600_000) });
  await publishExamination(source, person, 'CT-CHEST-PLAIN', new Date(Date.now() - 86_400_000));
  await permit(receiver, person);
  return { source, receiver, person };
}

describe('the same question by both doors has the same answer', () => {
  test.for<[string, object]>([
    ['an order', { setting: 'outpatient', trigger: 'order-entry', items: ['WBC', 'CT-CHEST-PLAIN', 'K', 'NO-SUCH-ITEM'] }],
    ['an order of a visit', { encounter: 'OP-1 ', setting: 'emergency', trigger: 'order-entry', items: ['WBC'] }],
    ['a patient opened', { setting: 'inpatient', trigger: 'patient-opened' }],
    ['a patient opened for some items', { setting: 'inpatient', trigger: 'patient-opened', items: ['HGB'] }],
  ])('%s', async ([, more]) => {
    const { receiver, person } = await scene();
    const question = { patient: named(person), ...more };

    const flat = await receiver.post('/v1/recognition-checks', question);
    const fhir = await ask(receiver, question);

    expect([flat.status, fhir.status], fhir.text).toEqual([201, 200]);
    expect(flatOf(fhir.body)).toEqual(unlike(flat.body));
    expect(structureIssues(fhir.body, 'Parameters')).toEqual([]);
  });

  test('a patient by id, whole or with its type', async () => {
    const { receiver, person } = await scene();
    const { id } = (await receiver.post('/fhir/Patient', patientOf(person))).body;
    const question = { patient: { id }, setting: 'outpatient', trigger: 'order-entry', items: ['WBC'] };

    const flat = await receiver.post('/v1/recognition-checks', question);
    const fhir = await ask(receiver, question);
    const absolute = await receiver.post('/fhir/$check-recognition', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'patient', valueReference: { reference: `${BASE}/Patient/${id}` } },
        { name: 'setting', valueString: 'outpatient' },
        { name: 'trigger', valueCode: 'order-entry' },
        { name: 'item', valueCode: 'WBC' },
      ],
    });

    expect(flat.body.permission.basis).toBe('consent');
    expect(flatOf(fhir.body)).toEqual(unlike(flat.body));
    expect(flatOf(absolute.body)).toEqual(unlike(flat.body));

    const elsewhere = writeFlat(QUESTION, { ...question, patient: { id: 'x' } });
    const text = JSON.stringify(elsewhere).replace('Patient/x', `http://h.test/Patient/${id}`);
    expect(flatOf((await receiver.post('/fhir/$check-recognition', text)).body)).toMatchObject({ permission: { basis: 'none' } });
  });

  test('without consent', async () => {
    const { source, person } = await scene();
    const stranger = await gateway.register();
    const question = { patient: named(person), setting: 'outpatient', trigger: 'order-entry', items: ['WBC'] };

    const flat = await stranger.post('/v1/recognition-checks', question);
    const fhir = await ask(stranger, question);

    expect(flat.body.items).toMatchObject([{ verdict: 'consent-required' }]);
    expect(flatOf(fhir.body)).toEqual(unlike(flat.body));
    expect(fhir.text).not.toContain(source.uscc);
  });
});

test('a check by the operation is kept, shown and decided on like any other', async () => {
  const { receiver, person } = await scene();
  const question = { patient: named(person), setting: 'outpatient', trigger: 'order-entry', items: ['CT-CHEST-PLAIN'] };
  const { body } = await ask(receiver, question);
  const { value } = readFlat(ANSWER, body, BASE);
  const id = String(value['id']);

  expect((await receiver.get(`/v1/recognition-checks/${id}`)).body).toEqual(withSilence(CheckAnswer, value));
  const decision = { item: 'CT-CHEST-PLAIN', decision: 'not-recognised', reason: '2' };
  expect((await receiver.post('/v1/recognition-decisions', { check: id, decisions: [decision] })).status).toBe(201);
});

test('it is logged like the flat door, and takes its scope and a clinician', async () => {
  const { receiver, person } = await scene();
  const question = { patient: named(person), setting: 'outpatient', trigger: 'order-entry', items: ['WBC'] };
  const logged = async () =>
    await gateway.db
      .select()
      .from(accessLog)
      .where(and(eq(accessLog.client, receiver.client), eq(accessLog.interaction, 'checkRecognition')));
  await receiver.post('/v1/recognition-checks', question);
  const before = (await logged()).length;
  await ask(receiver, question);

  expect((await logged()).length).toBe(2 * before);
  const reader = await gateway.clientOf(receiver.institution, receiver.uscc, ['system/*.cruds']);
  expect((await ask(reader, question)).status).toBe(403);
  expect(await ask(receiver, question, { 'x-acting-practitioner': undefined })).toMatchObject({
    status: 400,
    body: { resourceType: 'OperationOutcome' },
  });
});

const PATIENT = { name: 'patient', valueIdentifier: { system: ID_CARD, value: '11010519491231002X', use: 'official' } };
const SETTING = { name: 'setting', valueCode: 'outpatient' };
const TRIGGER = { name: 'trigger', valueCode: 'order-entry' };
const ITEM = { name: 'item', valueString: 'WBC' };

test.for<[string, object, string]>([
  ['no Parameters', { resourceType: 'Patient' }, 'Parameters.resourceType'],
  ['no patient', parameters(SETTING, TRIGGER, ITEM), "Parameters.parameter.where(name = 'patient')"],
  ['an order of nothing', parameters(PATIENT, SETTING, TRIGGER), "Parameters.parameter.where(name = 'item')"],
  [
    'an unknown parameter',
    parameters(PATIENT, SETTING, TRIGGER, ITEM, { name: 'colour', valueCode: 'red' }),
    'Parameters.parameter[4].name',
  ],
  [
    'the name of the flat member',
    parameters(PATIENT, SETTING, TRIGGER, { name: 'items', valueCode: 'WBC' }),
    'Parameters.parameter[3].name',
  ],
  ['an unknown setting', parameters(PATIENT, { ...SETTING, valueCode: 'home' }, TRIGGER, ITEM), 'Parameters.parameter[1].valueCode'],
  ['a number for a word', parameters(PATIENT, { name: 'setting', valueInteger: 1 }, TRIGGER, ITEM), 'Parameters.parameter[1].valueInteger'],
  ['a setting twice', parameters(PATIENT, SETTING, SETTING, TRIGGER, ITEM), 'Parameters.parameter[2]'],
  ['an item without a value', parameters(PATIENT, SETTING, TRIGGER, ITEM, { name: 'item' }), 'Parameters.parameter[4]'],
  ['an item in parts', parameters(PATIENT, SETTING, TRIGGER, { name: 'item', part: [ITEM] }), 'Parameters.parameter[3]'],
  [
    'a coded item',
    parameters(PATIENT, SETTING, TRIGGER, { name: 'item', valueCoding: { code: 'WBC' } }),
    'Parameters.parameter[3].valueCoding',
  ],
  ['an item twice', parameters(PATIENT, SETTING, TRIGGER, ITEM, ITEM), "Parameters.parameter.where(name = 'item')"],
  [
    'an item of too many letters',
    parameters(PATIENT, SETTING, TRIGGER, ITEM, { name: 'item', valueString: 'W'.repeat(201) }),
    'Parameters.parameter[4].valueString',
  ],
  [
    'a patient in words',
    parameters({ name: 'patient', valueString: '张三' }, SETTING, TRIGGER, ITEM),
    'Parameters.parameter[0].valueString',
  ],
  [
    'a patient of no name',
    parameters({ name: 'patient', valueReference: { display: '张三' } }, SETTING, TRIGGER, ITEM),
    'Parameters.parameter[0].valueReference',
  ],
  [
    'an identifier without a value',
    parameters({ name: 'patient', valueReference: { identifier: { system: ID_CARD } } }, SETTING, TRIGGER, ITEM),
    'Parameters.parameter[0].valueReference.identifier.value',
  ],
  [
    'an identifier of too many letters',
    parameters({ name: 'patient', valueIdentifier: { system: ID_CARD, value: '1'.repeat(201) } }, SETTING, TRIGGER, ITEM),
    'Parameters.parameter[0].valueIdentifier.value',
  ],
])('refused with its place: %s', async ([, body, place]) => {
  const receiver = await gateway.register();

  const answer = await receiver.post('/fhir/$check-recognition', body);

  expect(answer.status).toBe(400);
  expect(answer.body.resourceType).toBe('OperationOutcome');
  expect(answer.body.issue.flatMap((it: { expression?: string[] }) => it.expression ?? [])).toContain(place);
});

test('the definition says all there is to ask and to hear, and is a valid resource', async () => {
  const caller = await gateway.register();

  const { body } = await caller.get('/fhir/OperationDefinition/check-recognition');

  expect(body).toMatchObject({ system: true, type: false, instance: false, affectsState: true, code: 'check-recognition' });
  expect(structureIssues(body, 'OperationDefinition')).toEqual([]);
  const ins = body.parameter.filter((it: { use: string }) => it.use === 'in').map((it: { name: string }) => it.name);
  expect(ins).toEqual(QUESTION.map((it) => it.name));
  const item = body.parameter.find((it: { use: string; name: string }) => it.use === 'out' && it.name === 'item');
  expect(item).toMatchObject({ max: '*', part: expect.arrayContaining([expect.objectContaining({ name: 'recordText' })]) });
});

/** Any value of a schema: every member of every form, with and without what may be left out. */
function anyOf(schema: FlatSchema): fc.Arbitrary<JsonValue> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(anyOf));
  if (schema.type === 'array') return fc.array(anyOf(schema.items ?? {}), { minLength: 1, maxLength: 3 });
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'integer') return fc.integer({ min: 0, max: 2 ** 31 - 1 });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (schema.type === 'string') return fc.string({ minLength: 1, maxLength: 8 });
  const members = Object.entries(schema.properties ?? {}).map(([name, it]) => [name, anyOf(it)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [...(schema.required ?? [])] }) as fc.Arbitrary<JsonValue>;
}

test.for([
  ['question', CheckQuestion as FlatSchema, QUESTION],
  ['answer', CheckAnswer as FlatSchema, ANSWER],
] as const)('every member of the %s goes into Parameters and comes back', ([, schema, form]) => {
  fc.assert(
    fc.property(anyOf(schema), (value) => {
      const sent = JSON.parse(JSON.stringify(writeFlat(form, value as Json)));
      const reading = readFlat(form, sent, BASE);
      expect(reading.issues).toEqual([]);
      expect(withSilence(schema, reading.value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(pathsOf(form).length).toBeGreaterThan(4);
});

test('the names of the parameters are these', () => {
  expect(QUESTION.map((it) => `${it.name}${it.repeats ? '*' : ''}`)).toEqual(
    expect.arrayContaining(['patient', 'encounter', 'setting', 'trigger', 'item*']),
  );
  expect(pathsOf(ANSWER)).toEqual(
    expect.arrayContaining(['items[].candidate.source.uscc', 'items[].reasons[].textZh', 'permission.categories[]']),
  );
});
