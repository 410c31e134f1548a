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
const stated = (rule: Json | undefined, rest: Json = {}) => readConsent(consent(rule, rest), 'Consent').stated.root;
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
        root: {
          type: 'permit',
          isEvaluable: true,
          recipients: [],
          validFrom: null,
          validUntil: null,
          purposes: [],
          categories: [],
          dataPeriod: null,
          labels: [],
          data: null,
        },
        nested: [],
        method: 'not-stated',
      },
    });
  });

  test('recipients are Organizations, by reference or by credit code', () => {
    const byCode = { identifier: { system: 'urn:oid:2.16.156.10011.1.5', value: '11500000MB1670604W' } };
    const group = { reference: 'https://example.org/fhir/Group/g1' };
    expect(stated({ type: 'permit', actor: [actor({ reference: 'Organization/o1' }), actor(byCode), actor(group)] })).toMatchObject({
      isEvaluable: true,
      recipients: [
        { organization: 'o1', path: 'Consent.provision.actor[0].reference' },
        { identifier: '11500000MB1670604W', path: 'Consent.provision.actor[1].reference' },
        { people: 'Group/g1', path: 'Consent.provision.actor[2].reference' },
      ],
    });
  });

  test('categories, purposes, and how it was given', () => {
    const rule = {
      type: 'deny',
      class: [{ system: CATEGORY_SYSTEM, code: 'imaging' }],
      purpose: [{ system: PURPOSE_SYSTEM, code: 'BTG' }],
    };
    const bySms = { extension: [{ url: METHOD_EXTENSION, valueCode: 'sms-code' }] };
    expect(readConsent(consent(rule, bySms), 'Consent').stated).toMatchObject({
      root: { type: 'deny', categories: ['imaging'], purposes: ['BTG'] },
      method: 'sms-code',
    });
  });

  test.for<[string, Json, string]>([
    ['a relative who decided is a guardian', { performer: [{ reference: 'RelatedPerson/1' }] }, 'guardian'],
    ['the patient is none', { performer: [{ reference: 'Patient/p1' }] }, 'not-stated'],
    [
      'what is said goes before',
      { performer: [{ reference: 'RelatedPerson/1' }], extension: [{ url: METHOD_EXTENSION, valueCode: 'signed-paper' }] },
      'signed-paper',
    ],
  ])('%s', ([, rest, method]) => {
    expect(readConsent(consent({ type: 'permit' }, rest), 'Consent').stated.method).toBe(method);
  });

  test('the date of the data, labels, data, and exceptions', () => {
    const labels = [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' },
    ];
    const data = (meaning: string, reference: string): Json => ({ meaning, reference: { reference } });
    const rule = {
      type: 'permit',
      dataPeriod: { start: '2022', end: '2022-12-31' },
      securityLabel: labels,
      data: [data('related', 'Encounter/1'), data('dependents', 'Encounter/2'), data('authoredby', 'Organization/3')],
      provision: [
        { type: 'deny', data: [data('instance', 'Observation/4')] },
        { type: 'permit', purpose: [] },
      ],
    };

    expect(readConsent(consent(rule), 'Consent')).toMatchObject({
      issues: [],
      stated: {
        root: {
          isEvaluable: true,
          dataPeriod: { start: '2022', end: '2022-12-31' },
          labels: ['HIV', 'R'],
          data: [
            { kind: 'related', reference: 'Encounter/1', target: { type: 'Encounter', id: '1' } },
            { kind: 'related', target: { id: '2' } },
            { kind: 'authoredby', target: { type: 'Organization', id: '3' } },
          ],
        },
        nested: [
          { type: 'deny', data: [{ kind: 'instance', target: { type: 'Observation', id: '4' } }] },
          { type: 'permit', data: null },
        ],
      },
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
    expect([validFrom, validUntil]).toEqual([from, until]);
  });
});

describe('whether it is on file', () => {
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
  ])('%s', ([, resource, active]) => {
    expect(readConsent(resource, 'Consent')).toMatchObject({ issues: [], stated: { active } });
  });
});

