import { beforeAll, describe, expect, test } from 'vitest';
import { fhirPackage } from '../support/fhir-package.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();
const FOOD = 'urn:test:food';

/** Food with fruit (apple, pear), and meat, which is no longer used; told apart without case. */
const CODES = {
  resourceType: 'CodeSystem',
  url: FOOD,
  version: '2',
  name: 'Food',
  status: 'active',
  content: 'complete',
  caseSensitive: false,
  property: [
    { code: 'colour', type: 'code' },
    { code: 'inactive', type: 'boolean' },
    { code: 'notSelectable', type: 'boolean' },
  ],
  concept: [
    {
      code: 'FRUIT',
      display: 'Fruit',
      property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        {
          code: 'APPLE',
          display: 'Apple',
          definition: 'Fruit of Malus domestica.',
          designation: [{ language: 'zh', value: '苹果' }],
          property: [{ code: 'colour', valueCode: 'red' }],
          concept: [{ code: 'BRAEBURN', display: 'Braeburn' }],
        },
        { code: 'PEAR', display: 'Pear', property: [{ code: 'colour', valueCode: 'green' }] },
      ],
    },
    { code: 'MEAT', display: 'Meat', property: [{ code: 'inactive', valueBoolean: true }] },
    { code: 'PLUM', display: 'Plum', property: [{ code: 'parent', valueCode: 'FRUIT' }] },
  ],
};

const valueSet = (name: string, compose: object) => ({
  resourceType: 'ValueSet',
  url: `urn:test:vs:${name}`,
  version: '1',
  status: 'active',
  compose,
});
const filtered = (name: string, ...filter: object[]) => valueSet(name, { include: [{ system: FOOD, filter }] });

const SETS = [
  valueSet('all', { include: [{ system: FOOD }] }),
  valueSet('listed', { include: [{ system: FOOD, concept: [{ code: 'PEAR', display: 'A pear' }, { code: 'APPLE' }] }] }),
  valueSet('without', { include: [{ system: FOOD }], exclude: [{ system: FOOD, concept: [{ code: 'PEAR' }] }] }),
  valueSet('of-sets', { include: [{ valueSet: ['urn:test:vs:all', 'urn:test:vs:listed|1'] }] }),
  valueSet('united', { include: [{ valueSet: ['urn:test:vs:listed'] }, { system: FOOD, concept: [{ code: 'MEAT' }] }] }),
  valueSet('circle', { include: [{ valueSet: ['urn:test:vs:circle-too'] }] }),
  valueSet('circle-too', { include: [{ valueSet: ['urn:test:vs:circle'] }] }),
  valueSet('abroad', { include: [{ system: 'http://snomed.info/sct' }] }),
  filtered('is-a', { property: 'concept', op: 'is-a', value: 'FRUIT' }),
  filtered('descendent-of', { property: 'concept', op: 'descendent-of', value: 'FRUIT' }),
  filtered('is-not-a', { property: 'concept', op: 'is-not-a', value: 'FRUIT' }),
  filtered('generalizes', { property: 'concept', op: 'generalizes', value: 'BRAEBURN' }),
  filtered('equal', { property: 'colour', op: '=', value: 'red' }),
  filtered('in', { property: 'colour', op: 'in', value: 'red,green' }),
  filtered('exists', { property: 'colour', op: 'exists', value: 'false' }),
  filtered('regex', { property: 'code', op: 'regex', value: 'P.*' }),
  filtered('both', { property: 'concept', op: 'is-a', value: 'FRUIT' }, { property: 'colour', op: 'exists', value: 'true' }),
  filtered('odd', { property: 'code', op: 'regex', value: '(a+)+b' }),
  valueSet('many', { include: [{ system: 'urn:test:many' }] }),
];

const MANY = {
  resourceType: 'CodeSystem',
  url: 'urn:test:many',
  status: 'active',
  content: 'complete',
  concept: Array.from({ length: 1_500 }, (_, index) => ({ code: `c${index}` })),
};

