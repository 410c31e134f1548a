import { beforeAll, describe, expect, test } from 'vitest';
import { searchAll } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

const UCUM = 'http://unitsofmeasure.org';
const quantity = (value: number, code: string) => ({ valueQuantity: { value, unit: code, system: UCUM, code } });
const coded = (code: string, display?: string) => ({ code: { coding: [{ system: 'urn:s', code, ...(display ? { display } : {}) }] } });

/** Observations, each with something that no other has. */
const OBSERVATIONS: Readonly<Record<string, Record<string, unknown>>> = {
  alpha: {
    ...coded('A', 'Alpha count'),
    ...quantity(5.4, 'mg'),
    identifier: [{ type: { coding: [{ system: 'urn:t', code: 'MR' }] }, system: 'urn:i', value: '1' }],
    meta: { tag: [{ system: 'urn:tags', code: 'x' }], profile: ['http://example.org/profile|1.0'], source: 'http://example.org/source' },
  },
  beta: {
    ...coded('B'),
    status: 'preliminary',
    valueString: 'Hello Wörld, 100%',
    code: { text: '血常规（全血）', coding: [{ code: 'B' }] },
  },
  gamma: {
    ...coded('C'),
    ...quantity(10, 'g'),
    component: [
      { ...coded('sys'), ...quantity(120, 'mm[Hg]') },
      { ...coded('dia'), ...quantity(80, 'mm[Hg]') },
    ],
  },
  delta: { ...coded('A'), valueRange: { low: { value: 1 }, high: { value: 3 } }, meta: { security: [{ code: 'R' }] } },
};

let hospital: CallingSystem;
let patient: string;
const names = new Map<string, string>();

beforeAll(async () => {
  hospital = await gateway.register();
  patient = (await hospital.post('/fhir/Patient', patientOf(somebody()))).body.id;
  for (const [name, more] of Object.entries(OBSERVATIONS)) {
    const { body, status, text } = await hospital.post('/fhir/Observation', {
      resourceType: 'Observation',
      status: 'final',
      subject: { reference: `Patient/${patient}` },
      ...more,
    });
    if (status !== 201) throw new Error(text);
    names.set(body.id, name);
  }
});

describe('modifiers, prefixes and units', () => {
  test.for<[string, readonly string[]]>([
    ['code:not=urn:s|A', ['beta', 'gamma']],
    ['code:not=urn:s|A,B', ['gamma']],
    ['code=urn:s|', ['alpha', 'gamma', 'delta']],
    ['code:text=alpha', ['alpha']],
    ['code:text=ALPHA', ['alpha']],
    ['code:text=血常规（', ['beta']],
    ['code:text=count', []],
    ['code:text=.*', []],
    ['identifier:of-type=urn:t|MR|1', ['alpha']],
    ['identifier:of-type=urn:t|MR|2', []],
    ['value-quantity:missing=true', ['beta', 'delta']],
    ['value-quantity:missing=false', ['alpha', 'gamma']],
    ['date:missing=true', ['alpha', 'beta', 'gamma', 'delta']],
    ['date:missing=false', []],
    ['value-string=hello', ['beta']],
    ['value-string=world', ['beta']],
    ['value-string=wörld', ['beta']],
    ['value-string=orld', []],
    ['value-string:contains=ORL', ['beta']],
    ['value-string:contains=100%25', ['beta']],
    ['value-string:contains=1_0', []],
    ['value-string:exact=Hello Wörld%5C, 100%25', ['beta']],
    ['value-string:exact=hello', []],
    ['value-quantity=5.4', ['alpha']],
    ['value-quantity=5', ['alpha']],
    ['value-quantity=5.40', ['alpha']],
    ['value-quantity=5.0', []],
    ['value-quantity=1e1', ['gamma']],
    ['value-quantity=ne5.4', ['gamma']],
    ['value-quantity=gt5.4', ['gamma']],
    ['value-quantity=ge5.4', ['alpha', 'gamma']],
    ['value-quantity=lt10', ['alpha']],
    ['value-quantity=le10', ['alpha', 'gamma']],
    ['value-quantity=sa5.4', ['gamma']],
    ['value-quantity=eb10', ['alpha']],
    ['value-quantity=ap5.5', ['alpha']],
    [`value-quantity=5.4|${UCUM}|mg`, ['alpha']],
    [`value-quantity=5.4|${UCUM}|g`, []],
    ['value-quantity=gt5||g', ['gamma']],
    ['code-value-quantity=urn:s|A$5.4', ['alpha']],
    ['code-value-quantity=urn:s|A$10', []],
    ['component-code-value-quantity=urn:s|sys$120', ['gamma']],
    ['component-code-value-quantity=urn:s|sys$80', []],
    ['component-value-quantity=lt100', ['gamma']],
    ['combo-code=urn:s|dia,B', ['beta', 'gamma']],
    ['_tag=urn:tags|x', ['alpha']],
    ['_profile=http://example.org/profile', ['alpha']],
    ['_profile=http://example.org/profile|1.0', ['alpha']],
    ['_source=http://example.org/source', ['alpha']],
    ['_security=R', ['delta']],
    ['_tag:not=urn:tags|x', ['beta', 'gamma', 'delta']],
    ['_lastUpdated=ge2020-01-01', ['alpha', 'beta', 'gamma', 'delta']],
    ['_lastUpdated=lt2020-01-01', []],
    ['_lastUpdated=sa2999-01-01', []],
    ['status=final&code:not=urn:s|A', ['gamma']],
  ])('%s', async ([query, expected]) => {
    const found = await searchAll(hospital, `/fhir/Observation?subject:Patient=${patient}&${query}`);

    expect(found.map((it) => names.get(it.id)).toSorted()).toEqual([...expected].toSorted());
  });

  test('an id, and all but one', async () => {
    const [first = '', ...rest] = [...names.keys()];

    const found = await searchAll(hospital, `/fhir/Observation?patient=${patient}&_id:not=${first}`);

    expect(found.map((it) => it.id).toSorted()).toEqual(rest.toSorted());
  });
});
