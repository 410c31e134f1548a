import { expect, test } from 'vitest';
import { BLOOD_COUNT, CHEMISTRY, correctValue, flagOf, measure } from '../../../src/cli/demo/analytes.ts';
import { find, listAt, textAt } from '../../../src/cli/demo/answer.ts';
import { beijingTime, type Publication, type ReportFacts } from '../../../src/cli/demo/bundles.ts';
import { examinationOf, imagingPublication, inventImaging } from '../../../src/cli/demo/imaging-report.ts';
import { inventPublications, ReportNumbers } from '../../../src/cli/demo/invent-reports.ts';
import { laboratoryPublication } from '../../../src/cli/demo/laboratory-report.ts';
import { inventPeople } from '../../../src/cli/demo/people.ts';
import { Random } from '../../../src/cli/demo/random.ts';
import { DISTRICT_HOSPITAL } from '../../../src/cli/demo/region.ts';
import { parseExactJson } from '../../../src/fhir/exact-json.ts';

const NOW = new Date('2026-03-01T04:00:00Z');
const DAY_MS = 86_400_000;
const PEOPLE = inventPeople(new Random('people'), 40, NOW);
const FACTS: ReportFacts = {
  hospital: DISTRICT_HOSPITAL,
  person: PEOPLE[0] as (typeof PEOPLE)[number],
  number: 'N1',
  status: 'final',
  takenAt: new Date('2026-02-27T00:30:00Z'),
  issuedAt: new Date('2026-02-27T02:00:00Z'),
};

const invented = (seed: string, count: number) => inventPublications(new Random(seed), PEOPLE, count, new ReportNumbers('t'), NOW);

const resourcesOf = (publication: Publication, type: string): unknown[] =>
  publication.entries.filter((it) => it.type === type).map((it) => JSON.parse(it.text));

test('every publication is JSON as FHIR wants it, and its entries name only each other, a patient and a hospital', () => {
  for (const publication of invented('whole', 120)) {
    const bundle = parseExactJson(publication.text).value;
    const names = new Set(listAt(bundle, 'entry').map((it) => textAt(it, 'fullUrl')));
    expect(names.size).toBe(publication.entries.length);
    const references = [...publication.text.matchAll(/"reference":"([^"]*)"/g)].map((it) => it[1] as string);
    expect(references.filter((it) => !names.has(it) && !it.startsWith('Organization?identifier=urn:oid:'))).toEqual([]);
  }
});

test('the region measures and examines everything it can, in every hospital, over forty days', () => {
  const publications = invented('mixed', 300);
  const reports = publications.flatMap((it) => resourcesOf(it, 'DiagnosticReport'));
  const kinds = new Map<string, number>();
  for (const it of reports) kinds.set(textAt(it, 'code', 'text'), (kinds.get(textAt(it, 'code', 'text')) ?? 0) + 1);
  expect([...kinds.keys()].toSorted()).toEqual(['头颅CT平扫', '头颅MRI平扫', '生化全套', '胸部CT平扫', '腰椎MRI平扫', '血常规']);
  expect(new Set(publications.map((it) => it.hospital.key)).size).toBe(3);
  expect(new Set(publications.map((it) => it.identifier.value)).size).toBe(300);
  for (const it of reports) {
    const taken = new Date(textAt(it, 'effectiveDateTime')).getTime();
    const issued = new Date(textAt(it, 'issued')).getTime();
    expect(taken).toBeGreaterThanOrEqual(NOW.getTime() - 40 * DAY_MS);
    expect(issued).toBeGreaterThan(taken);
    expect(issued).toBeLessThanOrEqual(NOW.getTime());
    expect(textAt(it, 'issued')).toMatch(/\+08:00$/);
  }
});

test('the same seed invents the same reports to the letter', () => {
  expect(invented('again', 20).map((it) => it.text)).toEqual(invented('again', 20).map((it) => it.text));
});

