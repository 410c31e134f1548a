import { expect, test } from 'vitest';
import { patientOf, personOf } from '../../src/bench/people.ts';
import { bundleText, HOSPITALS, imagingReport, laboratoryReport } from '../../src/bench/publication.ts';
import { CANDIDATES, ITEMS, judgeQuestion, questionOf, sortQuestion } from '../../src/bench/verdict-workload.ts';
import type { Json } from '../../src/fhir/exact-json.ts';
import { readIdCard } from '../../src/persons/id-card.rules.ts';
import { readIdentity } from '../../src/persons/patient.rules.ts';
import { reportIssues } from '../../src/reports/report.rules.ts';

const NUMBERS = [0, 1, 19, 777, 12_345, 999_999];
const NOW = new Date('2026-06-01T00:00:00Z');

test('a report of 20 results has the bytes of the reference workload, whatever its number', () => {
  for (const number of NUMBERS) {
    const bytes = Buffer.byteLength(bundleText(laboratoryReport(number, number % 2_000)));
    expect(bytes).toBeGreaterThan(26_600);
    expect(bytes).toBeLessThan(26_900);
  }
});

test('the same number gives the same publication, another one another', () => {
  expect(bundleText(laboratoryReport(7, 3))).toBe(bundleText(laboratoryReport(7, 3)));
  expect(bundleText(laboratoryReport(7, 3))).not.toBe(bundleText(laboratoryReport(8, 3)));
  expect(bundleText(imagingReport(7, 3))).toBe(bundleText(imagingReport(7, 3)));
});

test('a larger report has more results, under addresses of their own', () => {
  const { entries } = laboratoryReport(1, 1, 60);
  expect(entries).toHaveLength(61);
  expect(new Set(entries.map((it) => it.fullUrl))).toHaveLength(61);
});

test('the gateway finds no fault with the reports', () => {
  for (const number of NUMBERS) {
    for (const { entries } of [laboratoryReport(number, 1), imagingReport(number, 1)]) {
      expect(entries.flatMap((it) => reportIssues(it.resource as Json, NOW))).toEqual([]);
    }
  }
});

test('one hospital publishes all about a person', () => {
  expect([0, 1, 4, 5, 6].map((person) => laboratoryReport(1, person).hospital)).toEqual([0, 1, 4, 0, 1]);
  expect(HOSPITALS).toBe(5);
});

test('a question of the verdict has results of every kind, and is the same for the same number', () => {
  const question = questionOf(3);
  const verdicts = new Set([1, 2, 3, 4].flatMap((it) => questionOf(it)).map((it) => judgeQuestion([it]) > 0));

  expect(question).toEqual(questionOf(3));
  expect(question).not.toEqual(questionOf(4));
  expect(question.map((it) => it.candidates.length)).toEqual(Array(ITEMS).fill(CANDIDATES));
  expect(new Set(question.flatMap((it) => it.candidates.flatMap((one) => one.statuses))).size).toBeGreaterThan(3);
  expect(verdicts).toEqual(new Set([true]));
  expect(sortQuestion(question)).toBe(ITEMS * CANDIDATES);
});

test('people are all different and fit their identity cards', () => {
  const people = Array.from({ length: 60_000 }, (_, number) => personOf(number));
  expect(new Set(people.map((it) => it.idCard)).size).toBe(people.length);
  for (const person of people.slice(0, 3_000)) {
    expect(readIdCard(person.idCard)).toEqual({ number: person.idCard, birthDate: person.birthDate, gender: person.gender });
    expect(readIdentity(patientOf(person) as Json).issues).toEqual([]);
  }
});
