import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConsentRequest } from '../../src/consents/consent.schema.ts';
import { checkConsentRequest, consentResource } from '../../src/consents/consent-request.rules.ts';
import { readConsent } from '../../src/consents/consent-resource.rules.ts';
import { CATEGORY_SYSTEM, CONSENT_METHODS, METHOD_EXTENSION } from '../../src/consents/consent-vocabulary.ts';
import type { Json } from '../../src/fhir/exact-json.ts';
import { CATEGORIES } from '../../src/resources/category.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const PURPOSE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const ROLE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

const consent = (rule: Json | undefined, rest: Json = {}): Json => ({
  resourceType: 'Consent',
  status: 'active',
  scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: 'Patient/p1' },
  policy: [{ uri: 'https://example.org/policy' }],
  ...(rule ? { provision: rule } : {}),
  ...rest,
});
const stated = (rule: Json | undefined, rest: Json = {}) => readConsent(consent(rule, rest), 'Consent').stated;
const actor = (reference: Json, role = 'IRCP'): Json => ({ role: { coding: [{ system: ROLE_SYSTEM, code: role }] }, reference });
const policyRule = (code: string): Json => ({
  policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] },
});

describe('what a Consent says', () => {
  test('the least: permit everything, to anybody, for any purpose, for ever', () => {
    expect(readConsent(consent({ type: 'permit' }), 'Consent')).toEqual({
      issues: [],
      stated: {
        active: true,
        decision: 'permit',
        grantees: [],
        categories: [],
        purposes: [],
        validFrom: null,
        validUntil: null,
        method: 'not-stated',
      },
    });
  });

  test('recipients are Organizations, by reference or by credit code', () => {
    const byCode = { identifier: { system: 'urn:oid:2.16.156.10011.1.5', value: '11500000MB1670604W' } };
    expect(stated({ type: 'permit', actor: [actor({ reference: 'Organization/o1' }), actor(byCode)] })).toMatchObject({
      active: true,
      grantees: [
        { organization: 'o1', path: 'Consent.provision.actor[0].reference' },
        { identifier: '11500000MB1670604W', path: 'Consent.provision.actor[1].reference' },
      ],
    });
  });

  test('categories, purposes, and how it was given', () => {
    const rule = {
      type: 'deny',
      class: [{ system: CATEGORY_SYSTEM, code: 'imaging' }],
      purpose: [{ system: PURPOSE_SYSTEM, code: 'BTG' }],
    };
    expect(stated(rule, { extension: [{ url: METHOD_EXTENSION, valueCode: 'sms-code' }] })).toMatchObject({
      decision: 'deny',
      categories: ['imaging'],
      purposes: ['BTG'],
      method: 'sms-code',
    });
  });
});

describe('when it counts', () => {
  test.for<[string, Json, string | null, string | null]>([
    ['a day is a day in Beijing', { start: '2026-03-01', end: '2026-03-01' }, '2026-02-28T16:00:00.000Z', '2026-03-01T15:59:59.999Z'],
    ['a month is a month in Beijing', { end: '2026-02' }, null, '2026-02-28T15:59:59.999Z'],
    ['a year is a year in Beijing', { start: '2026' }, '2025-12-31T16:00:00.000Z', null],
    [
      'an offset is kept to',
      { start: '2026-03-01T08:00:00+08:00', end: '2026-03-01T08:00:00-05:00' },
      '2026-03-01T00:00:00.000Z',
      '2026-03-01T13:00:00.999Z',
    ],
    ['milliseconds count as written', { end: '2026-03-01T08:00:00.250Z' }, null, '2026-03-01T08:00:00.250Z'],
    ['a leap day', { end: '2028-02-29' }, null, '2028-02-29T15:59:59.999Z'],
  ])('%s', ([, period, from, until]) => {
    const { validFrom, validUntil } = stated({ type: 'permit', period });
    expect([validFrom?.toISOString() ?? null, validUntil?.toISOString() ?? null]).toEqual([from, until]);
  });
});

