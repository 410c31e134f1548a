import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../src/recalls/difference.rules.ts';

const REPORT = 'DiagnosticReport/r';

/** An Observation as text, with the digits of its value. */
const wbc = (more: Record<string, unknown> = {}, value = '6.10'): string =>
  JSON.stringify({
    resourceType: 'Observation',
    id: 'o',
    meta: { versionId: '1' },
    status: 'final',
    category: [{ coding: [{ system: 's', code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '6690-2', display: 'WBC' }] },
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2026-03-01T08:00:00+08:00',
    performer: [{ display: '检验科', identifier: { value: '1' } }],
    valueQuantity: { value: '@', unit: '10^9/L', system: 'http://unitsofmeasure.org', code: '10*9/L' },
    referenceRange: [{ low: { value: 3.5 }, high: { value: 9.5 } }],
    interpretation: [{ coding: [{ system: 'i', code: 'N' }] }],
    ...more,
  }).replace('"@"', value);

const study = (more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    resourceType: 'ImagingStudy',
    status: 'available',
    subject: { reference: 'Patient/1' },
    started: '2026-03-01',
    modality: [{ system: 'dcm', code: 'CT' }],
    endpoint: [{ reference: 'Endpoint/1' }],
    series: [{ uid: '1.2', modality: { system: 'dcm', code: 'CT' }, instance: [{ uid: '1.2.1' }, { uid: '1.2.2' }] }],
    ...more,
  });

const chest = (more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: '胸部CT' },
    subject: { reference: 'Patient/1' },
    effectiveDateTime: '2026-03-01T08:00:00+08:00',
    issued: '2026-03-01T09:00:00+08:00',
    conclusion: '双肺未见明显异常',
    presentedForm: [{ contentType: 'application/pdf', data: 'QUJD', title: '报告' }],
    ...more,
  });

const changeOf = (type: string, before: string | null, after: string | null, former = 1) =>
  differenceOf(REPORT, [{ reference: `${type}/o`, change: { former, formerText: before, version: former + 1, text: after } }]);

const quantity = (more: Record<string, unknown>) => ({
  valueQuantity: { value: '@', unit: '10^9/L', system: 'http://unitsofmeasure.org', code: '10*9/L', ...more },
});