const MAP = {
  resourceType: 'ConceptMap',
  url: 'urn:test:map',
  status: 'active',
  sourceUri: 'urn:test:vs:all',
  targetUri: 'urn:test:vs:elsewhere',
  group: [
    {
      source: FOOD,
      target: 'urn:test:aliment',
      element: [
        { code: 'APPLE', target: [{ code: 'pomme', display: 'Pomme', equivalence: 'equivalent' }] },
        { code: 'FRUIT', target: [{ code: 'vegetal', equivalence: 'wider' }] },
        { code: 'MEAT', target: [{ equivalence: 'unmatched' }] },
      ],
      unmapped: { mode: 'fixed', code: 'autre' },
    },
  ],
};

let caller: CallingSystem;
let hospital: CallingSystem;

beforeAll(async () => {
  caller = await gateway.register({ scopes: ['operator', 'system/*.cruds'] });
  hospital = await gateway.register();
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/v1/packages',
    headers: { authorization: `Bearer ${caller.token}`, 'content-type': 'application/gzip' },
    payload: await fhirPackage([CODES, MANY, MAP, ...SETS]),
  });
  expect(answer.statusCode, answer.body).toBe(201);
});

const ask = (path: string) => hospital.get(`/fhir/${path}`);
type Parameter = { name: string; part?: Parameter[] } & Record<string, unknown>;
const partsOf = (body: { parameter: Parameter[] }, name: string) => body.parameter.filter((it) => it.name === name);
const valueOf = (body: { parameter: Parameter[] }, name: string) =>
  Object.entries(partsOf(body, name)[0] ?? {}).find(([key]) => key.startsWith('value'))?.[1];

describe('CodeSystem/$lookup', () => {
  test('tells name, display, definition, designations, properties and neighbours', async () => {
    const { status, body } = await ask(`CodeSystem/$lookup?system=${FOOD}&code=apple`);

    expect(status).toBe(200);
    expect([valueOf(body, 'name'), valueOf(body, 'version'), valueOf(body, 'display')]).toEqual(['Food', '2', 'Apple']);
    expect(partsOf(body, 'designation')[0]?.part).toContainEqual({ name: 'value', valueString: '苹果' });
    const properties = partsOf(body, 'property').map((it) => it.part?.map((part) => Object.values(part)[1]));
    expect(properties).toEqual([
      ['definition', 'Fruit of Malus domestica.'],
      ['colour', 'red'],
      ['parent', 'FRUIT'],
      ['child', 'BRAEBURN'],
    ]);
  });

  test('takes a Coding in Parameters, and only the properties asked for', async () => {
    const { body } = await hospital.post('/fhir/CodeSystem/$lookup', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'coding', valueCoding: { system: FOOD, code: 'PLUM' } },
        { name: 'property', valueCode: 'parent' },
      ],
    });

    expect(partsOf(body, 'property').map((it) => it.part?.[1])).toEqual([{ name: 'value', valueCode: 'FRUIT' }]);
  });

  test.for([
    [`CodeSystem/$lookup?system=urn:test:unknown&code=a`, 404],
    [`CodeSystem/$lookup?system=${FOOD}&code=STONE`, 404],
    [`CodeSystem/$lookup?code=APPLE`, 400],
    [`CodeSystem/$lookup?system=${FOOD}`, 400],
    [`CodeSystem/$lookup?system=${FOOD}&code=APPLE&colour=red`, 400],
    [`CodeSystem/$lookup?system=${FOOD}&code=APPLE&code=PEAR`, 400],
  ] as const)('%s is %i', async ([path, status]) => {
    const answer = await ask(path);

    expect(answer.status).toBe(status);
    expect(answer.body.resourceType).toBe('OperationOutcome');
  });
});

describe('CodeSystem/$validate-code', () => {
  test.for<[string, boolean, RegExp | undefined]>([
    ['code=APPLE', true, undefined],
    ['code=apple', true, undefined],
    ['code=APPLE&display=apple', true, undefined],
    ['code=APPLE&display=%E8%8B%B9%E6%9E%9C', true, undefined],
    ['code=APPLE&display=Pear', false, /"Apple"/],
    ['code=STONE', false, /no code "STONE"/],
    ['code=FRUIT', false, /groups/],
    ['code=FRUIT&abstract=true', true, undefined],
  ])('%s: %s', async ([query, result, message]) => {
    const { status, body } = await ask(`CodeSystem/$validate-code?url=${FOOD}&${query}`);

    expect({ status, result: valueOf(body, 'result') }).toEqual({ status: 200, result });
    if (message) expect(valueOf(body, 'message')).toMatch(message);
    else expect(valueOf(body, 'message')).toBeUndefined();
  });

  test('on an instance', async () => {
    const { id } = (await ask(`CodeSystem?url=${FOOD}`)).body.entry[0].resource;

    expect(valueOf((await ask(`CodeSystem/${id}/$validate-code?code=PEAR`)).body, 'result')).toBe(true);
  });

  test('of a code system that is not known is 404', async () => {
    expect((await ask('CodeSystem/$validate-code?url=urn:test:unknown&code=a')).status).toBe(404);
  });
});