describe('whether it has any effect', () => {
  test.for<[string, Json, boolean]>([
    ...['draft', 'proposed', 'rejected', 'inactive', 'entered-in-error'].map((status): [string, Json, boolean] => [
      `status ${status}`,
      consent({ type: 'permit' }, { status }),
      false,
    ]),
    ['status active', consent({ type: 'permit' }), true],
    [
      'a consent to research',
      consent(
        { type: 'permit' },
        { scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] } },
      ),
      false,
    ],
    ['a permit for data of a period', consent({ type: 'permit', dataPeriod: { start: '2022' } }), false],
    ['a permit with exceptions', consent({ type: 'permit', provision: [{ type: 'deny' }] }), false],
    [
      'a permit for one Observation',
      consent({ type: 'permit', data: [{ meaning: 'instance', reference: { reference: 'Observation/1' } }] }),
      false,
    ],
    ['a permit for normal confidentiality', consent({ type: 'permit', securityLabel: [{ code: 'N' }] }), false],
    [
      'a permit for a class nobody here knows',
      consent({ type: 'permit', class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Observation' }] }),
      false,
    ],
    ['a permit for a purpose of another system', consent({ type: 'permit', purpose: [{ system: 'urn:x', code: 'TREAT' }] }), false],
    ['a permit for a clinician', consent({ type: 'permit', actor: [actor({ reference: 'Practitioner/1' })] }), false],
    ['a permit for what one institution holds', consent({ type: 'permit', actor: [actor({ reference: 'Organization/1' }, 'CST')] }), false],
    ['a permit that nobody could verify', consent({ type: 'permit' }, { verification: [{ verified: false }] }), false],
    ['a permit that was verified', consent({ type: 'permit' }, { verification: [{ verified: false }, { verified: true }] }), true],
    ['a denial for data of a period', consent({ type: 'deny', dataPeriod: { start: '2022' } }), true],
    ['a denial with exceptions', consent({ type: 'deny', provision: [{ type: 'permit' }] }), true],
    ['a denial that nobody could verify', consent({ type: 'deny' }, { verification: [{ verified: false }] }), true],
    ['an opt-in', consent(undefined, policyRule('OPTIN')), true],
    ['an opt-in with restrictions', consent(undefined, policyRule('OPTINR')), false],
    ['an opt-out with exceptions', consent(undefined, policyRule('OPTOUTE')), true],
  ])('%s', ([, resource, active]) => {
    expect(readConsent(resource, 'Consent')).toMatchObject({ issues: [], stated: { active } });
  });

  test('a denial is never narrower than it could be meant', () => {
    const clinician = actor({ reference: 'Practitioner/1' });
    expect(stated({ type: 'deny', actor: [actor({ reference: 'Organization/o1' }), clinician] })).toMatchObject({
      active: true,
      grantees: [],
    });
    expect(
      stated({
        type: 'deny',
        class: [
          { system: 'urn:x', code: 'y' },
          { system: CATEGORY_SYSTEM, code: 'imaging' },
        ],
      }),
    ).toMatchObject({
      active: true,
      categories: [],
    });
  });

  test('policyRule decides where the rule has no type; the rule of an opt-out lists exceptions, which do not narrow it', () => {
    expect(stated({ period: { end: '2026' } }, policyRule('OPTIN'))).toMatchObject({ decision: 'permit', active: true });
    const exception = { purpose: [{ system: PURPOSE_SYSTEM, code: 'ETREAT' }] };
    expect(stated(exception, policyRule('OPTOUT'))).toMatchObject({ decision: 'deny', active: true, purposes: [] });
  });
});

describe('what is refused, and where', () => {
  test.for<[string, Json, string]>([
    ['no status', consent({ type: 'permit' }, { status: undefined as never }), 'Consent.status'],
    ['an unknown status', consent({ type: 'permit' }, { status: 'ok' }), 'Consent.status'],
    ['no scope', consent({ type: 'permit' }, { scope: {} }), 'Consent.scope'],
    ['no patient', consent({ type: 'permit' }, { patient: { display: '张三' } }), 'Consent.patient.reference'],
    ['no rule at all', consent(undefined), 'Consent.provision.type'],
    ['a rule without type or policyRule', consent({ period: { end: '2026' } }), 'Consent.provision.type'],
    ['a policyRule nobody here knows', consent({}, policyRule('constructor')), 'Consent.provision.type'],
    ['a type that is none', consent({ type: 'maybe' }), 'Consent.provision.type'],
    ['a day that does not exist', consent({ type: 'permit', period: { start: '2026-02-29' } }), 'Consent.provision.period.start'],
    ['an end that is no date', consent({ type: 'permit', period: { end: 'tomorrow' } }), 'Consent.provision.period.end'],
    [
      'an end before the start',
      consent({ type: 'permit', period: { start: '2026-03-02', end: '2026-03-01' } }),
      'Consent.provision.period.end',
    ],
    [
      'a category that is none',
      consent({ type: 'permit', class: [{ system: CATEGORY_SYSTEM, code: 'lab' }] }),
      'Consent.provision.class[0].code',
    ],
    [
      'a way of giving it that is none',
      consent({ type: 'permit' }, { extension: [{ url: 'urn:x' }, { url: METHOD_EXTENSION, valueCode: 'by-phone' }] }),
      'Consent.extension[1].valueCode',
    ],
    ['a modifier', consent({ type: 'permit' }, { modifierExtension: [{ url: 'urn:x' }] }), 'Consent.modifierExtension'],
    [
      'a modifier inside of a rule',
      consent({ type: 'permit', actor: [{ ...actor({ reference: 'Organization/1' }), modifierExtension: [{ url: 'urn:x' }] }] }),
      'Consent.provision.actor[0].modifierExtension',
    ],
  ])('%s', ([, resource, path]) => {
    expect(readConsent(resource, 'Consent').issues.map((it) => it.path)).toEqual([path]);
  });

  test('everything that is wrong is said at once', () => {
    const wrong = consent({ type: 'maybe', period: { start: 'x' } }, { patient: {} });
    expect(readConsent(wrong, 'Consent').issues).toHaveLength(3);
  });
});

