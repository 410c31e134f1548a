import { describe, expect, test } from 'vitest';
import { searchParametersOf } from '../../src/fhir/definitions/search-parameters.ts';
import type { Json } from '../../src/fhir/exact-json.ts';
import { indexResource } from '../../src/fhir/index-resource.ts';
import { RESOURCE_TYPES } from '../../src/fhir/resource-types.ts';
import { type Beyond, holds } from '../../src/fhir/search-holds.ts';
import { readSearch } from '../../src/fhir/search-query.ts';

/**
 * Every search parameter of every R4 type, at every element it looks at: a resource that has a value there is found by that value, and not by
 * another one; one that has none is missing it.
 */
const context = {
  base: 'http://gateway.test/fhir',
  handling: 'strict' as const,
  isKnownType: (type: string) => RESOURCE_TYPES.has(type),
  expand: async () => undefined,
  now: new Date('2026-06-01T00:00:00Z'),
};

/** A value of a data type, what asks for it, and what asks for another. */
interface Sample {
  readonly value: unknown;
  readonly asked: string;
  readonly other: string;
}

const TOKEN = { asked: 'http://codes.test|c-1', other: 'http://codes.test|c-2' };
const coding = { system: 'http://codes.test', code: 'c-1' };
const quantity = { value: 5.4, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' };

/** `target`: the type that a reference of the parameter leads to. */
function sampleOf(kind: string, type: string, target: string): Sample | undefined {
  const date = (value: unknown): Sample => ({ value, asked: '2020-05', other: '2020-06' });
  switch (type) {
    case 'Coding':
      return { value: coding, ...TOKEN };
    case 'CodeableConcept':
      return { value: { coding: [{ code: 'c-0' }, coding] }, ...TOKEN };
    case 'Identifier':
      return { value: { system: 'http://codes.test', value: 'c-1' }, ...TOKEN };
    case 'ContactPoint':
      return { value: { value: '010-1' }, asked: '010-1', other: '010' };
    case 'boolean':
      return { value: true, asked: 'true', other: 'false' };
    case 'existence':
      return { value: true, asked: 'true', other: 'false' };
    case 'code':
    case 'id':
      return { value: 'c-1', asked: 'c-1', other: 'c-2' };
    case 'string':
    case 'markdown':
      return kind === 'token'
        ? { value: 'c-1', asked: 'c-1', other: 'c-2' }
        : { value: 'Été à Montréal', asked: 'ete', other: 'montrealais' };
    case 'HumanName':
      return { value: { family: '欧阳', given: ['Zoë'] }, asked: 'zoe', other: '司马' };
    case 'Address':
      return { value: { city: '重庆市', line: ['人民路 1 号'] }, asked: '重庆', other: '四川' };
    case 'Reference':
      return { value: { reference: `${target}/${ID}` }, asked: `${target}/${ID}`, other: `${target}/${OTHER_ID}` };
    case 'uri':
    case 'url':
    case 'canonical':
      return { value: 'http://a.test/b', asked: 'http://a.test/b', other: 'http://a.test/' };
    case 'date':
      return date('2020-05-06');
    case 'dateTime':
    case 'instant':
      return date('2020-05-06T07:08:09.123+08:00');
    case 'Period':
      return date({ start: '2020-05-06', end: '2020-05-07' });
    case 'Timing':
      return date({ event: ['2020-05-06'] });
    case 'decimal':
      return { value: 0.25, asked: '0.25', other: '0.26' };
    case 'integer':
      return { value: 7, asked: '7', other: '8' };
    case 'Quantity':
    case 'SimpleQuantity':
    case 'Age':
    case 'Duration':
      return { value: quantity, asked: '5.4|http://unitsofmeasure.org|mg', other: '5.4|http://unitsofmeasure.org|g' };
    case 'Money':
      return { value: { value: 8.5, currency: 'CNY' }, asked: '8.5', other: '8.6' };
    case 'Range':
      return { value: { low: quantity, high: quantity }, asked: '5.4', other: '6' };
    default:
      return undefined;
  }
}

const ID = `${'7'.repeat(16)}${'1'.repeat(16)}`;
const OTHER_ID = `${'7'.repeat(16)}${'2'.repeat(16)}`;

/** Values that no search can name; such an element is found by being there. */
const NOT_NAMED = ['SampledData'];

/** A resource with a value at a path such as `telecom.where(system='phone')` or `component.valueQuantity`. */
function resourceWith(type: string, path: string, value: unknown): Json {
  const steps = path.match(/[^.(]+(\([^)]*\))?/g) ?? [];
  const members = steps.reduce<{ name: string; beside: Record<string, unknown> }[]>((list, step) => {
    const where = /^where\((\w+)='(.*)'\)$/.exec(step);
    const last = list.at(-1);
    if (where && last) last.beside[where[1] as string] = where[2];
    else list.push({ name: step, beside: {} });
    return list;
  }, []);
  const built = members.reduceRight<unknown>((inner, { name, beside }) => {
    const isLeaf = inner === undefined;
    const content = isLeaf ? value : inner;
    return { [name]: Object.keys(beside).length > 0 ? { ...beside, ...(content as object) } : content };
  }, undefined);
  return { resourceType: type, ...(built as object) } as Json;
}

describe.for([...RESOURCE_TYPES].sort())('%s', (type) => {
  const parameters = searchParametersOf(type).filter((it) => it.type !== 'composite' && !['_id', '_lastUpdated'].includes(it.name));

  test('is found by each of its parameters at each of its elements', async () => {
    const wrong: string[] = [];
    for (const { name, type: kind, paths, targets } of parameters) {
      for (const { path, type: dataType, target, systems } of paths) {
        const sample = sampleOf(kind, dataType, target ?? targets.find((it) => it === 'Patient') ?? targets[0] ?? 'Patient');
        if (!sample) {
          if (!NOT_NAMED.includes(dataType)) wrong.push(`${name}: no sample of ${dataType}`);
          continue;
        }
        const resource = resourceWith(type, path, sample.value);
        const entry = indexResource(resource);
        const beyond: Beyond = { content: resource };
        const without = indexResource({ resourceType: type });
        const finds = async (query: string, value: string, at = entry): Promise<boolean> =>
          holds(at, (await readSearch(type, [[query, value]], context)).condition, beyond);

        if (!(await finds(name, sample.asked))) wrong.push(`${name}=${sample.asked} does not find ${path}`);
        if (await finds(name, sample.other)) wrong.push(`${name}=${sample.other} finds ${path}`);
        if (await finds(name, sample.asked, without)) wrong.push(`${name}=${sample.asked} finds nothing's value`);
        if (await finds(`${name}:missing`, 'true')) wrong.push(`${name}:missing finds ${path}`);
        if (dataType !== 'existence' && !(await finds(`${name}:missing`, 'true', without)))
          wrong.push(`${name}:missing does not find none`);
        const [system] = systems ?? [];
        if (system && dataType === 'code' && !(await finds(name, `${system}|${sample.asked}`))) wrong.push(`${name}: not with its system`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