describe('ValueSet/$validate-code', () => {
  const check = (name: string, query: string) => ask(`ValueSet/$validate-code?url=urn:test:vs:${name}&${query}`);

  test.for<[string, string, boolean]>([
    ['listed', `system=${FOOD}&code=PEAR`, true],
    ['listed', `system=${FOOD}&code=PEAR&display=A%20pear`, true],
    ['listed', `system=${FOOD}&code=PEAR&display=Apple`, false],
    ['listed', `system=${FOOD}&code=PLUM`, false],
    ['listed', 'system=urn:test:elsewhere&code=PEAR', false],
    ['without', `system=${FOOD}&code=PEAR`, false],
    ['without', `system=${FOOD}&code=PLUM`, true],
    ['abroad', 'system=http://snomed.info/sct&code=1', false],
  ])('%s: %s is %s', async ([name, query, result]) => {
    const { status, body } = await check(name, query);

    expect({ status, result: valueOf(body, 'result') }).toEqual({ status: 200, result });
  });

  test('of a CodeableConcept one coding is enough', async () => {
    const { body } = await hospital.post('/fhir/ValueSet/$validate-code', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'url', valueUri: 'urn:test:vs:listed' },
        {
          name: 'codeableConcept',
          valueCodeableConcept: {
            coding: [
              { system: 'urn:x', code: 'y' },
              { system: FOOD, code: 'APPLE' },
            ],
          },
        },
      ],
    });

    expect(valueOf(body, 'result')).toBe(true);
  });

  test('says when it cannot know', async () => {
    expect(valueOf((await check('abroad', 'system=http://snomed.info/sct&code=1')).body, 'message')).toMatch(/cannot say.*snomed/);
  });

  test('knows the value sets that R4 requires', async () => {
    const url =
      'ValueSet/$validate-code?url=http://hl7.org/fhir/ValueSet/administrative-gender&system=http://hl7.org/fhir/administrative-gender';

    expect(valueOf((await ask(`${url}&code=female`)).body, 'result')).toBe(true);
    expect(valueOf((await ask(`${url}&code=weiblich`)).body, 'result')).toBe(false);
  });

  test('a code without its system is 400, a value set that is not known 404', async () => {
    expect((await check('listed', 'code=PEAR')).status).toBe(400);
    expect((await check('unheard-of', `system=${FOOD}&code=PEAR`)).status).toBe(404);
  });
});

