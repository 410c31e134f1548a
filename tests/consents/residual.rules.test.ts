import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/consents/applicable.rules.ts';
import type { Consent } from '../../src/consents/consent.rules.ts';
import { readConsent } from '../../src/consents/consent-resource.rules.ts';
import type { Rule, StatedRule } from '../../src/consents/consent-rule.ts';
import { residualOf } from '../../src/consents/residual.rules.ts';
import type { Json } from '../../src/fhir/exact-json.ts';
import { consent, emergency, question, rule, to } from '../support/consents.ts';
import { folderOf, isThere } from '../support/testdata.ts';

const BASE = 'http://example.org/fhir';

/** What a text about an expected token says of its residual: none where an error is expected; the samples are not quite JSON. */
function expectedOf(name: string): readonly Json[] | undefined {
  const text = readFileSync(new URL(`expected-token/${name}.md`, folderOf('pcf')), 'utf8');
  if (!text.includes('"ihe_pcf"')) return undefined;
  const after = text.split('"residual"')[1];
  if (after === undefined) return [];
  const begin = after.indexOf('[');
  let depth = 0;
  let end = begin;
  do {
    depth += { '[': 1, ']': -1 }[after[end] as string] ?? 0;
    end += 1;
  } while (depth > 0);
  const list = JSON.parse(after.slice(begin, end).replaceAll(/,(\s*[}\]])/g, '$1')) as Json[];
  // The sample of a time frame writes one period where the profile has a list.
  return list.map((it) => ('dataPeriod' in it ? { ...it, dataPeriod: [it['dataPeriod']].flat() } : it) as Json);
}

function consentIn(name: string): Consent {
  const resource = JSON.parse(readFileSync(new URL(`${name}.json`, folderOf('pcf')), 'utf8')) as Json;
  const { stated } = readConsent(resource, 'Consent');
  const found = (it: StatedRule): Rule => ({
    ...it,
    ...to({ people: it.recipients.flatMap((named) => ('people' in named ? named.people : [])) }),
  });
  return {
    reference: `Consent/${name}/_history/1`,
    active: stated.active,
    rules: { root: found(stated.root), nested: stated.nested.map(found) },
  };
}

const privileged = new Map([['Group/ex-privilegedUsers', true]]);
const others = new Map([['Group/ex-privilegedUsers', false]]);

describe.skipIf(!isThere('pcf'))('the seven Consents of IHE PCF', () => {
  test.for<[string, Question]>([
    ['Consent-ex-consent-advanced-normal', question],
    ['Consent-ex-consent-basic-reject', question],
    ['Consent-ex-consent-basic-treat', question],
    ['Consent-ex-consent-expired-treat', { ...question, at: new Date('2022-12-31T15:59:59Z') }],
    ['Consent-ex-consent-intermediate-not-data', question],
    ['Consent-ex-consent-intermediate-timeframe', question],
    ['Consent-ex-dissent-intermediate-break-glass', { ...emergency, asker: { ...emergency.asker, people: privileged } }],
  ])('%s', ([name, asked]) => {
    // Before it expires, its text says, the token is that of the basic consent.
    const residual = expectedOf(name.replace('expired-treat', 'basic-treat'));
    const decision = residualOf([consentIn(name)], asked, BASE);
    if (residual === undefined) expect(decision).toEqual({ decision: 'deny' });
    else if (asked.emergency) expect(decision).toMatchObject({ decision: 'permit', residual });
    else expect(decision).toEqual({ decision: 'permit', consents: [`Consent/${name}/_history/1`], residual });
  });

  test.for<[string, string, Question]>([
    ['one that expired is denied, once it has', 'Consent-ex-consent-expired-treat', { ...question, at: new Date('2022-12-31T16:00:00Z') }],
    ['one for other purposes is denied', 'Consent-ex-consent-basic-treat', { ...question, purpose: 'PUBHLTH' }],
    [
      'the dissent is denied without the purpose',
      'Consent-ex-dissent-intermediate-break-glass',
      { ...question, asker: { ...question.asker, people: privileged } },
    ],
    [
      'and with it, for those whom it does not name',
      'Consent-ex-dissent-intermediate-break-glass',
      { ...emergency, asker: { ...emergency.asker, people: others } },
    ],
    ['and for those of whom that cannot be told', 'Consent-ex-dissent-intermediate-break-glass', emergency],
  ])('%s', ([, name, asked]) => {
    expect(residualOf([consentIn(name)], asked, BASE)).toEqual({ decision: 'deny' });
  });
});

describe('several at once', () => {
  const residual = (consents: readonly Consent[], asked: Question = question) => {
    const decision = residualOf(consents, asked, BASE);
    return decision.decision === 'deny' ? 'deny' : decision.residual;
  };
  const permit = rule({ type: 'permit' });
  const of2022 = rule({ type: 'permit', dataPeriod: { start: '2022' } });
  const laboratory = rule({ type: 'permit', categories: ['laboratory'] });
  const period = { dataPeriod: [{ start: '2022' }] };
  const labels = (...codes: string[]) => ({
    securityLabel: codes.map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code })),
  });
  const kind = { class: [{ system: 'https://tongjian.example/fhir/CodeSystem/result-category', code: 'laboratory' }] };

  test.for<[string, readonly Consent[], unknown]>([
    ['a permit beside one that is narrower leaves nothing', [consent(permit), consent(of2022)], []],
    [
      'two that are narrowed open what either does',
      [consent(of2022), consent(laboratory)],
      [{ type: 'forbid' }, { type: 'permit', ...period }, { type: 'permit', ...kind }],
    ],
    [
      'a denial of some data follows the permit',
      [consent(permit), consent(rule({ type: 'deny', labels: ['HIV'] }))],
      [{ type: 'forbid', ...labels('HIV') }],
    ],
    ['a denial of everything is no token', [consent(permit), consent(rule({ type: 'deny' }))], 'deny'],
    [
      'a denial with exceptions takes back what others opened',
      [consent(laboratory), consent(rule({ type: 'deny' }), of2022)],
      [{ type: 'forbid' }, { type: 'permit', ...period }],
    ],
    [
      'what is denied goes last, so that no exception opens it',
      [consent(rule({ type: 'deny', labels: ['PSY'] })), consent(rule({ type: 'deny' }), of2022)],
      [{ type: 'forbid' }, { type: 'permit', ...period }, { type: 'forbid', ...labels('PSY') }],
    ],
    [
      'two denials with exceptions of their own are no token: no order of entries says that both must except',
      [consent(rule({ type: 'deny' }), of2022), consent(rule({ type: 'deny' }), laboratory)],
      'deny',
    ],
  ])('%s', ([, consents, expected]) => {
    expect(residual(consents)).toEqual(expected);
  });

  test('nothing on file: what the policy opens, or no token', () => {
    expect(residual([])).toBe('deny');
    expect(residualOf([], { ...question, policy: 'all-normal' }, BASE)).toEqual({
      decision: 'permit',
      consents: ['https://profiles.ihe.net/ITI/PCF/Policy-all-normal'],
      residual: [
        { type: 'forbid' },
        { type: 'permit', securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }] },
      ],
    });
    expect(residual([], emergency)).toEqual([]);
    expect(residual([consent(rule({ type: 'deny', labels: ['HIV'] }))], emergency)).toEqual([{ type: 'forbid', ...labels('HIV') }]);
  });
});
