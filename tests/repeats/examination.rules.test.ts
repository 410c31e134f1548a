import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import {
  clinicianByReference,
  clinicianByResource,
  codingsOfExamination,
  decidedToExamine,
  isTakenBack,
  isToCome,
  performedOf,
} from '../../src/repeats/examination.rules.ts';
import { namedIn } from '../../src/repeats/occasion.rules.ts';

const RECORDED = new Date('2026-03-02T00:00:00Z');
const content = (report: Json, parts: readonly Json[] = [], isLaboratory = true) => ({ report, parts, isLaboratory, recordedAt: RECORDED });
const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

describe('when it was examined', () => {
  test.for<[string, Json, readonly Json[], { from: Date; to: Date }]>([
    ['a moment', { effectiveDateTime: '2026-03-01T08:00:00.123+08:00' }, [], range('2026-03-01T00:00:00.123Z', '2026-03-01T00:00:00.123Z')],
    ['a second', { effectiveDateTime: '2026-03-01T08:00:00+08:00' }, [], range('2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.999Z')],
    ['a day in Beijing', { effectiveDateTime: '2026-03-01' }, [], range('2026-02-28T16:00:00.000Z', '2026-03-01T15:59:59.999Z')],
    ['a leap day', { effectiveDateTime: '2028-02-29' }, [], range('2028-02-28T16:00:00.000Z', '2028-02-29T15:59:59.999Z')],
    ['a month', { effectiveDateTime: '2026-02' }, [], range('2026-01-31T16:00:00.000Z', '2026-02-28T15:59:59.999Z')],
    [
      'the start of a period',
      { effectivePeriod: { start: '2026-03-01T08:00:00.000+08:00', end: '2026-03-01T09:00:00+08:00' } },
      [],
      range('2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z'),
    ],
    [
      'the earliest measurement',
      { issued: '2026-03-01T12:00:00Z' },
      [{ effectiveDateTime: '2026-03-01T09:00:00.000Z' }, { effectiveDateTime: '2026-03-01T08:00:00.000Z' }],
      range('2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z'),
    ],
    ['the issue', { issued: '2026-03-01T12:00:00.000Z' }, [{}], range('2026-03-01T12:00:00Z', '2026-03-01T12:00:00Z')],
    ['the publication', {}, [], { from: RECORDED, to: RECORDED }],
  ])('%s', ([, report, parts, expected]) => {
    expect(performedOf(content(report, parts))).toEqual(expected);
  });

  test('what was known when it was ordered counts, if it was ordered before', () => {
    const performed = range('2026-03-01T08:00:00Z', '2026-03-01T08:00:00Z');
    expect(decidedToExamine(performed, [])).toEqual(performed.from);
    expect(decidedToExamine(performed, [{ authoredOn: '2026-03-01T07:00:00Z' }])).toEqual(new Date('2026-03-01T07:00:00Z'));
    expect(decidedToExamine(performed, [{ authoredOn: '2026-03-01T09:00:00Z' }])).toEqual(performed.from);
    expect(decidedToExamine(performed, [{ authoredOn: 'gestern' }])).toEqual(performed.from);
  });
});

test('what was examined is said by measurements that were made, and by a report that is a result itself', () => {
  const code = (it: string) => ({ coding: [{ system: 'http://loinc.org', code: it }] });
  const parts = ['final', 'preliminary', 'registered', 'cancelled', 'entered-in-error'].map((status, index) => ({
    status,
    code: code(`${index}`),
  }));
  expect(codingsOfExamination(content({ code: code('r') }, parts))).toEqual({
    ofParts: ['http://loinc.org|0', 'http://loinc.org|1'],
    ofReport: [],
  });
  expect(codingsOfExamination(content({ code: code('r') }, [], false)).ofReport).toEqual(['http://loinc.org|r']);
});

test('a report may be taken back, or only announced', () => {
  expect(['entered-in-error', 'cancelled', 'final'].map((status) => isTakenBack({ report: { status } }))).toEqual([true, true, false]);
  expect(['registered', 'preliminary'].map((status) => isToCome({ report: { status } }))).toEqual([true, false]);
});

test('a clinician is named by a reference with an identifier, or by the resource', () => {
  const identifier = { system: 's', value: 'D-7' };
  expect(clinicianByReference({ reference: 'Practitioner/1', identifier, display: '王' })).toEqual({
    system: 's',
    value: 'D-7',
    name: '王',
  });
  expect(clinicianByReference({ reference: 'Practitioner/1' })).toBeUndefined();
  expect(clinicianByReference({ reference: 'Organization/1', identifier })).toBeUndefined();
  expect(clinicianByReference({ type: 'Practitioner', identifier })).toEqual({ system: 's', value: 'D-7', name: null });
  expect(clinicianByResource({ identifier: [identifier], name: [{ family: '王', given: ['芳'] }] })).toEqual({
    system: 's',
    value: 'D-7',
    name: '王芳',
  });
  expect(clinicianByResource({})).toBeUndefined();
});

describe('an entry of the log gives occasion to compare', () => {
  const id = (digit: string) => digit.repeat(32);
  const entry = (entities: readonly string[], more = {}) => ({ outcome: 0, action: 'C', entities, ...more });

  test.for<[string, Parameters<typeof namedIn>[0], readonly string[]]>([
    [
      'reports that were stored',
      entry([`DiagnosticReport/${id('1')}/_history/1`, `Observation/${id('2')}/_history/1`]),
      ['DiagnosticReport'],
    ],
    ['a measurement changed by itself', entry([`Observation/${id('2')}/_history/2`], { action: 'U' }), ['Observation']],
    ['a deletion', entry([`DiagnosticReport/${id('1')}/_history/2`], { action: 'D' }), ['DiagnosticReport']],
    [
      'a decision, not what was decided on',
      entry([`RecognitionDecision/${id('3')}`, `DiagnosticReport/${id('1')}/_history/1`]),
      ['RecognitionDecision'],
    ],
    ['nothing that was only read', entry([`DiagnosticReport/${id('1')}/_history/1`], { action: 'R' }), []],
    ['nothing that was asked', entry([`DiagnosticReport/${id('1')}/_history/1`], { action: 'E' }), []],
    ['nothing that was refused', entry([`DiagnosticReport/${id('1')}/_history/1`], { outcome: 4 }), []],
    ['no other resource', entry([`Patient/${id('1')}/_history/1`]), []],
  ])('%s', ([, it, types]) => {
    expect(namedIn(it).map((named) => named.type)).toEqual(types);
  });
});
