import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionOf, isReviewDue, loggable } from '../../src/access-log/access.rules.ts';
import type { AccessRow } from '../../src/access-log/access-log.queries.ts';
import { discreet } from '../../src/access-log/discretion.rules.ts';

test('what the log cannot hold is replaced, the rest stays', () => {
  expect(loggable('a\0b')).toBe('a\uFFFDb');
  expect(loggable('\uD83D')).toBe('\uFFFD');
  expect(loggable('\uDE00x')).toBe('\uFFFDx');
  expect(loggable('张三 😀 𠮷')).toBe('张三 😀 𠮷');
  expect(loggable('abcdef', 3)).toBe('abc…');
});

test('any text can be written as JSON that PostgreSQL takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const kept = loggable(text);
      expect(kept).not.toContain('\0');
      expect(Buffer.from(kept).toString('utf8')).toBe(kept);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const kept = loggable(String.fromCharCode(...units));
      expect(Buffer.from(kept).toString('utf8')).toBe(kept);
    }),
  );
});

test.for<['C' | 'R' | 'U' | 'D' | 'E', boolean, boolean]>([
  ['R', true, true],
  ['E', true, true],
  ['R', false, false],
  ['E', false, false],
  ['C', true, false],
  ['U', true, false],
  ['D', true, false],
])('an access %s, in an emergency: %s, is to be reviewed: %s', ([action, emergency, due]) => {
  expect(isReviewDue(action, emergency)).toBe(due);
});

test.for<[string, string]>([
  ['readResource', 'R'],
  ['showCheck', 'R'],
  ['processBundle', 'C'],
  ['recordConsent', 'C'],
  ['withdrawConsent', 'U'],
  ['decide', 'C'],
  ['citeDecision', 'U'],
  ['removeClient', 'D'],
  ['listDecisions', 'E'],
  ['priorResults', 'E'],
  ['unknownRoute', 'E'],
])('a refused %s would have been %s', ([interaction, action]) => {
  expect(actionOf(interaction)).toBe(action);
});

test.for<[string, readonly string[], boolean]>([
  ['something of the person', ['DiagnosticReport/00000000000000ab0000000000000001/_history/1'], true],
  ['something of the person among others', ['Organization/1', 'Consent/00000000000000ab0000000000000001'], true],
  ['nothing', [], false],
  ['something of another person', ['DiagnosticReport/00000000000000cd00000000000000ab/_history/1'], false],
])('an institution whose request showed %s learns whose it was: %s', ([, entities, named]) => {
  expect(discreet({ ...row, entities }).person).toBe(named ? row.person : 0n);
});

const CONSENT = 'Consent/00000000000000ab0000000000000001/_history/1';

test.for<[string, Partial<AccessRow>, bigint, readonly string[]]>([
  ['a permit shows the consent, and so the person', { consents: [CONSENT] }, 0xabn, [CONSENT]],
  ['a decision against shows neither', { consents: [CONSENT], outcome: 4 }, 0n, []],
  ['one against shows no policy either', { consents: ['https://profiles.ihe.net/ITI/PCF/Policy-deny'], outcome: 4 }, 0n, []],
])('to the institution that asked, %s', ([, change, person, consents]) => {
  expect(discreet({ ...row, action: 'E', interaction: 'decideConsent', ...change })).toMatchObject({ person, consents });
});

const row: AccessRow = {
  person: 0xabn,
  recordedAt: new Date('2026-03-01T12:00:00.000Z'),
  id: 1n,
  action: 'R',
  interaction: 'readResource',
  outcome: 0,
  failure: null,
  institution: 7,
  client: 'client-1',
  practitionerSystem: null,
  practitionerValue: null,
  practitionerName: null,
  purpose: 'TREAT',
  reason: null,
  reviewDue: false,
  entities: [],
  consents: [],
  query: null,
  requestId: 'r1',
  address: null,
};
