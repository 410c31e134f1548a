import { type TSchema, Type } from 'typebox';
import { expect, test } from 'vitest';
import { flatParameters, inParameters, outParameters } from '../../src/conformance/flat-parameters.ts';
import { readFlat, writeFlat } from '../../src/conformance/flat-values.ts';
import type { Json } from '../../src/fhir/exact-json.ts';

const BASE = 'http://gateway.test/fhir';
const Identifier = Type.Object({ system: Type.String(), value: Type.String() });
const traits = { name: Type.Optional(Type.String({ description: 'As the caller has it.' })) };
const Schema = Type.Object({
  patient: Type.Union([Type.Object({ identifier: Identifier, ...traits }), Type.Object({ id: Type.String(), ...traits })]),
  at: Type.String({ format: 'date-time' }),
  level: Type.Union([Type.Integer(), Type.Null()]),
  score: Type.Optional(Type.Number()),
  priced: Type.Boolean(),
  other: Type.Optional(Identifier),
  categories: Type.Array(Type.Enum(['a', 'b'])),
  items: Type.Array(Type.Object({ code: Type.String(), studies: Type.Optional(Type.Array(Type.String())) })),
});
const PARAMETERS = flatParameters(Schema);

test.for<[string, Json, readonly object[]]>([
  [
    'a patient by identifier, with a name beside',
    { patient: { identifier: { system: 's', value: 'v' }, name: '张三' } },
    [
      { name: 'patient', valueReference: { identifier: { system: 's', value: 'v' } } },
      { name: 'name', valueString: '张三' },
    ],
  ],
  ['a patient by id', { patient: { id: 'x' } }, [{ name: 'patient', valueReference: { reference: 'Patient/x' } }]],
  ['an identifier', { other: { system: 's', value: 'v' } }, [{ name: 'other', valueIdentifier: { system: 's', value: 'v' } }]],
  [
    'values of each kind',
    { at: '2026-03-01T00:00:00Z', level: 3, score: 96.5, priced: false },
    [
      { name: 'at', valueDateTime: '2026-03-01T00:00:00Z' },
      { name: 'level', valueInteger: 3 },
      { name: 'score', valueDecimal: 96.5 },
      { name: 'priced', valueBoolean: false },
    ],
  ],
  [
    'a list of words',
    { categories: ['a', 'b'] },
    [
      { name: 'category', valueCode: 'a' },
      { name: 'category', valueCode: 'b' },
    ],
  ],
  [
    'a list of objects with lists',
    { items: [{ code: 'WBC', studies: ['one', 'two'] }, { code: 'K' }] },
    [
      {
        name: 'item',
        part: [
          { name: 'code', valueString: 'WBC' },
          { name: 'study', valueString: 'one' },
          { name: 'study', valueString: 'two' },
        ],
      },
      { name: 'item', part: [{ name: 'code', valueString: 'K' }] },
    ],
  ],
])('%s goes into Parameters and comes back', ([, flat, parameter]) => {
  const written = writeFlat(PARAMETERS, flat);

  expect(written).toEqual({ resourceType: 'Parameters', parameter });
  expect(readFlat(PARAMETERS, written, BASE)).toMatchObject({ value: flat, issues: [] });
});

test('the order of the parameters does not matter, a name may stand before its patient', () => {
  const parameter = [
    { name: 'item', part: [{ name: 'code', valueString: 'WBC' }] },
    { name: 'name', valueString: '张三' },
    { name: 'patient', valueReference: { reference: `${BASE}/Patient/x` } },
    { name: 'item', part: [{ name: 'code', valueString: 'K' }] },
  ];

  const { value, placeOf } = readFlat(PARAMETERS, { resourceType: 'Parameters', parameter }, BASE);

  expect(value).toEqual({ items: [{ code: 'WBC' }, { code: 'K' }], patient: { name: '张三', id: 'x' } });
  expect(['items[1].code', 'items[1].colour', 'patient.name', 'patient.id', 'at', 'items[7]', ''].map(placeOf)).toEqual([
    'Parameters.parameter[3].part[0].valueString',
    'Parameters.parameter[3].part.colour',
    'Parameters.parameter[1].valueString',
    'Parameters.parameter[2].valueReference.reference',
    "Parameters.parameter.where(name = 'at')",
    "Parameters.parameter.where(name = 'item')",
    'Parameters',
  ]);
});

test('null, the empty text and the empty list are said by silence', () => {
  expect(writeFlat(PARAMETERS, { level: null, at: '', items: [], categories: [] })).toEqual({ resourceType: 'Parameters', parameter: [] });
});

test('a definition says what must be there, what repeats and what has parts', () => {
  expect(inParameters(PARAMETERS).map((it) => `${it.name} ${it.type} ${it.min}..${it.max ?? 1}`)).toEqual([
    'patient Reference 1..1',
    'name string 0..1',
    'at dateTime 1..1',
    'level integer 0..1',
    'score decimal 0..1',
    'priced boolean 1..1',
    'other Identifier 0..1',
    'category code 0..*',
    'item Element 0..*',
  ]);
  expect(outParameters(PARAMETERS).at(-1)).toMatchObject({
    name: 'item',
    part: [
      { name: 'code', type: 'string' },
      { name: 'study', max: '*' },
    ],
  });
});

test.for<[string, TSchema]>([
  ['two members of one name', Type.Object({ item: Type.String(), items: Type.Array(Type.String()) })],
  ['a member of any form', Type.Object({ anything: Type.Any() })],
  ['a choice of forms', Type.Object({ either: Type.Union([Type.String(), Type.Integer()]) })],
])('a schema with %s has no parameters', ([, schema]) => {
  expect(() => flatParameters(schema)).toThrow();
});