test.for([BLOOD_COUNT, CHEMISTRY])('values of the $nameEn are near their ranges, in the digits of the instrument', (panel) => {
  const random = new Random('values');
  const all = Array.from({ length: 200 }, () => measure(random, panel)).flat();
  for (const { digits, analyte } of all) {
    expect(digits).toMatch(analyte.places === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${analyte.places}}$`));
    expect(Number(digits)).toBeGreaterThan(0);
  }
  const outside = all.filter((it) => flagOf(it).code !== 'N').length / all.length;
  expect(outside).toBeGreaterThan(0.05);
  expect(outside).toBeLessThan(0.3);
});

test.for<[string, 'N' | 'H' | 'L']>([
  ['3.49', 'L'],
  ['3.50', 'N'],
  ['5.30', 'N'],
  ['5.31', 'H'],
])('a potassium of %s is flagged %s', ([digits, flag]) => {
  const analyte = CHEMISTRY.analytes.find((it) => it.code === 'K');
  expect(analyte && flagOf({ analyte, digits, corrected: false }).code).toBe(flag);
});

test('trailing zeros reach the text that is sent', () => {
  const measurements = correctValue(measure(new Random('zeros'), CHEMISTRY), 'K', '6.10');
  const publication = laboratoryPublication(new Random('zeros'), { ...FACTS, panel: CHEMISTRY, measurements });
  expect(publication.text).toContain('"valueQuantity":{"value":6.10,"unit":"mmol/L"');
});

test('a correction says the same but for status, time and the one value', () => {
  const measurements = measure(new Random('first'), CHEMISTRY);
  const first = laboratoryPublication(new Random('a'), { ...FACTS, panel: CHEMISTRY, measurements });
  const second = laboratoryPublication(new Random('b'), {
    ...FACTS,
    status: 'corrected',
    issuedAt: NOW,
    panel: CHEMISTRY,
    measurements: correctValue(measurements, 'K', '9.99'),
  });
  const values = (publication: Publication) =>
    new Map(
      resourcesOf(publication, 'Observation').map((it) => [
        textAt(it, 'identifier', 0, 'value'),
        `${textAt(it, 'status')} ${String(find(it, 'valueQuantity', 'value'))}`,
      ]),
    );
  const before = values(first);
  const changed = [...values(second)].filter(([name, value]) => before.get(name) !== value);
  expect(changed).toEqual([['N1-K', 'corrected 9.99']]);
  expect(second.identifier).toEqual(first.identifier);
  expect(resourcesOf(second, 'DiagnosticReport').map((it) => textAt(it, 'status'))).toEqual(['corrected']);
});

test('a withdrawal takes the report and all of its results back', () => {
  const facts = { ...FACTS, status: 'entered-in-error' } as const;
  const laboratory = laboratoryPublication(new Random('x'), {
    ...facts,
    panel: BLOOD_COUNT,
    measurements: measure(new Random('x'), BLOOD_COUNT),
  });
  for (const type of ['Observation', 'DiagnosticReport']) {
    for (const it of resourcesOf(laboratory, type)) expect(textAt(it, 'status')).toBe('entered-in-error');
  }
  const random = new Random('y');
  const imaging = imagingPublication(random, { ...facts, ...inventImaging(random, examinationOf('CT-CHEST-PLAIN')) });
  for (const type of ['ImagingStudy', 'DiagnosticReport']) {
    for (const it of resourcesOf(imaging, type)) expect(textAt(it, 'status')).toBe('entered-in-error');
  }
});

test('study and series UIDs are decimal UUIDs under 2.25, each its own', () => {
  const random = new Random('uids');
  const publication = imagingPublication(random, { ...FACTS, ...inventImaging(random, examinationOf('MR-LSPINE-PLAIN')) });
  const [study] = resourcesOf(publication, 'ImagingStudy');
  const uids = [textAt(study, 'identifier', 0, 'value').replace('urn:oid:', ''), ...listAt(study, 'series').map((it) => textAt(it, 'uid'))];
  expect(new Set(uids).size).toBe(6);
  for (const uid of uids) expect(uid).toMatch(/^2\.25\.[1-9]\d{30,38}$/);
});

test('an examination the region does not do is not invented', () => {
  expect(() => examinationOf('CT-KNEE-PLAIN')).toThrow(RangeError);
});

test.for<[string, string]>([
  ['2026-02-28T15:59:59.999Z', '2026-02-28T23:59:59+08:00'],
  ['2026-02-28T16:00:00Z', '2026-03-01T00:00:00+08:00'],
])('%s is %s in Beijing', ([utc, beijing]) => {
  expect(beijingTime(new Date(utc))).toBe(beijing);
});