describe('an Observation', () => {
  test.for<[string, string, string, string, string | undefined, string | undefined]>([
    ['value', wbc(), wbc({}, '61.0'), 'value', '6.10 10^9/L', '61.0 10^9/L'],
    ['value, of which only a digit was shown more', wbc({}, '6.1'), wbc({}, '6.11'), 'value', '6.1 10^9/L', '6.11 10^9/L'],
    ['comparator', wbc(), wbc(quantity({ comparator: '<' })), 'value', '6.10 10^9/L', '<6.10 10^9/L'],
    ['unit', wbc(), wbc(quantity({ unit: 'g/L', code: 'g/L' })), 'value', '6.10 10^9/L', '6.10 g/L'],
    ['value of another type', wbc(), wbc({ valueQuantity: undefined, valueString: '溶血' }), 'value', '6.10 10^9/L', '溶血'],
    ['value that is no more', wbc(), wbc({ valueQuantity: undefined }), 'value', '6.10 10^9/L', undefined],
    ['interpretation', wbc(), wbc({ interpretation: [{ coding: [{ system: 'i', code: 'H' }] }] }), 'interpretation', 'N', 'H'],
    ['code', wbc(), wbc({ code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] } }), 'code', 'WBC', '718-7'],
    ['patient', wbc(), wbc({ subject: { reference: 'Patient/2' } }), 'subject', 'Patient/1', 'Patient/2'],
    [
      'time',
      wbc(),
      wbc({ effectiveDateTime: '2026-03-01T08:01:00+08:00' }),
      'effective',
      '2026-03-01T08:00:00+08:00',
      '2026-03-01T08:01:00+08:00',
    ],
    ['note', wbc(), wbc({ note: [{ text: '标本溶血' }] }), 'note', undefined, '标本溶血'],
    ['method', wbc(), wbc({ method: { text: '流式' } }), 'method', undefined, '流式'],
    [
      'reference range, as it stands in the source',
      wbc(),
      wbc({ referenceRange: [{ low: { value: 4 }, high: { value: 10 } }] }),
      'referenceRange',
      '[{"low":{"value":3.5},"high":{"value":9.5}}]',
      '[{"low":{"value":4},"high":{"value":10}}]',
    ],
    [
      'component',
      wbc({ valueQuantity: undefined, component: [{ code: { text: '收缩压' }, valueQuantity: { value: 120, unit: 'mmHg' } }] }),
      wbc({ valueQuantity: undefined, component: [{ code: { text: '收缩压' }, valueQuantity: { value: 210, unit: 'mmHg' } }] }),
      'component',
      '收缩压 120 mmHg',
      '收缩压 210 mmHg',
    ],
  ])('of which %s was changed is told', ([, before, after, element, old, next]) => {
    expect(changeOf('Observation', before, after)).toMatchObject([{ change: 'changed', from: 1, to: 2 }]);
    const told = changeOf('Observation', before, after)[0]?.elements.map(({ element: name, old: o, new: n }) => [name, o, n]);
    expect(told).toEqual([[element, old, next]]);
  });

  test.for<[string, string]>([
    ['nothing', wbc()],
    ['meta', wbc({ meta: { versionId: '2', lastUpdated: '2026-03-02T00:00:00Z' } })],
    ['the status of what stands', wbc({ status: 'corrected' })],
    ['who performed it', wbc({ performer: [{ display: '检验科', telecom: [{ value: '67000000' }] }] })],
    ['the category', wbc({ category: [{ text: '检验' }] })],
    ['the identifier', wbc({ identifier: [{ value: 'X' }] })],
    ['the issue', wbc({ issued: '2026-03-01T10:00:00Z' })],
    ['a plain extension', wbc({ extension: [{ url: 'http://x', valueString: 'x' }] })],
    [
      'how a code is shown',
      wbc({ code: { coding: [{ system: 'http://loinc.org', code: '6690-2', display: '白细胞' }], text: '白细胞计数' } }),
    ],
    ['the same moment in another offset', wbc({ effectiveDateTime: '2026-03-01T00:00:00Z' })],
    ['a digit that says nothing', wbc({}, '6.1')],
    ['the order of members', wbc({ referenceRange: [{ high: { value: 9.5 }, low: { value: 3.5 } }] })],
  ])('of which %s was changed recalls nothing', ([, after]) => {
    expect(changeOf('Observation', wbc(), after)).toEqual([]);
  });
});

test.for<[string, string, string, string]>([
  ['conclusion', chest(), chest({ conclusion: '右上肺结节' }), 'conclusion'],
  ['coded conclusion', chest(), chest({ conclusionCode: [{ text: '结节' }] }), 'conclusionCode'],
  ['document', chest(), chest({ presentedForm: [{ contentType: 'application/pdf', data: 'QUJE', title: '报告' }] }), 'presentedForm'],
  ['code', chest(), chest({ code: { text: '头颅CT' } }), 'code'],
  [
    'extension that turns its meaning',
    chest(),
    chest({ modifierExtension: [{ url: 'http://x', valueBoolean: true }] }),
    'modifierExtension',
  ],
])('a report of which the %s was changed is told', ([, before, after, element]) => {
  expect(changeOf('DiagnosticReport', before, after)[0]?.elements.map((it) => it.element)).toEqual([element]);
});

test('a document is named and never shown as a whole', () => {
  const told = changeOf(
    'DiagnosticReport',
    chest(),
    chest({ presentedForm: [{ contentType: 'application/pdf', data: 'QUJE', title: '更正' }] }),
  );

  expect(told[0]?.elements).toMatchObject([{ old: '报告 application/pdf', new: '更正 application/pdf' }]);
});

test.for<[string, string]>([
  ['when it was issued', chest({ issued: '2026-03-02T09:00:00+08:00' })],
  ['its title', chest({ presentedForm: [{ contentType: 'application/pdf', data: 'QUJD', title: '报告 2' }] })],
  ['who interpreted it', chest({ resultsInterpreter: [{ display: '李医生' }] })],
])('a report of which %s was changed recalls nothing', ([, after]) => {
  expect(changeOf('DiagnosticReport', chest(), after)).toEqual([]);
});