describe('ValueSet/$expand', () => {
  const expand = (name: string, query = '') => ask(`ValueSet/$expand?url=urn:test:vs:${name}${query}`);
  const codes = (body: { expansion: { contains?: { code: string }[] } }) => (body.expansion.contains ?? []).map((it) => it.code);

  test.for<[string, readonly string[]]>([
    ['all', ['FRUIT', 'APPLE', 'BRAEBURN', 'PEAR', 'MEAT', 'PLUM']],
    ['listed', ['PEAR', 'APPLE']],
    ['without', ['FRUIT', 'APPLE', 'BRAEBURN', 'MEAT', 'PLUM']],
    ['of-sets', ['APPLE', 'PEAR']],
    ['united', ['PEAR', 'APPLE', 'MEAT']],
    ['is-a', ['FRUIT', 'APPLE', 'BRAEBURN', 'PEAR', 'PLUM']],
    ['descendent-of', ['APPLE', 'BRAEBURN', 'PEAR', 'PLUM']],
    ['is-not-a', ['MEAT']],
    ['generalizes', ['FRUIT', 'APPLE', 'BRAEBURN']],
    ['equal', ['APPLE']],
    ['in', ['APPLE', 'PEAR']],
    ['exists', ['FRUIT', 'BRAEBURN', 'MEAT', 'PLUM']],
    ['regex', ['PEAR', 'PLUM']],
    ['both', ['APPLE', 'PEAR']],
  ])('%s has %j', async ([name, expected]) => {
    const { status, body, text } = await expand(name);

    expect(status, text).toBe(200);
    expect(codes(body)).toEqual(expected);
    expect(body.expansion).toMatchObject({ total: expected.length, offset: 0, timestamp: expect.any(String) });
  });

  test('shows displays, abstract and inactive codes, and designations when asked', async () => {
    const { body } = await expand('all', '&includeDesignations=true');

    const shown = new Map(body.expansion.contains.map((it: { code: string }) => [it.code, it]));
    expect(shown.get('FRUIT')).toMatchObject({ system: FOOD, version: '2', display: 'Fruit', abstract: true });
    expect(shown.get('MEAT')).toMatchObject({ inactive: true });
    expect(shown.get('APPLE')).toMatchObject({ designation: [{ language: 'zh', value: '苹果' }] });
    expect((await expand('listed')).body.expansion.contains[0]).toEqual({ system: FOOD, version: '2', code: 'PEAR', display: 'A pear' });
  });

  test('filters, leaves inactive codes out, and pages', async () => {
    expect(codes((await expand('all', '&filter=EA')).body)).toEqual(['PEAR', 'MEAT']);
    expect(codes((await expand('all', '&filter=EA&activeOnly=true')).body)).toEqual(['PEAR']);
    const page = (await expand('all', '&offset=1&count=2')).body;
    expect(codes(page)).toEqual(['APPLE', 'BRAEBURN']);
    expect(page.expansion.total).toBe(6);
    expect(codes((await expand('all', '&count=0')).body)).toEqual([]);
  });

  test('more than 1,000 codes are too costly at once, and come in pages', async () => {
    const all = await expand('many');
    expect(all.status).toBe(422);
    expect(all.body.issue[0].code).toBe('too-costly');

    expect(codes((await expand('many', '&count=1000')).body)).toHaveLength(1000);
    expect(codes((await expand('many', '&count=1000&offset=1000')).body)).toHaveLength(500);
    expect((await expand('many', '&count=1001')).status).toBe(400);
  });

  test.for([
    ['circle', 422, /contains itself/],
    ['abroad', 422, /snomed/],
    ['odd', 422, /regex/],
    ['unheard-of', 404, /not known/],
  ] as const)('%s is refused', async ([name, status, words]) => {
    const answer = await expand(name);

    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(words);
  });

  test('of a value set that two institutions publish under one address, each has its own', async () => {
    const url = 'urn:test:vs:published';
    const publish = (who: CallingSystem, code: string) =>
      who.post('/fhir/ValueSet', { ...valueSet('x', { include: [{ system: FOOD, concept: [{ code }] }] }), url });
    await publish(hospital, 'PEAR');
    const { id } = (await publish(caller, 'PLUM')).body;

    expect(codes((await hospital.get(`/fhir/ValueSet/$expand?url=${url}`)).body)).toEqual(['PEAR']);
    expect(codes((await caller.get(`/fhir/ValueSet/$expand?url=${url}`)).body)).toEqual(['PLUM']);
    expect(codes((await hospital.get(`/fhir/ValueSet/${id}/$expand`)).body)).toEqual(['PLUM']);
  });

  test('a package goes before everybody', async () => {
    await hospital.post('/fhir/ValueSet', { ...valueSet('listed', { include: [{ system: FOOD, concept: [{ code: 'MEAT' }] }] }) });

    expect(codes((await expand('listed')).body)).toEqual(['PEAR', 'APPLE']);
  });
});

