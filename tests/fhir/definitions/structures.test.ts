import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readPublished } from '../../../src/cli/definitions.ts';
import { makeStructures } from '../../../src/fhir/definitions/make-structures.ts';
import { elementsOf, namesOf, requiredCodes, type StructureKind, structureOf } from '../../../src/fhir/definitions/structures.ts';
import { RESOURCE_TYPES } from '../../../src/fhir/resource-types.ts';

const KINDS: readonly StructureKind[] = ['resource', 'complex-type', 'primitive-type', 'part'];

test('the table is what the published definitions make', { timeout: 60_000 }, async () => {
  const checkedIn = await readFile(new URL('../../../src/fhir/definitions/structures.json', import.meta.url), 'utf8');

  expect(makeStructures(readPublished) === checkedIn).toBe(true);
});

test('every resource type of R4 is there, and every type that an element names', () => {
  expect([...namesOf('resource')].sort()).toEqual([...RESOURCE_TYPES].sort());

  const missing = KINDS.flatMap(namesOf).flatMap((name) =>
    [...elementsOf(name)].flatMap(([member, { types }]) => types.filter((it) => !structureOf(it)).map((it) => `${name}.${member}: ${it}`)),
  );
  expect(missing).toEqual([]);
});

test('elements of other versions and of vendors are not there', () => {
  for (const [type, name] of [
    ['Meta', 'account'],
    ['Binary', 'url'],
    ['ResearchStudy', 'recruitment'],
    ['DeviceDefinition', 'bodySite'],
    ['ObservationDefinition', 'publisher'],
    ['EvidenceVariable.characteristic', 'definitionId'],
  ] as const) {
    expect(elementsOf(type).has(name), `${type}.${name}`).toBe(false);
  }
  expect(structureOf('SubscriptionStatus')).toBeUndefined();
  expect(elementsOf('EvidenceVariable.characteristic').get('definitionExpression')).toMatchObject({ min: 1, choice: 'definition[x]' });
});

test('the table agrees with the published JSON schema on the elements of every type', () => {
  const { definitions } = readPublished('fhir.schema.json') as {
    definitions: Record<string, { properties?: Record<string, unknown> }>;
  };
  // In the schema at hand these have elements of other versions or of the vendor.
  const differing = new Set([
    'Meta',
    'Binary',
    'ResearchStudy',
    'DeviceDefinition',
    'OperationOutcome',
    'Reference',
    'ObservationDefinition',
  ]);
  for (const type of [...namesOf('resource'), ...namesOf('complex-type')]) {
    const properties = definitions[type]?.properties;
    if (!properties || differing.has(type)) continue;
    const published = Object.keys(properties).filter((it) => it !== 'resourceType' && !it.startsWith('_'));
    expect([...elementsOf(type).keys()].sort(), type).toEqual(published.sort());
  }
});

test('an element says how often, of which types, to what and with which codes', () => {
  const observation = elementsOf('Observation');

  expect(observation.get('status')).toMatchObject({ min: 1, max: 1, types: ['code'], isSummary: true, isModifier: true });
  expect([...(observation.get('status')?.binding?.codes?.values().next().value ?? [])]).toContain('entered-in-error');
  expect(observation.get('valueQuantity')).toMatchObject({ types: ['Quantity'], choice: 'value[x]', isSummary: true });
  expect(observation.get('subject')?.targets).toEqual(['Patient', 'Group', 'Device', 'Location']);
  expect(observation.get('focus')?.targets).toBeUndefined();
  expect(observation.get('component')).toMatchObject({ max: '*', types: ['Observation.component'] });
  expect(elementsOf('Observation.component').get('referenceRange')?.types).toEqual(['Observation.referenceRange']);
  expect(elementsOf('Dosage.doseAndRate').get('doseQuantity')?.types).toEqual(['SimpleQuantity']);
  expect(elementsOf('SimpleQuantity').get('comparator')?.max).toBe(0);
  expect(observation.get('id')).toMatchObject({ types: ['id'], isBare: true });
  expect(structureOf('Age')?.constraints.map((it) => it.key)).toEqual(['ele-1', 'qty-3', 'age-1']);
  expect(elementsOf('Nonsense').size).toBe(0);
  expect(elementsOf('toString').size).toBe(0);
});

test('value sets are expanded through hierarchies and other code systems; those without an end are not', () => {
  const codes = (url: string) => [...(requiredCodes(`http://hl7.org/fhir/ValueSet/${url}`)?.values() ?? [])].flatMap((it) => [...it]);

  expect(codes('issue-type')).toContain('code-invalid');
  expect(codes('concept-map-equivalence')).toContain('narrower');
  expect(codes('units-of-time').sort()).toEqual(['a', 'd', 'h', 'min', 'mo', 's', 'wk']);
  expect(codes('event-timing')).toEqual(expect.arrayContaining(['MORN', 'PCV']));
  expect(requiredCodes('http://hl7.org/fhir/ValueSet/mimetypes')).toBeUndefined();
  expect(requiredCodes('http://hl7.org/fhir/ValueSet/nonsense')).toBeUndefined();
});
