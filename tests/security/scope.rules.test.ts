import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RESOURCE_TYPES } from '../../src/fhir/resource-types.ts';
import { allows, grantScopes, PLAIN_SCOPES, parseScope } from '../../src/security/scope.rules.ts';

describe('a scope is understood as a whole or not at all', () => {
  test.for<[string, string, ReturnType<typeof parseScope>]>([
    ['v2, all letters', 'system/Observation.cruds', { type: 'Observation', permissions: 'cruds' }],
    ['v2, one letter', 'system/Observation.r', { type: 'Observation', permissions: 'r' }],
    ['v2, some letters in their order', 'system/Observation.cs', { type: 'Observation', permissions: 'cs' }],
    ['letters in another order', 'system/Observation.sr', undefined],
    ['letters that end in order but do not begin so', 'system/Observation.dus', undefined],
    ['a letter twice', 'system/Observation.rr', undefined],
    ['an unknown letter', 'system/Observation.rx', undefined],
    ['capital letters', 'system/Observation.RS', undefined],
    ['no letter', 'system/Observation.', undefined],
    ['no dot', 'system/Observation', undefined],
    ['every type', 'system/*.rs', { type: '*', permissions: 'rs' }],
    ['a type FHIR R4 does not have', 'system/Obsevation.rs', undefined],
    ['a type in lower case', 'system/observation.rs', undefined],
    ['half a wildcard', 'system/Obs*.rs', undefined],
    ['v1 read', 'system/Patient.read', { type: 'Patient', permissions: 'rs' }],
    ['v1 write', 'system/Patient.write', { type: 'Patient', permissions: 'cud' }],
    ['v1 everything', 'system/Patient.*', { type: 'Patient', permissions: 'cruds' }],
    ['v1 everything of every type', 'system/*.*', { type: '*', permissions: 'cruds' }],
    ['v1 and v2 at once', 'system/Patient.readrs', undefined],
    ['the context of a user', 'user/Patient.rs', undefined],
    ['the context of a patient', 'patient/Patient.rs', undefined],
    ['a search parameter', 'system/Observation.rs?category=laboratory', undefined],
    ['an empty search parameter', 'system/Observation.rs?', undefined],
    ['space around it', ' system/Observation.rs', undefined],
    ['a line end after it', 'system/Observation.rs\n', undefined],
    ['a plain scope', 'recognition.check', { plain: 'recognition.check' }],
    ['a plain scope in capitals', 'Operator', undefined],
    ['a plain scope with more behind it', 'operator.all', undefined],
    ['a member every object has', 'constructor', undefined],
    ['the empty text', '', undefined],
  ])('%s', ([, text, expected]) => {
    expect(parseScope(text)).toEqual(expected);
  });

  test('every subset of the letters in their order is a scope, every other order is none', () => {
    fc.assert(
      fc.property(fc.subarray([...'cruds'], { minLength: 1 }), fc.constantFrom(...RESOURCE_TYPES, '*'), (letters, type) => {
        expect(parseScope(`system/${type}.${letters.join('')}`)).toEqual({ type, permissions: letters.join('') });
        if (letters.length > 1) expect(parseScope(`system/${type}.${letters.toReversed().join('')}`)).toBeUndefined();
      }),
    );
  });
});

describe('what grants allow', () => {
  test.for<[string, readonly string[], string, boolean]>([
    ['the same scope', ['system/Observation.r'], 'system/Observation.r', true],
    ['one of several letters', ['system/Observation.rs'], 'system/Observation.s', true],
    ['a letter that is not among them', ['system/Observation.rs'], 'system/Observation.c', false],
    ['all of several letters', ['system/Observation.rs'], 'system/Observation.rs', true],
    ['one letter more', ['system/Observation.rs'], 'system/Observation.rus', false],
    ['letters from two grants', ['system/Observation.r', 'system/*.s'], 'system/Observation.rs', true],
    ['another type', ['system/Patient.cruds'], 'system/Observation.r', false],
    ['every type for one', ['system/*.r'], 'system/Observation.r', true],
    ['one type for every', ['system/Observation.r'], 'system/*.r', false],
    ['v1 for v2', ['system/Observation.read'], 'system/Observation.s', true],
    ['v1 write does not read', ['system/Observation.write'], 'system/Observation.r', false],
    ['v2 for v1', ['system/Observation.rs'], 'system/Observation.read', true],
    ['a plain scope', ['operator'], 'operator', true],
    ['another plain scope', ['audit.read'], 'operator', false],
    ['a plain scope is not in a wildcard', ['system/*.cruds'], 'operator', false],
    ['FHIR is not in the operator', ['operator'], 'system/Patient.r', false],
    ['a broken grant grants nothing', ['system/Observation.sr', 'system/*.rs?x=y'], 'system/Observation.r', false],
    ['a broken need is never met', ['system/*.cruds', 'system/Observation.sr'], 'system/Observation.sr', false],
    ['no grant', [], 'system/Observation.r', false],
  ])('%s', ([, granted, needed, expected]) => {
    expect(allows(granted, needed)).toBe(expected);
  });

  const scope = fc.oneof(
    fc.constantFrom(...PLAIN_SCOPES),
    fc
      .tuple(fc.constantFrom('Observation', 'Patient', '*'), fc.subarray([...'cruds'], { minLength: 1 }))
      .map(([type, letters]) => `system/${type}.${letters.join('')}`),
  );

  test('more grants never allow less, and what is granted is allowed', () => {
    fc.assert(
      fc.property(fc.array(scope), scope, scope, (granted, added, needed) => {
        if (allows(granted, needed)) expect(allows([...granted, added], needed)).toBe(true);
        expect(allows([...granted, needed], needed)).toBe(true);
      }),
    );
  });

  test('a grant never goes beyond what is registered', () => {
    fc.assert(
      fc.property(fc.array(scope), fc.array(scope), scope, (registered, requested, needed) => {
        const grant = grantScopes(registered, requested);
        if ('scopes' in grant && allows(grant.scopes, needed)) expect(allows(registered, needed)).toBe(true);
      }),
    );
  });
});

describe('what a client gets for what it asks for', () => {
  test.for<[string, readonly string[], readonly string[], ReturnType<typeof grantScopes>]>([
    ['everything registered', ['system/*.rs', 'operator'], ['system/Patient.r', 'operator'], { scopes: ['system/Patient.r', 'operator'] }],
    ['v1 stays v1', ['system/*.rs'], ['system/Patient.read'], { scopes: ['system/Patient.read'] }],
    ['the same twice is once', ['operator'], ['operator', 'operator'], { scopes: ['operator'] }],
    ['one beyond: nothing at all', ['system/*.rs'], ['system/Patient.r', 'system/Patient.c'], { refused: 'system/Patient.c' }],
    ['one unknown: nothing at all', ['system/*.rs'], ['system/Patient.r', 'openid'], { unknown: 'openid' }],
    ['an unknown one is named before one beyond', ['system/*.rs'], ['operator', 'openid'], { unknown: 'openid' }],
  ])('%s', ([, registered, requested, expected]) => {
    expect(grantScopes(registered, requested)).toEqual(expected);
  });
});
