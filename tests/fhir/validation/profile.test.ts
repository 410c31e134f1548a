import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/fhir/exact-json.ts';
import { profileIssues, type Terminology } from '../../../src/fhir/validation/profile.ts';
import { failureOf } from '../../support/failures.ts';

const NOTHING_KNOWN: Terminology = { members: () => 'unknown' };
const CODES: Terminology = {
  members: (url) => (url.startsWith('http://x/codes') ? (system, code) => (system ?? 's') === 's' && ['a', 'b'].includes(code) : 'unknown'),
};

/** A profile of Observation with the elements given, each by its id (`Observation.component:a.code`). */
function profileOf(elements: Readonly<Record<string, object>>, type = 'Observation', url = `http://x/${type}`): Json {
  const element = Object.entries({ [type]: {}, ...elements }).map(([id, rules]) => ({
    id,
    path: id.replace(/:[^.]+/g, ''),
    min: 0,
    max: '*',
    ...(id.includes(':') && { sliceName: id.replace(/^.*:/, '').split('.')[0] }),
    ...rules,
  }));
  return { resourceType: 'StructureDefinition', url, type, snapshot: { element } } as unknown as Json;
}

function shown(
  resource: object,
  elements: Readonly<Record<string, object>>,
  terminology = CODES,
  others: readonly Json[] = [],
): readonly string[] {
  const resolve = (canonical: string) => others.find((it) => it['url'] === canonical.split('|')[0]);
  return profileIssues({ resourceType: 'Observation', ...resource } as Json, profileOf(elements), terminology, 'O', resolve).map(
    (it) => `${it.path} ${it.kind}${it.severity ? ` ${it.severity}` : ''}`,
  );
}

test('a profile without a snapshot is refused, and says why', () => {
  const failure = failureOf(() =>
    profileIssues(
      { resourceType: 'Observation' },
      { resourceType: 'StructureDefinition', url: 'http://x/y', differential: {} },
      CODES,
      'O',
    ),
  );

  expect(failure.code).toBe('rule-violated');
  expect(failure.issues[0]?.en).toContain('http://x/y has no snapshot');
});