describe('whether it can be evaluated', () => {
  const label = (system: string, code: string): Json => ({ type: 'permit', securityLabel: [{ system, code }] });
  const dataPeriod = { start: '2022' };
  const exception = { provision: [{ type: 'deny', purpose: [{ system: PURPOSE_SYSTEM, code: 'HPAYMT' }] }] };

  test.for<[string, Json, boolean]>([
    ['a permit for data of a period', consent({ type: 'permit', dataPeriod }), true],
    ['a permit with exceptions', consent({ type: 'permit', ...exception }), true],
    [
      'a permit for one Observation',
      consent({ type: 'permit', data: [{ meaning: 'instance', reference: { reference: 'Observation/1' } }] }),
      true,
    ],
    [
      'a permit for data that is merely named',
      consent({ type: 'permit', data: [{ meaning: 'instance', reference: { display: 'x' } }] }),
      false,
    ],
    [
      'a permit for what somebody means otherwise',
      consent({ type: 'permit', data: [{ meaning: 'x', reference: { reference: 'A/1' } }] }),
      false,
    ],
    ['a permit for normal confidentiality', consent(label('http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'N')), true],
    ['a permit for a confidentiality that is none', consent(label('http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'X')), false],
    ['a permit for a label of nobody', consent({ type: 'permit', securityLabel: [{ code: 'N' }] }), false],
    [
      'a permit for a class nobody here knows',
      consent({ type: 'permit', class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Observation' }] }),
      false,
    ],
    ['a permit for a purpose of another system', consent({ type: 'permit', purpose: [{ system: 'urn:x', code: 'TREAT' }] }), false],
    ['a permit for an action', consent({ type: 'permit', action: [{ coding: [{ code: 'access' }] }] }), false],
    ['a permit for certain codes', consent({ type: 'permit', code: [{ coding: [{ code: 'x' }] }] }), false],
    ['a permit for a clinician', consent({ type: 'permit', actor: [actor({ reference: 'Practitioner/1' })] }), true],
    ['a permit for a device', consent({ type: 'permit', actor: [actor({ reference: 'Device/1' })] }), false],
    ['a permit for what one institution holds', consent({ type: 'permit', actor: [actor({ reference: 'Organization/1' }, 'CST')] }), false],
    ['a permit that nobody could verify', consent({ type: 'permit' }, { verification: [{ verified: false }] }), false],
    ['a permit that was verified', consent({ type: 'permit' }, { verification: [{ verified: false }, { verified: true }] }), true],
    ['an opt-in', consent(undefined, policyRule('OPTIN')), true],
    ['an opt-in with exceptions', consent(exception, policyRule('OPTIN')), true],
    ['an opt-in that may mean the data or all but the data', consent({ dataPeriod }, policyRule('OPTIN')), false],
    ['an opt-in with restrictions', consent(undefined, policyRule('OPTINR')), false],
    ['an opt-out with exceptions', consent(exception, policyRule('OPTOUTE')), true],
    ['an opt-out of somebody', consent({ actor: [actor({ reference: 'Organization/1' }, 'CST')] }, policyRule('OPTOUT')), false],
  ])('%s', ([, resource, isEvaluable]) => {
    expect(readConsent(resource, 'Consent')).toMatchObject({ issues: [], stated: { active: true, root: { isEvaluable } } });
  });

  test('a denial is never narrower than it could be meant', () => {
    const device = actor({ reference: 'Device/1' });
    expect(stated({ type: 'deny', actor: [actor({ reference: 'Organization/o1' }), device] })).toMatchObject({ recipients: [] });
    expect(
      stated({
        type: 'deny',
        class: [
          { system: 'urn:x', code: 'y' },
          { system: CATEGORY_SYSTEM, code: 'imaging' },
        ],
      }),
    ).toMatchObject({ categories: [] });
    const labels = [
      { system: 'urn:x', code: 'y' },
      { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
    ];
    expect(stated({ type: 'deny', securityLabel: labels })).toMatchObject({ labels: [] });
    const data = [
      { meaning: 'instance', reference: { reference: 'Observation/1' } },
      { meaning: 'instance', reference: {} },
    ];
    expect(stated({ type: 'deny', data })).toMatchObject({ data: null });
  });

  test('policyRule decides where the rule has no type; the rule of an opt-out lists exceptions, which do not narrow it', () => {
    expect(stated({ period: { end: '2026' } }, policyRule('OPTIN'))).toMatchObject({ type: 'permit' });
    const exception = { purpose: [{ system: PURPOSE_SYSTEM, code: 'ETREAT' }] };
    expect(stated(exception, policyRule('OPTOUT'))).toMatchObject({ type: 'deny', purposes: [] });
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
    [
      'a day of the data that does not exist',
      consent({ type: 'permit', dataPeriod: { end: '2026-02-29' } }),
      'Consent.provision.dataPeriod.end',
    ],
    ['an exception of no type', consent({ type: 'permit', provision: [{ dataPeriod: {} }] }), 'Consent.provision.provision[0].type'],
    [
      'an exception to an exception',
      consent({ type: 'permit', provision: [{ type: 'deny', provision: [{ type: 'permit' }] }] }),
      'Consent.provision.provision[0].provision',
    ],
    [
      'more exceptions than anybody means',
      consent({ type: 'permit', provision: Array.from({ length: 51 }, () => ({ type: 'deny' })) }),
      'Consent.provision.provision',
    ],
    [
      'more data than anybody means',
      consent({ type: 'deny', data: Array.from({ length: 201 }, () => ({ meaning: 'instance', reference: { reference: 'A/1' } })) }),
      'Consent.provision.data',
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
    ['with data of a day that does not exist', { dataFrom: '2025-02-29' }, ['dataFrom']],
    ['with data that ends before it begins', { dataFrom: '2025-03', dataUntil: '2025-02' }, ['dataUntil']],
    ['a denial with exceptions', { decision: 'deny', except: { reports: ['r1'] } }, ['except']],
    ['by a guardian with a name', { method: 'guardian', guardian: '张母' }, []],
  ])('%s', ([, change, paths]) => {
    expect(checkConsentRequest({ ...request, ...change }).map((it) => it.path)).toEqual(paths);
  });

  test('names the guardian as who decided', () => {
    expect(consentResource({ ...request, method: 'guardian', guardian: '张母' }, references, NOW)).toMatchObject({
      performer: [{ display: '张母' }],
    });
  });

  test('narrows a permit by exceptions, and names sensitive kinds in one that opens', () => {
    const flat = {
      ...request,
      purposes: ['TREAT' as const],
      sensitivities: ['HIV' as const],
      dataFrom: '2025',
      except: { reports: ['r1'], publishedBy: [{ uscc: '11500000MB1670604W' }] },
    };
    const publishers = [{ identifier: { value: '11500000MB1670604W' } }];

    const { issues, stated: read } = readConsent(consentResource(flat, { ...references, publishers }, NOW), 'Consent');

    expect(issues).toEqual([]);
    expect(read).toMatchObject({
      root: { isEvaluable: true, purposes: ['TREAT'], dataPeriod: { start: '2025' }, labels: [], data: null },
      nested: [
        { type: 'permit', labels: ['HIV'], data: null },
        { type: 'deny', data: [{ kind: 'instance', target: { type: 'DiagnosticReport', id: 'r1' } }] },
        { type: 'deny', data: [{ kind: 'authoredby', identifier: '11500000MB1670604W' }] },
      ],
    });
  });

  test('a denial that names sensitive kinds is about those alone', () => {
    const resource = consentResource({ ...request, decision: 'deny', sensitivities: ['PSY'] }, references, NOW);
    expect(readConsent(resource, 'Consent').stated).toMatchObject({ root: { type: 'deny', labels: ['PSY'] }, nested: [] });
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
          expect(read.stated).toMatchObject({
            active: true,
            root: {
              type: decision,
              isEvaluable: true,
              recipients: named ? [{ organization: 'b', path: 'Consent.provision.actor[0].reference' }] : [],
              categories: categories ?? [],
              purposes: [],
              validFrom: validFrom ? '2026-02-28T16:00:00.000Z' : null,
              validUntil: null,
            },
            nested: [],
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
    ['pcf/Consent-ex-consent-advanced-normal.json', true, 'permit'],
    ['pcf/Consent-ex-consent-intermediate-not-data.json', true, 'permit'],
    ['pcf/Consent-ex-consent-intermediate-timeframe.json', true, 'permit'],
    ['pcf/Consent-ex-dissent-intermediate-break-glass.json', true, 'deny'],
    ['r4-examples/Consent-consent-example-basic.json', true, 'permit'],
    ['r4-examples/Consent-consent-example-notThis.json', false, 'permit'],
    ['r4-examples/Consent-consent-example-Out.json', false, 'deny'],
    ['r4-examples/Consent-consent-example-Emergency.json', false, 'deny'],
  ])('%s', ([file, isEvaluable, type]) => {
    const resource = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as Json;
    expect(readConsent(resource, 'Consent')).toMatchObject({ issues: [], stated: { active: true, root: { isEvaluable, type } } });
  });

  test('none of them is left out', () => {
    const files = ['pcf/', 'r4-examples/'].flatMap((it) => readdirSync(new URL(it, SAMPLES)).filter((name) => name.startsWith('Consent-')));
    expect(files).toHaveLength(11);
  });
});
