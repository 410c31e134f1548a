import { describe, expect, test } from 'vitest';
import { type ChangedReport, reliesOn } from '../../src/recalls/reliance.rules.ts';

const AT = new Date('2026-03-01T00:00:00.000Z');
const later = (ms: number): Date => new Date(AT.getTime() + ms);

const WHOLE: ChangedReport = {
  report: 'DiagnosticReport/r',
  parts: ['DiagnosticReport/r', 'Observation/a', 'Observation/b'],
  versions: { 'DiagnosticReport/r': 3, 'Observation/a': 2 },
  isWhole: true,
  correctedAt: AT,
};
/** The report itself has a new version for its parts alone. */
const PARTS: ChangedReport = { ...WHOLE, isWhole: false };
/** One result was changed by itself. */
const RESULT: ChangedReport = { ...WHOLE, versions: { 'Observation/a': 2 }, isWhole: false };

describe.for<[string, ChangedReport, readonly (readonly [entities: readonly string[], relies: boolean])[]]>([
  [
    'a report that was changed itself',
    WHOLE,
    [
      [['DiagnosticReport/r/_history/1'], true],
      [['DiagnosticReport/r/_history/2'], true],
      [['DiagnosticReport/r/_history/3'], false],
      [['DiagnosticReport/r/_history/4'], false],
      [['Observation/a/_history/1'], true],
      [['Observation/a/_history/2'], false],
      [['Observation/b/_history/1'], true],
      [['DiagnosticReport/r/_history/2', 'DiagnosticReport/r/_history/3'], false],
      [['DiagnosticReport/r/_history/3', 'Observation/a/_history/1'], true],
      [['RecognitionCheck/x', 'DiagnosticReport/r/_history/2', 'Observation/a'], true],
      [['RecognitionCheck/x', 'DiagnosticReport/r/_history/3', 'Observation/a'], false],
      [['DiagnosticReport/other/_history/1', 'Patient/p/_history/1'], false],
      [[], false],
    ],
  ],
  [
    'a report of which only results were changed',
    PARTS,
    [
      [['Observation/b/_history/1'], false],
      [['Observation/a/_history/1'], true],
      [['DiagnosticReport/r/_history/2'], true],
    ],
  ],
  [
    'a result that was changed by itself',
    RESULT,
    [
      [['DiagnosticReport/r/_history/1'], true],
      [['Observation/a/_history/1'], true],
      [['Observation/a/_history/2'], false],
      [['Observation/b/_history/1'], false],
      [['DiagnosticReport/r/_history/1', 'Observation/a'], true],
    ],
  ],
])('%s', ([, changed, rows]) => {
  test.for(rows)('%j: %s', ([entities, relies]) => {
    expect(reliesOn({ entities, at: AT }, changed)).toBe(relies);
  });
});

test('where versions say it, time does not matter; where they do not, whoever looked at the same moment is told', () => {
  const old = ['DiagnosticReport/r/_history/2'];

  expect(reliesOn({ entities: old, at: later(1_000_000) }, WHOLE)).toBe(true);
  expect(reliesOn({ entities: old, at: later(90_000) }, RESULT)).toBe(true);
  expect(reliesOn({ entities: old, at: later(90_001) }, RESULT)).toBe(false);
});