describe('a flat consent', () => {
  const request: ConsentRequest = {
    patient: { id: 'p1' },
    decision: 'permit',
    categories: ['laboratory', 'imaging'],
    validFrom: '2026-03-01',
    validUntil: '2026-12-31T23:59:59+08:00',
    method: 'on-site-id-card',
  };
  const references = { patient: 'Patient/p1', recorder: { reference: 'Organization/a' }, grantee: { reference: 'Organization/b' } };

  test.for<[string, Partial<ConsentRequest>, readonly string[]]>([
    ['complete', {}, []],
    ['with a day that does not exist', { validFrom: '2026-02-30' }, ['validFrom']],
    ['ending before it begins', { validUntil: '2026-02-28' }, ['validUntil']],
    ['ending on the day it begins', { validUntil: '2026-03-01' }, []],
    ['by a guardian without a name', { method: 'guardian' }, ['guardian']],
    ['by a guardian with a name', { method: 'guardian', guardian: '张母' }, []],
  ])('%s', ([, change, paths]) => {
    expect(checkConsentRequest({ ...request, ...change }).map((it) => it.path)).toEqual(paths);
  });

  test('names the guardian as who decided', () => {
    expect(consentResource({ ...request, method: 'guardian', guardian: '张母' }, references, NOW)).toMatchObject({
      performer: [{ display: '张母' }],
    });
  });

  test('becomes a FHIR Consent that reads back as the same', () => {
    const days = fc.constantFrom('2026-03-01', '2026-03-01T00:00:00+08:00', undefined);
    fc.assert(
      fc.property(
        fc.constantFrom<'permit' | 'deny'>('permit', 'deny'),
        fc.option(fc.subarray([...CATEGORIES], { minLength: 1 }), { nil: undefined }),
        fc.constantFrom(...CONSENT_METHODS),
        fc.boolean(),
        days,
        (decision, categories, method, named, validFrom) => {
          const flat = {
            patient: { id: 'p1' },
            decision,
            method,
            ...(categories ? { categories } : {}),
            ...(validFrom ? { validFrom } : {}),
          };
          const { grantee, ...anybody } = references;
          const resource = JSON.parse(JSON.stringify(consentResource(flat, named ? { ...anybody, grantee } : anybody, NOW))) as Json;
          const read = readConsent(resource, 'Consent');
          expect(read.issues).toEqual([]);
          expect(read.stated).toEqual({
            active: true,
            decision,
            grantees: named ? [{ organization: 'b', path: 'Consent.provision.actor[0].reference' }] : [],
            categories: categories ?? [],
            purposes: [],
            validFrom: validFrom ? new Date('2026-02-28T16:00:00Z') : null,
            validUntil: null,
            method,
          });
        },
      ),
    );
  });
});

const SAMPLES = new URL('../../../shared/testdata/', import.meta.url);

describe.skipIf(!existsSync(SAMPLES))('published examples', () => {
  test.for<[string, boolean, 'permit' | 'deny']>([
    ['pcf/Consent-ex-consent-basic-treat.json', true, 'permit'],
    ['pcf/Consent-ex-consent-basic-reject.json', true, 'deny'],
    ['pcf/Consent-ex-consent-expired-treat.json', true, 'permit'],
    ['pcf/Consent-ex-consent-advanced-normal.json', false, 'permit'],
    ['pcf/Consent-ex-consent-intermediate-not-data.json', false, 'permit'],
    ['pcf/Consent-ex-consent-intermediate-timeframe.json', false, 'permit'],
    ['pcf/Consent-ex-dissent-intermediate-break-glass.json', true, 'deny'],
    ['r4-examples/Consent-consent-example-basic.json', true, 'permit'],
    ['r4-examples/Consent-consent-example-notThis.json', false, 'permit'],
    ['r4-examples/Consent-consent-example-Out.json', true, 'deny'],
    ['r4-examples/Consent-consent-example-Emergency.json', true, 'deny'],
  ])('%s', ([file, active, decision]) => {
    const resource = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as Json;
    expect(readConsent(resource, 'Consent')).toMatchObject({ issues: [], stated: { active, decision } });
  });

  test('none of them is left out', () => {
    const files = ['pcf/', 'r4-examples/'].flatMap((it) => readdirSync(new URL(it, SAMPLES)).filter((name) => name.startsWith('Consent-')));
    expect(files).toHaveLength(11);
  });
});