describe('ConceptMap/$translate', () => {
  const translate = (query: string) => ask(`ConceptMap/$translate?${query}`);
  const matches = (body: { parameter: Parameter[] }) =>
    partsOf(body, 'match').map(({ part }) => {
      const concept = part?.find((it) => it.name === 'concept')?.['valueCoding'] as { system: string; code: string };
      return [part?.find((it) => it.name === 'equivalence')?.['valueCode'], concept.system, concept.code];
    });

  test.for<[string, boolean, readonly unknown[]]>([
    [`url=urn:test:map&system=${FOOD}&code=APPLE`, true, [['equivalent', 'urn:test:aliment', 'pomme']]],
    [`system=${FOOD}&code=FRUIT`, true, [['wider', 'urn:test:aliment', 'vegetal']]],
    [`url=urn:test:map&system=${FOOD}&code=MEAT`, false, [['unmatched', 'urn:test:aliment', undefined]]],
    [`url=urn:test:map&system=${FOOD}&code=PLUM`, true, [['inexact', 'urn:test:aliment', 'autre']]],
    ['url=urn:test:map&system=urn:test:other&code=PLUM', false, []],
    ['url=urn:test:map&system=urn:test:aliment&code=vegetal&reverse=true', true, [['narrower', FOOD, 'FRUIT']]],
    [`source=urn:test:vs:all&target=urn:test:vs:elsewhere&system=${FOOD}&code=APPLE`, true, [['equivalent', 'urn:test:aliment', 'pomme']]],
    [`source=urn:test:vs:many&system=${FOOD}&code=APPLE`, false, []],
    [`targetsystem=urn:test:nowhere&system=${FOOD}&code=APPLE`, false, []],
  ])('%s', async ([query, result, expected]) => {
    const { status, body } = await translate(query);

    expect({ status, result: valueOf(body, 'result') }).toEqual({ status: 200, result });
    expect(matches(body)).toEqual(expected);
    expect(valueOf(body, 'message') === undefined).toBe(result);
  });

  test('says items of the catalogue in LOINC, and back, by name or without', async () => {
    const item = 'https://tongjian.example/fhir/CodeSystem/item';

    expect(matches((await translate(`system=${item}&code=WBC`)).body)).toEqual([['equivalent', 'http://loinc.org', '6690-2']]);
    const back = (await ask('ConceptMap/item-loinc/$translate?system=http://loinc.org&code=6690-2&reverse=true')).body;
    expect(matches(back)).toEqual([['equivalent', item, 'WBC']]);
  });

  test('a map that is not known is 404, a code without its system 400', async () => {
    expect((await translate(`url=urn:test:unknown&system=${FOOD}&code=APPLE`)).status).toBe(404);
    expect((await translate('code=APPLE')).status).toBe(400);
  });
});

describe('what an institution publishes under an address of others', () => {
  const LOINC = 'http://loinc.org';
  const code = { code: '718-7', display: 'Glucose' };
  const codeSystem = (url: string) => ({ resourceType: 'CodeSystem', url, status: 'active', content: 'complete', concept: [code] });
  let publisher: CallingSystem;
  let neighbour: CallingSystem;
  let ids: { readonly system: string; readonly set: string; readonly map: string };

  beforeAll(async () => {
    publisher = await gateway.register();
    neighbour = await gateway.register();
    const publish = async (resource: { readonly resourceType: string } & Readonly<Record<string, unknown>>): Promise<string> => {
      const { status, body, text } = await publisher.post(`/fhir/${resource.resourceType}`, resource);
      expect(status, text).toBe(201);
      return body.id;
    };
    await publish(codeSystem('http://snomed.info/sct'));
    ids = {
      system: await publish(codeSystem(LOINC)),
      set: await publish({ ...valueSet('x', { include: [{ system: LOINC, concept: [code] }] }), url: `${LOINC}/vs/glucose` }),
      map: await publish({
        resourceType: 'ConceptMap',
        url: `${LOINC}/cm/glucose`,
        status: 'active',
        group: [
          {
            source: LOINC,
            target: 'urn:test:aliment',
            element: [{ code: '718-7', target: [{ code: 'sucre', equivalence: 'equivalent' }] }],
          },
        ],
      }),
    };
  });

  const BY_ADDRESS = [
    [`CodeSystem/$lookup?system=${LOINC}&code=718-7`, 404],
    [`CodeSystem/$validate-code?url=${LOINC}&code=718-7`, 404],
    [`ValueSet/$validate-code?url=${LOINC}/vs/glucose&system=${LOINC}&code=718-7`, 404],
    [`ValueSet/$expand?url=${LOINC}/vs/glucose`, 404],
    // Of a package, and drawing on a code system that no package has.
    ['ValueSet/$expand?url=urn:test:vs:abroad', 422],
    [`ConceptMap/$translate?url=${LOINC}/cm/glucose&system=${LOINC}&code=718-7`, 404],
    [`Observation?code:in=${LOINC}/vs/glucose`, 400],
    [`Observation?code:not-in=${LOINC}/vs/glucose`, 400],
    [`Observation?code:below=${LOINC}|718-7`, 400],
    [`Observation?code:above=${LOINC}|718-7`, 400],
  ] as const;

  test.for(BY_ADDRESS)('speaks for itself alone: %s is %i to others', async ([path, toOthers]) => {
    expect((await publisher.get(`/fhir/${path}`)).status).toBe(200);
    const answer = await neighbour.get(`/fhir/${path}`);

    expect(answer.status, answer.text).toBe(toOthers);
    expect(answer.text).not.toMatch(/Glucose|sucre/);
  });

  test('is used by others where they name it by its id, or send it', async () => {
    const { system, set, map } = ids;
    const validated = (await neighbour.get(`/fhir/CodeSystem/${system}/$validate-code?code=718-7`)).body;
    const expanded = (await neighbour.get(`/fhir/ValueSet/${set}/$expand`)).body;
    const translated = (await neighbour.get(`/fhir/ConceptMap/${map}/$translate?system=${LOINC}&code=718-7`)).body;
    const sent = await neighbour.post('/fhir/CodeSystem/$validate-code', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'codeSystem', resource: codeSystem(LOINC) },
        { name: 'code', valueCode: '718-7' },
      ],
    });

    expect(expanded.expansion.contains).toEqual([{ system: LOINC, ...code }]);
    expect([validated, translated, sent.body].map((it) => valueOf(it, 'result'))).toEqual([true, true, true]);
  });

  test('costs one statement to look for, whoever asks and whoever has it', async () => {
    const path = `/fhir/CodeSystem/$lookup?system=${LOINC}&code=718-7`;

    for (const asker of [publisher, neighbour]) {
      // That somebody asked in vain is recorded beside.
      const sent = (await statementsOf(() => asker.get(path))).filter((it) => it !== 'insert-access-rows');
      expect(sent).toEqual(['find-published-definition']);
    }
  });
});

