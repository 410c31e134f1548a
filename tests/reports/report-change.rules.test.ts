import { describe, expect, test } from 'vitest';
import { refuseChange } from '../../src/reports/report-change.rules.ts';

const report = (status: string, issued?: string) => ({ resourceType: 'DiagnosticReport', status, ...(issued ? { issued } : {}) });
const NINE = '2026-03-01T09:00:00+08:00';
const NINE_IN_UTC = '2026-03-01T01:00:00Z';
const LATER = '2026-03-01T09:00:01+08:00';

describe('a new version of a report', () => {
  test.for<[string, object, object, boolean]>([
    ['a correction issued later is taken', report('final', NINE), report('corrected', LATER), true],
    ['one issued at the same moment is taken', report('final', NINE), report('corrected', NINE_IN_UTC), true],
    ['another final text issued at the same moment is taken', report('final', NINE), report('final', NINE), true],
    ['a final text after a correction, issued later, is taken', report('corrected', NINE), report('final', LATER), true],
    ['a final text after a correction, issued at the same moment, is late', report('corrected', NINE), report('final', NINE_IN_UTC), false],
    ['a text issued earlier is late, whatever its status', report('final', LATER), report('corrected', NINE), false],
    ['a preliminary text after the final one is late', report('final', NINE), report('preliminary', NINE), false],
    ['without times the status decides: a final text after a preliminary one is taken', report('preliminary'), report('final'), true],
    ['without times the status decides: a preliminary text after a final one is late', report('final', NINE), report('preliminary'), false],
    ['a withdrawal is taken, however early it was issued', report('corrected', LATER), report('entered-in-error', NINE), true],
    ['what was withdrawn stays withdrawn', report('entered-in-error', NINE), report('final', LATER), false],
    ['what was cancelled stays cancelled', report('cancelled'), report('registered'), false],
    ['a withdrawal of what is withdrawn is taken', report('cancelled', NINE), report('entered-in-error', NINE), true],
  ])('%s', ([, former, next, isTaken]) => {
    expect(refuseChange(former as never, next as never, false) === undefined).toBe(isTaken);
  });

  test('is never late where the caller names the version it replaces, but revives nothing', () => {
    expect(refuseChange(report('corrected', LATER), report('final', NINE), true)).toBeUndefined();
    expect(refuseChange(report('cancelled', NINE), report('final', LATER), true)).toMatchObject({ path: 'status' });
  });
});
