import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/consents/applicable.rules.ts';
import { decidePermission as decide, isVisible } from '../../src/consents/consent.rules.ts';
import { CATEGORIES, type Category } from '../../src/resources/category.ts';
import type { Permission } from '../../src/resources/custody.ts';
import { SENSITIVITIES } from '../../src/resources/sensitivity.ts';
import { emergency, type FlatConsent, flatConsent, HOSPITAL_B, HOSPITAL_C, NOW, question } from '../support/consents.ts';

const permit: FlatConsent = {
  decision: 'permit',
  active: true,
  grantees: [],
  categories: [],
  purposes: [],
  validFrom: null,
  validUntil: null,
};
const deny: FlatConsent = { ...permit, decision: 'deny' };

/** The permission without the consents it names: what is told here is what it opens. */
function decidePermission(consents: readonly FlatConsent[], asked: Question): Permission {
  return { ...decide(consents.map(flatConsent), asked), consents: [] };
}

function isPermitted(consents: readonly FlatConsent[], category: Category, asked: Question): boolean {
  return decidePermission(consents, asked).categories.includes(category);
}

const before = (instant: Date): Date => new Date(instant.getTime() - 1);
const after = (instant: Date): Date => new Date(instant.getTime() + 1);

describe('whether laboratory results may be seen', () => {
  test.for<[string, readonly FlatConsent[], boolean]>([
    ['no consent at all', [], false],
    ['a permit without limits', [permit], true],
    ['a denial alone', [deny], false],
    ['a denial beside a permit', [permit, deny], false],
    ['a denial beside two permits, in another order', [deny, permit, permit], false],

    ['a permit that begins this very millisecond', [{ ...permit, validFrom: NOW }], true],
    ['a permit that begins a millisecond later', [{ ...permit, validFrom: after(NOW) }], false],
    ['a permit in its last millisecond', [{ ...permit, validUntil: NOW }], true],
    ['a permit that ended a millisecond ago', [{ ...permit, validUntil: before(NOW) }], false],
    ['an expired permit beside one in force', [{ ...permit, validUntil: before(NOW) }, permit], true],
    ['a denial that ended a millisecond ago beside a permit', [{ ...deny, validUntil: before(NOW) }, permit], true],
    ['a denial in its last millisecond beside a permit', [{ ...deny, validUntil: NOW }, permit], false],
    ['a denial that begins a millisecond later beside a permit', [{ ...deny, validFrom: after(NOW) }, permit], true],

    ['a permit that was withdrawn', [{ ...permit, active: false }], false],
    ['a denial that was withdrawn beside a permit', [{ ...deny, active: false }, permit], true],

    ['a permit for this hospital', [{ ...permit, grantees: [HOSPITAL_B] }], true],
    ['a permit for another hospital', [{ ...permit, grantees: [HOSPITAL_C] }], false],
    ['a permit for both', [{ ...permit, grantees: [HOSPITAL_C, HOSPITAL_B] }], true],
    ['a permit for anybody, a denial for this hospital', [permit, { ...deny, grantees: [HOSPITAL_B] }], false],
    ['a permit for anybody, a denial for another hospital', [permit, { ...deny, grantees: [HOSPITAL_C] }], true],
    ['a permit for this hospital, a denial for anybody', [{ ...permit, grantees: [HOSPITAL_B] }, deny], false],

    ['a permit for laboratory', [{ ...permit, categories: ['laboratory'] }], true],
    ['a permit for imaging', [{ ...permit, categories: ['imaging'] }], false],
    ['a permit for all, a denial for imaging', [permit, { ...deny, categories: ['imaging'] }], true],
    ['a permit for all, a denial for laboratory', [permit, { ...deny, categories: ['laboratory'] }], false],
    ['a permit for laboratory, a denial for all', [{ ...permit, categories: ['laboratory'] }, deny], false],

    ['a permit for treatment', [{ ...permit, purposes: ['TREAT'] }], true],
    ['a permit for payment', [{ ...permit, purposes: ['HPAYMT'] }], false],
    ['a permit for all, a denial for payment', [permit, { ...deny, purposes: ['HPAYMT'] }], true],
    [
      'a permit for payment and a permit for another hospital: two halves make no whole',
      [
        { ...permit, purposes: ['HPAYMT'] },
        { ...permit, grantees: [HOSPITAL_C] },
      ],
      false,
    ],
  ])('%s', ([, consents, permitted]) => {
    expect(isPermitted(consents, 'laboratory', question)).toBe(permitted);
  });
});

describe('whether they may be seen in an emergency', () => {
  test.for<[string, readonly FlatConsent[], boolean]>([
    ['no consent at all', [], true],
    ['a general denial', [deny], true],
    ['a denial for treatment', [{ ...deny, purposes: ['TREAT'] }], true],
    ['a denial that names break-glass', [{ ...deny, purposes: ['BTG'] }], false],
    ['a denial that names break-glass among others', [{ ...deny, purposes: ['TREAT', 'BTG'] }], false],
    ['a denial that names break-glass, withdrawn', [{ ...deny, purposes: ['BTG'], active: false }], true],
    ['a denial that names the other emergency purpose', [{ ...deny, purposes: ['ETREAT'] }], true],
    ['a denial that names break-glass, for imaging', [{ ...deny, purposes: ['BTG'], categories: ['imaging'] }], true],
    ['a denial that names break-glass, for another hospital', [{ ...deny, purposes: ['BTG'], grantees: [HOSPITAL_C] }], true],
    [
      'a denial that names break-glass beside a permit for it',
      [
        { ...deny, purposes: ['BTG'] },
        { ...permit, purposes: ['BTG'] },
      ],
      false,
    ],
  ])('%s', ([, consents, permitted]) => {
    expect(isPermitted(consents, 'laboratory', emergency)).toBe(permitted);
  });
});

