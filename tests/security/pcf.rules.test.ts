import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { carriedConsent, readPcf, readWantedPatient, writePcf } from '../../src/security/pcf.rules.ts';

const BASE = 'https://exchange.example/fhir';

describe('the patient a token is asked for', () => {
  test.for<[string, unknown, string | null]>([
    ['no extensions', undefined, null],
    ['other extensions', { ihe_iua: {} }, null],
    ['a relative address', { ihe_pcf: { patient_id: 'Patient/p-1' } }, 'p-1'],
    ['an absolute one', { ihe_pcf: { patient_id: `${BASE}/Patient/p.1` } }, 'p.1'],
    [
      'members that are for the server to decide',
      { ihe_pcf: { patient_id: 'Patient/p', doc_id: ['x'], residual: [{ type: 'permit' }] } },
      'p',
    ],
  ])('%s', ([, extensions, patient]) => {
    expect(readWantedPatient(extensions, BASE)).toBe(patient);
  });

  test.for<[string, unknown]>([
    ['no object', { ihe_pcf: 'Patient/p' }],
    ['no patient', { ihe_pcf: {} }],
    ['a bare id', { ihe_pcf: { patient_id: 'p' } }],
    ['another type', { ihe_pcf: { patient_id: 'Person/p' } }],
    ['another server', { ihe_pcf: { patient_id: 'https://other.example/fhir/Patient/p' } }],
    ['a server whose address begins like ours', { ihe_pcf: { patient_id: `${BASE}x/Patient/p` } }],
    ['a version', { ihe_pcf: { patient_id: 'Patient/p/_history/1' } }],
    ['an id with a NUL', { ihe_pcf: { patient_id: 'Patient/p\0' } }],
    ['an endless id', { ihe_pcf: { patient_id: `Patient/${'p'.repeat(65)}` } }],
    ['several patients', { ihe_pcf: { patient_id: ['Patient/p'] } }],
  ])('%s is a problem', ([, extensions]) => {
    expect(readWantedPatient(extensions, BASE)).toMatchObject({ problem: { en: expect.any(String), zh: expect.any(String) } });
  });
});

test('consents go by their addresses without version, policies by their own, each once', () => {
  const consents = ['Consent/c1/_history/2', 'Consent/c1/_history/1', 'https://profiles.ihe.net/ITI/PCF/Policy-all-normal'];
  expect(carriedConsent('p', { decision: 'permit', consents, residual: [{ type: 'forbid' }] }, BASE)).toEqual({
    patient: 'p',
    consents: [`${BASE}/Consent/c1`],
    policies: ['https://profiles.ihe.net/ITI/PCF/Policy-all-normal'],
    residual: [{ type: 'forbid' }],
  });
});

test('what is written is read again, and what is empty is left out', () => {
  const whole = { patient: 'p', consents: [`${BASE}/Consent/c`], policies: ['urn:x'], residual: [{ type: 'forbid' as const }] };
  const bare = { patient: 'p', consents: [], policies: [], residual: [] };
  expect(readPcf(writePcf(whole, BASE), BASE)).toEqual(whole);
  expect(readPcf(writePcf(bare, BASE), BASE)).toEqual(bare);
  expect(writePcf(bare, BASE)).toEqual({ ihe_pcf: { patient_id: `${BASE}/Patient/p` } });
  expect(readPcf({}, BASE)).toBeNull();
});

test.for<[string, object]>([
  ['another server’s patient', { patient_id: 'https://other.example/Patient/p' }],
  ['a consent that is no text', { patient_id: 'Patient/p', doc_id: [1] }],
  ['a rule of another kind', { patient_id: 'Patient/p', residual: [{ type: 'maybe' }] }],
])('a token with %s is not ours', ([, ihe_pcf]) => {
  expect(readPcf({ ihe_pcf }, BASE)).toBeUndefined();
});

const EXPECTED = new URL('../../../shared/testdata/pcf/expected-token/', import.meta.url);

describe.skipIf(!existsSync(EXPECTED))('the tokens that IHE PCF shows', () => {
  const permits = (file: string) => [...readFileSync(new URL(file, EXPECTED), 'utf8').matchAll(/"ihe_pcf" : (\{[\s\S]*?\n {2}\})/g)];
  const files = existsSync(EXPECTED) ? readdirSync(EXPECTED).filter((it) => permits(it).length > 0) : [];

  test.for(files)('%s is written as shown', (file) => {
    // The published examples have commas before a closing brace.
    const shown = JSON.parse((permits(file)[0]?.[1] ?? '').replace(/,(\s*[}\]])/g, '$1'));
    const base = 'http://example.org/fhir';
    const id = shown.patient_id.replace(/^.*\//, '');
    const consents = shown.doc_id.map((it: string) => `${it.slice(base.length + 1)}/_history/1`);
    const residual = shown.residual ?? [];

    const written = writePcf(carriedConsent(id, { decision: 'permit', consents, residual }, base), base);

    expect(written).toEqual({ ihe_pcf: { ...shown, patient_id: `${base}/Patient/${id}` } });
  });
});