describe('one element', () => {
  test.each<readonly [string, object, Readonly<Record<string, object>>, readonly string[]]>([
    ['must be there', {}, { 'Observation.subject': { min: 1 } }, ['O.subject required']],
    ['is there with an extension alone', { _issued: { extension: [{ url: 'x' }] } }, { 'Observation.issued': { min: 1 } }, []],
    ['must be there twice', { note: [{ text: 'a' }] }, { 'Observation.note': { min: 2 } }, ['O.note required']],
    ['may be there twice', { note: [{}, {}, {}] }, { 'Observation.note': { max: '2' } }, ['O.note structure']],
    ['must not be there', { method: { text: 'a' } }, { 'Observation.method': { max: '0' } }, ['O.method structure']],
    [
      'what base R4 demands as well is left to it',
      {},
      { 'Observation.status': { min: 1, max: '1', base: { path: 'Observation.status', min: 1, max: '1' } } },
      [],
    ],
    ['must be of a type', { valueString: 'a' }, { 'Observation.value[x]': { type: [{ code: 'Quantity' }] } }, ['O.valueString structure']],
    ['is of the type', { valueQuantity: { value: 1 } }, { 'Observation.value[x]': { min: 1, type: [{ code: 'Quantity' }] } }, []],
    ['must be of some type', {}, { 'Observation.value[x]': { min: 1 } }, ['O.value[x] required']],
    ['must be a fixed code', { status: 'final' }, { 'Observation.status': { fixedCode: 'amended' } }, ['O.status value']],
    ['is a fixed object', { code: { text: 'a' } }, { 'Observation.code': { fixedCodeableConcept: { text: 'a' } } }, []],
    [
      'must be a fixed object and nothing more',
      { code: { text: 'a', id: 'b' } },
      { 'Observation.code': { fixedCodeableConcept: { text: 'a' } } },
      ['O.code value'],
    ],
    [
      'may be more than a pattern',
      { code: { text: 'a', coding: [{ system: 's', code: 'x', display: 'y' }] } },
      { 'Observation.code': { patternCodeableConcept: { coding: [{ code: 'x' }] } } },
      [],
    ],
    [
      'must not be less than a pattern',
      { code: { coding: [{ system: 's', code: 'y' }] } },
      { 'Observation.code': { patternCodeableConcept: { coding: [{ code: 'x' }] } } },
      ['O.code value'],
    ],
    ['must not be too long', { issued: 'abcd' }, { 'Observation.issued': { maxLength: 3 } }, ['O.issued too-long']],
    [
      'has a code of the value set',
      {
        code: {
          coding: [
            { system: 't', code: 'a' },
            { system: 's', code: 'a' },
          ],
        },
      },
      { 'Observation.code': { binding: { strength: 'required', valueSet: 'http://x/codes|1' } } },
      [],
    ],
    [
      'must have a code of the value set',
      { code: { coding: [{ system: 's', code: 'c' }] } },
      { 'Observation.code': { binding: { strength: 'required', valueSet: 'http://x/codes' } } },
      ['O.code code-invalid'],
    ],
    [
      'words are no code',
      { code: { text: 'a' } },
      { 'Observation.code': { binding: { strength: 'required', valueSet: 'http://x/codes' } } },
      ['O.code code-invalid'],
    ],
    [
      'a binding that is not required lets it be',
      { code: { text: 'a' } },
      { 'Observation.code': { binding: { strength: 'extensible', valueSet: 'http://x/codes' } } },
      [],
    ],
    [
      'a value set that nobody knows is said',
      { code: { text: 'a' } },
      { 'Observation.code': { binding: { strength: 'required', valueSet: 'http://x/other' } } },
      ['O.code not-supported information'],
    ],
    [
      'may lead to Patients',
      { subject: { reference: 'Group/1' } },
      { 'Observation.subject': { type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }] } },
      ['O.subject value'],
    ],
    [
      'leads to a profile of its type',
      { subject: { reference: 'Group/1' } },
      { 'Observation.subject': { type: [{ code: 'Reference', targetProfile: ['http://x/Group'] }] } },
      [],
    ],
    [
      'leads to a profile that nobody knows',
      { subject: { reference: 'Group/1' } },
      { 'Observation.subject': { type: [{ code: 'Reference', targetProfile: ['http://x/unknown'] }] } },
      [],
    ],
    [
      'breaks a rule',
      { note: [{ text: 'ab' }, { text: 'c' }] },
      { 'Observation.note': { constraint: [{ key: 'x-1', severity: 'error', human: '一个字', expression: 'text.length() = 1' }] } },
      ['O.note[0] invariant'],
    ],
    [
      'is warned about',
      { note: [{ text: 'ab' }] },
      { 'Observation.note': { constraint: [{ key: 'x-1', severity: 'warning', human: 'h', expression: 'text.length() = 1' }] } },
      ['O.note[0] invariant warning'],
    ],
    [
      'a rule about the whole',
      { note: [{ text: 'ab' }] },
      { Observation: { constraint: [{ key: 'x-1', severity: 'error', human: 'h', expression: 'note.count() = 2' }] } },
      ['O invariant'],
    ],
    [
      'a rule that asks for the resource',
      { status: 'final', note: [{ text: 'a' }] },
      { 'Observation.note': { constraint: [{ key: 'x-1', severity: 'error', human: 'h', expression: "%resource.status = 'final'" }] } },
      [],
    ],
    [
      'a rule of base R4 is left to it',
      { note: [{ text: 'a' }] },
      {
        Observation: {
          constraint: [
            {
              key: 'obs-6',
              severity: 'error',
              human: 'h',
              expression: 'false',
              source: 'http://hl7.org/fhir/StructureDefinition/Observation',
            },
          ],
        },
      },
      [],
    ],
    [
      'a rule that needs another server is said',
      { note: [{ text: 'a' }] },
      { 'Observation.note': { constraint: [{ key: 'x-1', severity: 'error', human: 'h', expression: 'author.resolve().exists()' }] } },
      ['O.note[0] not-supported information'],
    ],
    [
      'a rule that cannot be read is said',
      { note: [{ text: 'a' }] },
      { 'Observation.note': { constraint: [{ key: 'x-1', severity: 'error', human: 'h', expression: 'text +' }] } },
      ['O.note[0] not-supported information'],
    ],
    [
      'a part that refers to another one',
      { component: [{ referenceRange: [{}] }] },
      {
        'Observation.referenceRange': {},
        'Observation.referenceRange.text': { min: 1 },
        'Observation.component': {},
        'Observation.component.referenceRange': { contentReference: '#Observation.referenceRange' },
      },
      ['O.component[0].referenceRange[0].text required'],
    ],
  ])('%s', (_, resource, elements, issues) => {
    expect(shown(resource, elements, CODES, [profileOf({}, 'Group')])).toEqual(issues);
  });
});