describe('the permission as a whole', () => {
  test('without consent it is empty', () => {
    expect(decidePermission([], question)).toEqual({
      basis: 'none',
      categories: [],
      uncategorised: false,
      sensitivities: [],
      consents: [],
    });
  });

  test('a permit for everything covers what belongs to no category', () => {
    expect(decidePermission([permit], question)).toEqual({
      basis: 'consent',
      categories: [...CATEGORIES],
      uncategorised: true,
      sensitivities: [],
      consents: [],
    });
  });

  test('a permit that lists every category says nothing about what belongs to none', () => {
    expect(decidePermission([{ ...permit, categories: CATEGORIES }], question)).toMatchObject({ basis: 'consent', uncategorised: false });
  });

  test('one denied category takes away what belongs to none', () => {
    expect(decidePermission([permit, { ...deny, categories: ['imaging'] }], question)).toEqual({
      basis: 'consent',
      categories: ['laboratory', 'ecg', 'pathology'],
      uncategorised: false,
      sensitivities: [],
      consents: [],
    });
  });

  test('an emergency is its own basis, even where a consent would do', () => {
    expect(decidePermission([permit], emergency)).toEqual({
      basis: 'emergency',
      categories: [...CATEGORIES],
      uncategorised: true,
      sensitivities: [...SENSITIVITIES],
      consents: [],
    });
  });

  test('an emergency that the patient ruled out beforehand is no basis', () => {
    expect(decidePermission([{ ...deny, purposes: ['BTG'] }], emergency)).toEqual({
      basis: 'none',
      categories: [],
      uncategorised: false,
      sensitivities: [],
      consents: [],
    });
  });
});

describe('who may know of a consent', () => {
  test.for<[string, FlatConsent & { recordedBy: number }, boolean]>([
    ['its recorder, of a denial', { ...deny, recordedBy: HOSPITAL_B }, true],
    ['its recorder, of a withdrawn one', { ...permit, active: false, recordedBy: HOSPITAL_B }, true],
    ['a named grantee', { ...permit, grantees: [HOSPITAL_B], recordedBy: HOSPITAL_C }, true],
    ['anybody, of a permit for anybody', { ...permit, recordedBy: HOSPITAL_C }, true],
    ['a grantee, of a permit for another', { ...permit, grantees: [9], recordedBy: HOSPITAL_C }, false],
    ['the one denied', { ...deny, grantees: [HOSPITAL_B], recordedBy: HOSPITAL_C }, false],
    ['a grantee, of a withdrawn permit', { ...permit, active: false, recordedBy: HOSPITAL_C }, false],
    ['a grantee, in its last millisecond', { ...permit, validUntil: NOW, recordedBy: HOSPITAL_C }, true],
    ['a grantee, a millisecond later', { ...permit, validUntil: before(NOW), recordedBy: HOSPITAL_C }, false],
  ])('%s', ([, { recordedBy, ...flat }, visible]) => {
    expect(isVisible({ ...flatConsent(flat), recordedBy }, HOSPITAL_B, NOW)).toBe(visible);
  });
});

describe('whatever the consents', () => {
  const instants = fc.option(fc.integer({ min: -3, max: 3 }).map((it) => new Date(NOW.getTime() + it)));
  const consents = fc.array(
    fc.record<FlatConsent>({
      decision: fc.constantFrom('permit', 'deny'),
      active: fc.boolean(),
      grantees: fc.subarray([HOSPITAL_B, HOSPITAL_C]),
      categories: fc.subarray([...CATEGORIES]),
      purposes: fc.subarray(['TREAT', 'HPAYMT', 'BTG']),
      validFrom: instants,
      validUntil: instants,
    }),
    { maxLength: 6 },
  );
  const questions = fc.constantFrom(question, emergency, { ...question, institution: HOSPITAL_C }, { ...question, purpose: 'HPAYMT' });

  test('their order does not matter', () => {
    fc.assert(
      fc.property(consents, questions, (list, asked) => {
        expect(decidePermission(list.toReversed(), asked)).toEqual(decidePermission(list, asked));
      }),
    );
  });

  test('one more denial never reveals more, one more permit never less', () => {
    fc.assert(
      fc.property(consents, consents, questions, (list, [added], asked) => {
        if (!added) return;
        const former = decidePermission(list, asked).categories;
        const latter = decidePermission([...list, added], asked).categories;
        const [fewer, more] = added.decision === 'deny' ? [latter, former] : [former, latter];
        expect(more).toEqual(expect.arrayContaining([...fewer]));
      }),
    );
  });

  test('what is withdrawn or out of its time changes nothing', () => {
    fc.assert(
      fc.property(consents, questions, (list, asked) => {
        const counting = list.filter(
          (it) => it.active && (!it.validFrom || it.validFrom <= asked.at) && (!it.validUntil || it.validUntil >= asked.at),
        );
        expect(decidePermission(counting, asked)).toEqual(decidePermission(list, asked));
      }),
    );
  });

  test('a permission with a basis has categories, and one without has none', () => {
    fc.assert(
      fc.property(consents, questions, (list, asked) => {
        const { basis, categories, uncategorised } = decidePermission(list, asked);
        expect(basis === 'none').toBe(categories.length === 0);
        if (uncategorised) expect(categories).toHaveLength(CATEGORIES.length);
      }),
    );
  });
});
