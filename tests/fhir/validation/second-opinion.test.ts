import type { validateResource } from '@medplum/core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Json, JsonValue } from '../../../src/fhir/exact-json.ts';
import { structureIssues } from '../../../src/fhir/validation/structure.ts';
import { taughtLibrary } from '../../support/published-definitions.ts';

/** Resources as hospitals send them, each valid. */
const VALID: readonly Json[] = [
  {
    resourceType: 'Observation',
    id: 'a',
    meta: { profile: ['http://example.org/p'], tag: [{ system: 'http://x', code: 'y' }] },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">5.40</div>' },
    extension: [{ url: 'http://example.org/x', valueCodeableConcept: { coding: [{ code: 'a' }] } }],
    identifier: [{ system: 'http://x', value: '1', period: { start: '2026-01-01' } }],
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: '血红蛋白' }], text: '血红蛋白' },
    subject: { reference: 'Patient/1', display: '张三' },
    effectiveDateTime: '2026-03-01T08:30:00+08:00',
    issued: '2026-03-01T09:30:00.123+08:00',
    valueQuantity: { value: 5.4, comparator: '<', unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
    referenceRange: [{ low: { value: 1 }, high: { value: 9 }, text: '1–9' }],
    component: [{ code: { text: 'x' }, valueInteger: 3 }],
    note: [{ authorString: 'a', time: '2026-03-01', text: 'b' }],
  },
  {
    resourceType: 'Patient',
    contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }],
    managingOrganization: { reference: '#o' },
    name: [
      {
        use: 'official',
        text: '张三',
        family: '张',
        given: ['三', null],
        _given: [null, { extension: [{ url: 'http://x', valueString: 'y' }] }],
      },
    ],
    gender: 'male',
    birthDate: '1980-05',
    _birthDate: { extension: [{ url: 'http://x', valueDateTime: '1980-05-06T07:08:09+08:00' }] },
    multipleBirthInteger: 2,
    telecom: [{ system: 'phone', value: '1', rank: 1 }],
    contact: [{ name: { text: 'b' } }],
    photo: [{ contentType: 'image/png', data: 'YWJj' }],
    link: [{ other: { reference: 'Patient/2' }, type: 'seealso' }],
  },
  {
    resourceType: 'Consent',
    status: 'active',
    scope: { text: 'x' },
    category: [{ text: 'y' }],
    patient: { reference: 'Patient/1' },
    dateTime: '2026-03-01',
    policy: [{ uri: 'http://x' }],
    provision: {
      type: 'permit',
      period: { start: '2026-01-01', end: '2027-01-01' },
      provision: [{ type: 'deny', action: [{ text: 'z' }] }],
    },
  },
  {
    resourceType: 'ImagingStudy',
    status: 'available',
    subject: { reference: 'Patient/1' },
    started: '2026-03-01T08:30:00+08:00',
    numberOfSeries: 1,
    series: [{ uid: '1.2.3', modality: { code: 'CT' }, instance: [{ uid: '1.2.3.4', sopClass: { code: '1.2' }, number: 1 }] }],
  },
];

const CHANGES = ['drop', 'add', 'retype', 'empty', 'rename', 'twice', 'list'] as const;
const OTHER: readonly JsonValue[] = ['x', '', ' ', 7, -1.5, true, {}, [], { text: 'x' }, ['x'], null, '2026-02-31', 'a b', '#none'];

/** The resource with one of its members changed: the `at`-th in the order of the text. */
function changed(resource: Json, at: number, change: (typeof CHANGES)[number], value: JsonValue): Json {
  const copy = structuredClone(resource) as Record<string, JsonValue>;
  const places: [Record<string, JsonValue>, string][] = [];
  const visit = (it: JsonValue | undefined): void => {
    if (Array.isArray(it)) it.forEach((one: JsonValue) => visit(one));
    else if (typeof it === 'object' && it !== null) {
      for (const [name, member] of Object.entries(it)) {
        places.push([it as Record<string, JsonValue>, name]);
        visit(member as JsonValue);
      }
    }
  };
  visit(copy);
  const [holder, name] = places[at % places.length] as [Record<string, JsonValue>, string];
  const before = holder[name] as JsonValue;
  if (change === 'drop') delete holder[name];
  else if (change === 'add') holder['other'] = value;
  else if (change === 'retype') holder[name] = value;
  else if (change === 'empty') holder[name] = Array.isArray(before) ? [] : typeof before === 'object' ? {} : '';
  else if (change === 'twice')
    holder[name] = Array.isArray(before) ? [...(before as readonly JsonValue[]), ...(before as readonly JsonValue[])] : before;
  else if (change === 'list') holder[name] = Array.isArray(before) ? ((before as readonly JsonValue[])[0] as JsonValue) : [before];
  else {
    delete holder[name];
    holder[`${name}s`] = before;
  }
  return copy;
}

function libraryRefuses(resource: Json): string | undefined {
  try {
    taughtLibrary().validateResource(resource as unknown as Parameters<typeof validateResource>[0]);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

beforeAll(() => void taughtLibrary(), 60_000);

test.each(VALID.map((it) => [String(it['resourceType']), it] as const))('%s as it should be is taken by both', (_, resource) => {
  expect(structureIssues(resource, 'x')).toEqual([]);
  expect(libraryRefuses(resource)).toBeUndefined();
});

test('whatever an independent validator refuses is refused here, whatever was changed', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...VALID),
      fc.nat(200),
      fc.constantFrom(...CHANGES),
      fc.constantFrom(...OTHER),
      (resource, at, change, value) => {
        const sent = changed(resource, at, change, value);
        const refusal = libraryRefuses(sent);
        if (refusal === undefined) return;

        expect({ sent, refusal, issues: structureIssues(sent, 'x').length }).not.toMatchObject({ issues: 0 });
      },
    ),
    { numRuns: 1_500 },
  );
});