test('a caller without the scope is told so', async () => {
  const narrow = await gateway.register({ scopes: ['system/Patient.rs'] });

  for (const path of [
    'ValueSet/$expand?url=urn:test:vs:all',
    `CodeSystem/$lookup?system=${FOOD}&code=APPLE`,
    'ConceptMap/$translate?system=a&code=b',
  ]) {
    expect((await narrow.get(`/fhir/${path}`)).status, path).toBe(403);
  }
});

describe('searches by meaning', () => {
  test(':in, :not-in, :below and :above ask what is loaded', async () => {
    const publisher = await gateway.register();
    const type = (code: string) => ({ coding: [{ system: FOOD, code }] });
    for (const code of ['APPLE', 'BRAEBURN', 'MEAT']) {
      const { status, text } = await publisher.post('/fhir/Location', { resourceType: 'Location', name: code, type: [type(code)] });
      expect(status, text).toBe(201);
    }
    const found = async (query: string) =>
      ((await publisher.get(`/fhir/Location?${query}`)).body.entry ?? [])
        .map((it: { resource: { name: string } }) => it.resource.name)
        .sort();

    expect(await found('type:in=urn:test:vs:listed')).toEqual(['APPLE']);
    expect(await found('type:not-in=urn:test:vs:listed')).toEqual(['BRAEBURN', 'MEAT']);
    expect(await found(`type:below=${FOOD}|FRUIT`)).toEqual(['APPLE', 'BRAEBURN']);
    expect(await found(`type:above=${FOOD}|BRAEBURN`)).toEqual(['APPLE', 'BRAEBURN']);
    expect((await publisher.get('/fhir/Location?type:in=urn:test:vs:unheard-of')).status).toBe(400);
  });
});

test('a value set that is made to keep the server busy is too costly', async () => {
  const include = Array.from({ length: 1_200 }, () => ({ system: FOOD }));
  const nested = Array.from({ length: 600 }, () => ({ valueSet: ['urn:test:vs:united'] }));

  for (const compose of [{ include }, { include: nested }, { include: [{ system: FOOD }], exclude: include }]) {
    const answer = await hospital.post('/fhir/ValueSet/$expand', {
      resourceType: 'Parameters',
      parameter: [{ name: 'valueSet', resource: { resourceType: 'ValueSet', status: 'draft', compose } }],
    });
    expect([answer.status, answer.body.issue?.[0].code]).toEqual([422, 'too-costly']);
  }
});
