import { expect, test } from 'vitest';
import { faultOfCitation } from '../../src/recognition/citation.rules.ts';

const DECIDED = new Date('2026-03-01T00:00:00Z');
const NOW = new Date('2026-03-05T00:00:00Z');

test.for<[string, string, number, ReturnType<typeof faultOfCitation>]>([
  ['a day before the decision', '2026-02-28T00:00:00.000Z', 720, undefined],
  ['more than a day before the decision', '2026-02-27T23:59:59.999Z', 720, 'impossible'],
  ['between decision and now', '2026-03-02T00:00:00Z', 720, undefined],
  ['a day ahead', '2026-03-06T00:00:00.000Z', 720, undefined],
  ['more than a day ahead', '2026-03-06T00:00:00.001Z', 720, 'impossible'],
  ['in the last millisecond of the hours', '2026-03-04T00:00:00.000Z', 72, undefined],
  ['a millisecond after the hours', '2026-03-04T00:00:00.001Z', 72, 'too-late'],
  ['long after the hours, and in the future', '2026-03-09T00:00:00Z', 72, 'impossible'],
])('a citation %s', ([, at, hours, fault]) => {
  expect(faultOfCitation(new Date(at), DECIDED, hours, NOW)).toBe(fault);
});