describe('slices are told apart', () => {
  const sliced = (discriminator: object, a: Readonly<Record<string, object>>, rules = 'open') => ({
    'Observation.component': { slicing: { discriminator: [discriminator], rules } },
    'Observation.component:a': { min: 1, max: '1' },
    ...Object.fromEntries(Object.entries(a).map(([name, it]) => [`Observation.component:a.${name}`, it])),
    'Observation.component:a.method': { max: '0' },
  });
  const other = { code: { text: 'b' } };
  const own = { code: { coding: [{ system: 's', code: 'a' }] } };

  test.each<readonly [string, Readonly<Record<string, object>>, object, object]>([
    ['by a pattern', sliced({ type: 'pattern', path: 'code' }, { code: { patternCodeableConcept: own.code } }), own, other],
    [
      'by a value deep inside',
      sliced({ type: 'value', path: 'code.coding.code' }, { code: {}, 'code.coding': {}, 'code.coding.code': { fixedCode: 'a' } }),
      own,
      other,
    ],
    [
      'by a value below the path',
      sliced({ type: 'value', path: 'code' }, { code: {}, 'code.coding': { min: 1 }, 'code.coding.code': { min: 1, fixedCode: 'a' } }),
      own,
      other,
    ],
    [
      'by a binding',
      sliced({ type: 'value', path: 'code' }, { code: { binding: { strength: 'required', valueSet: 'http://x/codes' } } }),
      own,
      { code: { coding: [{ system: 's', code: 'z' }] } },
    ],
    [
      'by being there',
      sliced({ type: 'exists', path: 'interpretation' }, { interpretation: { min: 1 } }),
      { ...own, interpretation: [{ text: 'x' }] },
      other,
    ],
    [
      'by not being there',
      sliced({ type: 'exists', path: 'interpretation' }, { interpretation: { max: '0' } }),
      own,
      { ...other, interpretation: [{ text: 'x' }] },
    ],
  ])('%s', (_, elements, one, another) => {
    expect(shown({ component: [another, one] }, elements)).toEqual([]);
    expect(shown({ component: [another] }, elements)).toEqual(['O.component:a required']);
    expect(shown({ component: [one, another, one] }, elements)).toEqual(['O.component:a structure']);
    expect(shown({ component: [another, { ...one, method: { text: 'x' } }] }, elements)).toEqual(['O.component[1].method structure']);
  });

  test('what is of no slice is refused where the slices are all there is', () => {
    const elements = sliced({ type: 'pattern', path: 'code' }, { code: { patternCodeableConcept: own.code } }, 'closed');

    expect(shown({ component: [own, other] }, elements)).toEqual(['O.component[1] structure']);
  });

  test('a choice by its type', () => {
    const elements = {
      'Observation.value[x]': { slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' } },
      'Observation.value[x]:valueQuantity': { type: [{ code: 'Quantity' }], max: '1' },
      'Observation.value[x]:valueQuantity.unit': { min: 1 },
    };

    expect(shown({ valueQuantity: { value: 1 } }, elements)).toEqual(['O.valueQuantity.unit required']);
    expect(shown({ valueString: 'a' }, elements)).toEqual([]);
  });

  test('references by the type of their target', () => {
    const elements = {
      'Observation.performer': {
        slicing: { discriminator: [{ type: 'type', path: 'resolve()' }], rules: 'open' },
        type: [{ code: 'Reference' }],
      },
      'Observation.performer:who': {
        min: 1,
        type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Practitioner'] }],
      },
    };

    expect(shown({ performer: [{ reference: 'Organization/1' }, { reference: 'Practitioner/1' }] }, elements)).toEqual([]);
    expect(shown({ performer: [{ reference: 'Organization/1' }] }, elements)).toEqual(['O.performer:who required']);
  });

  test('entries by the profile of their resource', () => {
    const patient = profileOf({ 'Patient.birthDate': { min: 1 } }, 'Patient');
    const bundle = profileOf(
      {
        'Bundle.entry': { slicing: { discriminator: [{ type: 'profile', path: 'resource' }], rules: 'open' } },
        'Bundle.entry:patient': { min: 1 },
        'Bundle.entry:patient.resource': { type: [{ code: 'Patient', profile: ['http://x/Patient'] }] },
      },
      'Bundle',
    );
    const issues = (resource: object) =>
      profileIssues({ resourceType: 'Bundle', entry: [{ resource }] } as unknown as Json, bundle, CODES, 'B', () => patient).map(
        (it) => it.path,
      );

    expect(issues({ resourceType: 'Patient', birthDate: '1980' })).toEqual([]);
    expect(issues({ resourceType: 'Patient' })).toEqual(['B.entry:patient']);
  });

  test('extensions by the address of their definition, which is looked into', () => {
    const extension = profileOf(
      { 'Extension.url': { fixedUri: 'http://x/level' }, 'Extension.value[x]': { min: 1, type: [{ code: 'code' }] } },
      'Extension',
      'http://x/level',
    );
    const elements = {
      'Observation.extension': {
        slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' },
        type: [{ code: 'Extension' }],
      },
      'Observation.extension:level': { min: 1, max: '1', type: [{ code: 'Extension', profile: ['http://x/level'] }] },
    };

    expect(shown({ extension: [{ url: 'http://x/level', valueCode: 'a' }] }, elements, CODES, [extension])).toEqual([]);
    expect(shown({ extension: [{ url: 'http://x/level', valueString: 'a' }] }, elements, CODES, [extension])).toEqual([
      'O.extension[0].valueString structure',
    ]);
    expect(shown({ extension: [{ url: 'http://x/other', valueString: 'a' }] }, elements, CODES, [extension])).toEqual([
      'O.extension:level required',
    ]);
    expect(shown({ extension: [{ url: 'http://x/level', valueString: 'a' }] }, elements)).toEqual([]);
  });
});

test('profiles that name each other in a circle come to an end', () => {
  const inner = profileOf(
    { 'Extension.extension': { type: [{ code: 'Extension', profile: ['http://x/loop'] }] } },
    'Extension',
    'http://x/loop',
  );
  let nested: object = { url: 'x', valueCode: 'a' };
  for (let depth = 0; depth < 40; depth++) nested = { url: 'x', extension: [nested] };

  expect(
    shown(
      { extension: [nested] },
      { 'Observation.extension': { type: [{ code: 'Extension', profile: ['http://x/loop'] }] } },
      NOTHING_KNOWN,
      [inner],
    ),
  ).toEqual([]);
});

test('more values with rules than can be checked in good time are refused', () => {
  const note = Array.from({ length: 20_002 }, () => ({ text: 'a' }));
  const constraint = [{ key: 'x-1', severity: 'error', human: 'h', expression: 'text.exists()' }];

  expect(shown({ note }, { 'Observation.note': { constraint } })).toEqual(['O.note[20000] too-costly']);
});

test('both languages, and the words of the profile itself', () => {
  const [issue] = profileIssues(
    { resourceType: 'Observation', note: [{ text: 'ab' }] } as Json,
    profileOf({
      'Observation.note': { constraint: [{ key: 'cq-1', severity: 'error', human: '备注为一个字', expression: 'text.length() = 1' }] },
    }),
    CODES,
    'Bundle.entry[0].resource',
  );

  expect(issue).toEqual({
    path: 'Bundle.entry[0].resource.note[0]',
    kind: 'invariant',
    en: 'breaks the rule cq-1: 备注为一个字',
    zh: '违反规则 cq-1：备注为一个字',
  });
});
