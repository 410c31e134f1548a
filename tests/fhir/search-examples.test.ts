import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type SearchGroup, type SearchParameter, searchParametersOf } from '../../src/fhir/definitions/search-parameters.ts';
import { isObject, objectsOf } from '../../src/fhir/element.ts';
import type { Json, JsonValue } from '../../src/fhir/exact-json.ts';
import { indexResource } from '../../src/fhir/index-resource.ts';
import { RESOURCE_TYPES } from '../../src/fhir/resource-types.ts';
import type { Condition, IndexEntry } from '../../src/fhir/search-condition.ts';
import type { SearchContext } from '../../src/fhir/search-criterion.ts';
import { localReferenceAt } from '../../src/fhir/search-hash.ts';
import { type Beyond, holds } from '../../src/fhir/search-holds.ts';
import { readSearch } from '../../src/fhir/search-query.ts';
import { folderOf, isThere } from '../support/testdata.ts';

/** Data of others beside the checkout; the tests are skipped where it is not there. */
const EXAMPLES = folderOf('r4-examples');
const SYNTHEA = folderOf('synthea');

const context: SearchContext = {
  base: 'https://here.example/fhir',
  handling: 'strict',
  isKnownType: (type) => RESOURCE_TYPES.has(type),
  expand: async () => undefined,
  now: new Date('2026-03-01T00:00:00Z'),
};

const readJson = (file: URL): Json => JSON.parse(readFileSync(file, 'utf8')) as Json;

/** What stands at a path of a parameter, by a walk of its own. */
function valuesAt(resource: Json, path: string): readonly JsonValue[] {
  const steps = path.split(/\.(?![^(]*\))/);
  return steps.reduce<readonly JsonValue[]>(
    (holders, step) => {
      const where = /^where\((.+)='(.*)'\)$/.exec(step);
      if (where) return holders.filter((it) => isObject(it) && it[where[1] as string] === where[2]);
      return holders.filter(isObject).flatMap((it) => (Array.isArray(it[step]) ? (it[step] as JsonValue[]) : [it[step] ?? []].flat()));
    },
    [resource],
  );
}

const escaped = (text: string): string => text.replace(/[\\,|$]/g, '\\$&');

/** Queries that must find a value again, made of nothing but the value. */
function queriesFor(kind: SearchParameter['type'], type: string, value: JsonValue): readonly string[] {
  const it = isObject(value) ? value : {};
  const text = (name: string): string => (typeof it[name] === 'string' ? escaped(String(it[name])) : '');
  switch (kind) {
    case 'token': {
      const pairs =
        type === 'CodeableConcept'
          ? objectsOf(it['coding']).map((c) => [c['system'], c['code']])
          : [[it['system'], it[type === 'Coding' ? 'code' : 'value']]];
      if (type === 'existence') return [String(value !== false)];
      if (type === 'ContactPoint') return text('value') === '' ? [] : [text('value')];
      if (!isObject(value)) return [escaped(String(value))];
      return pairs.flatMap(([system, code]) =>
        code === undefined ? [] : [escaped(String(code)), `${escaped(String(system ?? ''))}|${escaped(String(code))}`],
      );
    }
    case 'reference': {
      const reference = type === 'Reference' ? text('reference') : escaped(String(value));
      return reference === '' || reference.startsWith('#') ? [] : [reference];
    }
    case 'string':
      if (!isObject(value)) return [escaped(String(value)), escaped(String(value).toUpperCase())];
      return ['family', 'text', 'city', 'postalCode'].map(text).filter(Boolean);
    case 'uri':
      return [escaped(String(value))];
    case 'number':
      return [String(value)];
    case 'quantity': {
      const unit = text('code') || text('unit');
      if (typeof it['value'] !== 'number' || it['comparator'] !== undefined) return [];
      return [String(it['value']), ...(unit === '' ? [] : [`${it['value']}|${text('code') === '' ? '' : text('system')}|${unit}`])];
    }
    case 'date': {
      if (typeof value === 'string') return [value, `ge${value}`, `le${value}`];
      return [...(it['start'] ? [`ge${String(it['start'])}`] : []), ...(it['end'] ? [`le${String(it['end'])}`] : [])];
    }
    default:
      return [];
  }
}

/** Queries of a composite: values of one element, joined. */
function joinedQueries(resource: Json, { path, components }: SearchGroup): readonly string[] {
  return (path === '' ? [resource] : valuesAt(resource, path)).filter(isObject).flatMap((element) =>
    components.reduce<readonly string[]>((queries, component, index) => {
      const said = component.paths.flatMap((it) => {
        const isInside = path !== '' && it.path.startsWith(`${path}.`);
        const values = isInside ? valuesAt(element, it.path.slice(path.length + 1)) : valuesAt(resource, it.path);
        return values.flatMap((value) => queriesFor(component.type, it.type, value));
      });
      return index === 0 ? said : queries.flatMap((query) => said.map((it) => `${query}$${it}`));
    }, []),
  );
}