test.for<[string, string, readonly string[]]>([
  ['where the images lie', study({ endpoint: [{ reference: 'Endpoint/2' }] }), []],
  ['a series more', study({ series: [{ uid: '1.2' }, { uid: '1.3' }] }), ['series']],
  ['an image', study({ series: [{ uid: '1.2', modality: { system: 'dcm', code: 'CT' }, instance: [{ uid: '1.2.1' }] }] }), ['series']],
  ['the modality', study({ modality: [{ system: 'dcm', code: 'MR' }] }), ['modality']],
  ['the day', study({ started: '2026-03-02' }), ['started']],
])('a study of which %s was changed', ([, after, elements]) => {
  expect(changeOf('ImagingStudy', study(), after).flatMap((it) => it.elements.map((element) => element.element))).toEqual(elements);
});

test.for<[string, string | null, string | null, string | undefined]>([
  ['entered in error', wbc(), wbc({ status: 'entered-in-error' }), 'withdrawn'],
  ['cancelled', wbc(), wbc({ status: 'cancelled' }), 'withdrawn'],
  ['deleted', wbc(), null, 'withdrawn'],
  ['withdrawn, and then deleted', wbc({ status: 'entered-in-error' }), null, undefined],
  ['withdrawn twice, with another value', wbc({ status: 'cancelled' }), wbc({ status: 'entered-in-error' }, '9'), undefined],
  ['restored', null, wbc(), 'added'],
])('a result that is %s', ([, before, after, change]) => {
  expect(changeOf('Observation', before, after)[0]?.change).toBe(change);
});

test('what is withdrawn is told with its old value, what is added with its new one', () => {
  const [withdrawn] = changeOf('Observation', wbc(), null);
  const [added] = differenceOf(REPORT, [{ reference: 'Observation/o', change: { former: 0, formerText: null, version: 1, text: wbc() } }]);

  expect(withdrawn?.elements.find((it) => it.element === 'value')).toEqual({
    element: 'value',
    zh: '结果',
    en: 'value',
    old: '6.10 10^9/L',
  });
  expect(added).toMatchObject({ change: 'added', from: 0, to: 1 });
  expect(added?.elements.find((it) => it.element === 'value')).toEqual({ element: 'value', zh: '结果', en: 'value', new: '6.10 10^9/L' });
});

test('the first version of a report recalls nothing, whatever it has', () => {
  const parts = [
    { reference: REPORT, change: { former: 0, formerText: null, version: 1, text: chest() } },
    { reference: 'Observation/o', change: { former: 0, formerText: null, version: 1, text: wbc() } },
  ];

  expect(differenceOf(REPORT, parts)).toEqual([]);
});

test('the report comes first, whatever the order of its parts, and what was not changed is not named', () => {
  const parts = [
    { reference: 'Observation/a', change: { former: 1, formerText: wbc(), version: 2, text: wbc({}, '7') } },
    { reference: 'Observation/b', change: undefined },
    { reference: REPORT, change: { former: 1, formerText: chest(), version: 2, text: chest({ status: 'cancelled' }) } },
  ];

  expect(differenceOf(REPORT, parts).map((it) => it.reference)).toEqual([REPORT, 'Observation/a']);
});

test('a version tells nothing of itself, and the other way round what was old is new', () => {
  const anObservation = fc
    .record({
      value: fc.constantFrom('6.10', '6.1', '7', '0.00'),
      status: fc.constantFrom('final', 'corrected', 'cancelled'),
      flag: fc.constantFrom('H', 'N'),
    })
    .map(({ value, status, flag }) => wbc({ status, interpretation: [{ coding: [{ system: 'i', code: flag }] }] }, value));
  fc.assert(
    fc.property(anObservation, anObservation, (one, other) => {
      expect(changeOf('Observation', one, one)).toEqual([]);
      const swapped = changeOf('Observation', other, one).flatMap((it) =>
        it.elements.map((element) => [element.element, element.new, element.old]),
      );
      const told = changeOf('Observation', one, other).flatMap((it) =>
        it.elements.map((element) => [element.element, element.old, element.new]),
      );
      expect(told).toEqual(swapped);
    }),
  );
});
