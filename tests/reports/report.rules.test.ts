import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { reportIssues } from '../../src/reports/report.rules.ts';

const NOW = new Date('2026-03-10T04:00:00Z');

const report: Json = { resourceType: 'DiagnosticReport', status: 'final', code: { text: '血常规' }, subject: { reference: 'Patient/1' } };
const observation: Json = { resourceType: 'Observation', status: 'final', code: { coding: [{ code: '6690-2' }] } };
const study: Json = { resourceType: 'ImagingStudy', status: 'available', subject: { reference: 'Patient/1' } };

/** The resource without one of its members. */
function without(resource: Json, name: string): Json {
  const { [name]: _left, ...rest } = resource;
  return rest as Json;
}

test.for<[string, Json, readonly string[]]>([
  ['a report with what it needs', report, []],
  ['a report coded instead of named', { ...report, code: { coding: [{ code: '58410-2' }] } }, []],
  ['a report without a subject', without(report, 'subject'), ['subject']],
  ['a report whose subject is a name alone', { ...report, subject: { display: '张三' } }, ['subject']],
  ['a report without a code', without(report, 'code'), ['code']],
  ['a report whose code says nothing', { ...report, code: { coding: [{ system: 'http://loinc.org' }], text: ' ' } }, ['code']],
  ['a report whose code is a text', { ...report, code: '血常规' }, ['code']],
  ['a report without a status', without(report, 'status'), ['status']],
  ['a report with a status of its own', { ...report, status: 'done' }, ['status']],
  ['a report whose status is a list', { ...report, status: ['final'] }, ['status']],
  ['a report with nothing at all', { resourceType: 'DiagnosticReport' }, ['status', 'code', 'subject']],
  [
    'a report number without its value',
    { ...report, identifier: [{ system: 'urn:a', value: '1' }, { system: 'urn:b' }] },
    ['identifier[1].value'],
  ],
  ['a report number without a system', { ...report, identifier: [{ value: '1' }] }, []],
  ['an observation without a subject, which a report may carry', observation, []],
  ['an observation without a code', without(observation, 'code'), ['code']],
  ['an observation with a status of reports', { ...observation, status: 'partial' }, ['status']],
  ['a study without a subject', without(study, 'subject'), ['subject']],
  ['a study with a status of reports', { ...study, status: 'final' }, ['status']],
  ['a resource that is no result', { resourceType: 'Encounter' }, []],
])('%s', ([, resource, paths]) => {
  expect(reportIssues(resource, NOW).map((it) => it.path)).toEqual(paths);
});

test.for(['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled', 'entered-in-error', 'unknown'])(
  'a report may be %s',
  (status) => {
    expect(reportIssues({ ...report, status }, NOW)).toEqual([]);
  },
);

describe('a date may lie a day ahead, since clocks drift and offsets are forgotten; no further', () => {
  test.for<[string, readonly string[]]>([
    ['2026-03-10T12:00:00+08:00', []],
    ['2026-03-11T04:00:00Z', []],
    ['2026-03-11T12:00:00+08:00', []],
    ['2026-03-11T04:00:00.001Z', ['effectiveDateTime']],
    ['2026-03-11T12:00:01+08:00', ['effectiveDateTime']],
    ['2026-03-11', []],
    ['2026-03-12', ['effectiveDateTime']],
    ['2026-03', []],
    ['2026-04', ['effectiveDateTime']],
    ['2026', []],
    ['2027', ['effectiveDateTime']],
    ['9999-12-31', ['effectiveDateTime']],
    ['1900-01-01', []],
    ['2026-02-31', ['effectiveDateTime']],
    ['yesterday', ['effectiveDateTime']],
    ['', ['effectiveDateTime']],
  ])('%s', ([effectiveDateTime, paths]) => {
    expect(reportIssues({ ...report, effectiveDateTime }, NOW).map((it) => it.path)).toEqual(paths);
  });

  test.for<[string, Json, readonly string[]]>([
    ['issued', { ...report, issued: '2026-03-12T00:00:00Z' }, ['issued']],
    ['the start of a period', { ...report, effectivePeriod: { start: '2026-03-12' } }, ['effectivePeriod.start']],
    [
      'both ends of a period',
      { ...report, effectivePeriod: { start: '2026-03-12', end: '2026-03-13' } },
      ['effectivePeriod.start', 'effectivePeriod.end'],
    ],
    ['the end of a period', { ...report, effectivePeriod: { start: '2026-03-01', end: '2026-03-12' } }, ['effectivePeriod.end']],
    ['an instant', { ...observation, effectiveInstant: '2026-03-12T00:00:00Z' }, ['effectiveInstant']],
    ['the start of a study', { ...study, started: '2026-03-12' }, ['started']],
    [
      'when a specimen was taken',
      { resourceType: 'Specimen', collection: { collectedDateTime: '2026-03-12' } },
      ['collection.collectedDateTime'],
    ],
    [
      'over which time it was taken',
      { resourceType: 'Specimen', collection: { collectedPeriod: { start: '2026-03-12' } } },
      ['collection.collectedPeriod.start'],
    ],
    ['a date that is a number', { ...report, effectiveDateTime: 20260310 }, ['effectiveDateTime']],
    ['a date that is a list', { ...report, effectiveDateTime: ['2026-03-10'] }, ['effectiveDateTime']],
  ])('wherever it stands: %s', ([, resource, paths]) => {
    expect(reportIssues(resource, NOW).map((it) => it.path)).toEqual(paths);
  });

  test('the grace ends at the same instant in every offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.integer({ min: -2, max: 2 }), (offset, seconds) => {
        const sign = offset < 0 ? '-' : '+';
        const zone = `${sign}${String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
        const at = NOW.getTime() + 86_400_000 + seconds * 1000;
        const issued = new Date(at + offset * 60_000).toISOString().replace('Z', zone);

        expect(reportIssues({ ...report, issued }, NOW).length).toBe(seconds > 0 ? 1 : 0);
      }),
    );
  });
});

test('every reason is told in both languages', () => {
  const reasons = reportIssues({ resourceType: 'DiagnosticReport', identifier: [{}], issued: 'x', effectiveDateTime: '9999' }, NOW);

  expect(reasons.length).toBe(6);
  for (const { en, zh } of reasons) {
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
  }
});