describe.skipIf(!isThere('r4-examples'))('the official examples', () => {
  const files = isThere('r4-examples') ? readdirSync(EXAMPLES).filter((it) => it.endsWith('.json')) : [];

  test.for(files)('%s is found by every parameter that has a value in it', async (file) => {
    const resource = readJson(new URL(file, EXAMPLES));
    const type = String(resource['resourceType']);
    const entry = indexResource(resource);
    const beyond: Beyond = { id: String(resource['id']), updated: context.now, content: resource };
    const lost: string[] = [];
    let asked = 0;
    const ask = async (name: string, value: string, found: boolean): Promise<void> => {
      const { condition } = await readSearch(type, [[name, value]], context);
      asked++;
      if (holds(entry, condition, beyond) !== found) lost.push(`${name}=${value}`);
    };
    await ask('_id', String(resource['id']), true);
    await ask('_lastUpdated', 'ge2026-01-01', true);
    for (const { name, type: kind, paths, groups } of searchParametersOf(type)) {
      if (name === '_id' || name === '_lastUpdated') continue;
      for (const { path, type: dataType, target } of paths) {
        for (const value of valuesAt(resource, path)) {
          if (target !== undefined && !(isObject(value) && String(value['reference']).includes(`${target}/`))) continue;
          for (const query of queriesFor(kind, dataType, value)) await ask(name, query, true);
          await ask(`${name}:missing`, 'false', true);
          await ask(`${name}:missing`, 'true', false);
        }
      }
      for (const group of groups) for (const query of joinedQueries(resource, group)) await ask(name, query, true);
    }

    expect(lost).toEqual([]);
    expect(asked).toBeGreaterThan(0);
  });
});

interface Kept {
  readonly type: string;
  readonly id: string;
  readonly entry: IndexEntry;
}

describe.skipIf(!isThere('synthea'))('the histories of Synthea', () => {
  const key = (index: number): string => `${(1n << 50n).toString(16).padStart(16, '0')}${index.toString(16).padStart(16, '0')}`;

  /** Every resource with an id as this server gives it, and references that lead to these. */
  function load(): readonly Kept[] {
    const files = readdirSync(SYNTHEA).filter((it) => it !== 'queries.json');
    const resources = files.flatMap((it) => objectsOf(readJson(new URL(it, SYNTHEA))['entry']));
    const ids = new Map<string, string>();
    for (const [index, { fullUrl, resource }] of resources.entries()) {
      const content = resource as Json;
      const reference = `${String(content['resourceType'])}/${key(index)}`;
      ids.set(String(fullUrl), reference);
      for (const it of objectsOf(content['identifier']))
        ids.set(`${String(content['resourceType'])}?identifier=${String(it['system'])}|${String(it['value'])}`, reference);
    }
    const led = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(led);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, it]) => [name, name === 'reference' && typeof it === 'string' ? (ids.get(it) ?? it) : led(it)]),
      );
    };
    return resources.map(({ resource }, index) => {
      const content = led(resource) as Json;
      return { type: String(content['resourceType']), id: key(index), entry: indexResource(content) };
    });
  }

  /** Chains and `_has` by looking at all resources. */
  function beyondOf(kept: readonly Kept[], one: Kept): Beyond {
    const referred = (from: Kept, paths: readonly number[], to: Kept): boolean =>
      paths.some((it) => from.entry.tokens.includes(localReferenceAt(it, to.type, to.id) ?? ''));
    const follow = (step: Extract<Condition, { kind: 'chain' | 'has' }>): boolean =>
      kept.some(
        (it) =>
          it.type === step.type &&
          (step.kind === 'chain' ? referred(one, step.paths, it) : referred(it, step.paths, one)) &&
          holds(it.entry, step.condition, beyondOf(kept, it)),
      );
    return { id: one.id, updated: context.now, follow };
  }

  test('every query finds as many as an independent evaluator says', { timeout: 120_000 }, async () => {
    const { queries } = readJson(new URL('queries.json', SYNTHEA)) as unknown as {
      queries: readonly { readonly query: string; readonly total: number }[];
    };
    const kept = load();
    const wrong: string[] = [];
    for (const { query, total } of queries) {
      const [type = '', text = ''] = query.split('?');
      const { condition } = await readSearch(type, new URLSearchParams(text), context);
      const found = kept.filter((it) => it.type === type && holds(it.entry, condition, beyondOf(kept, it))).length;
      if (found !== total) wrong.push(`${query}: ${found}, not ${total}`);
    }

    expect(wrong).toEqual([]);
    expect(queries).toHaveLength(171);
  });
});
