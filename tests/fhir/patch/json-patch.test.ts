import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../../src/fhir/patch/apply-patch.ts';
import { readPatch } from '../../../src/fhir/patch/read-patch.ts';
import { failureOf } from '../../support/failures.ts';

const MEDIA_TYPE = 'application/json-patch+json';
const RESOURCE =
  '{"resourceType":"Observation","status":"final","code":{"text":"血糖"},"valueQuantity":{"value":5.10,"unit":"mmol/L"},' +
  '"component":[{"code":{"text":"a"},"valueInteger":1},{"code":{"text":"b"}}],"note":[{"text":"only"}]}';

const patched = (...operations: object[]): string => applyPatch(RESOURCE, readPatch(JSON.stringify(operations), MEDIA_TYPE));
const result = (...operations: object[]) => JSON.parse(patched(...operations));

describe('operations', () => {
  test.for<[string, object, (resource: Record<string, any>) => unknown, unknown]>([
    ['add a member', { op: 'add', path: '/issued', value: '2026-01-01T00:00:00Z' }, (it) => it['issued'], '2026-01-01T00:00:00Z'],
    ['add in the place of one', { op: 'add', path: '/status', value: 'amended' }, (it) => it['status'], 'amended'],
    [
      'add at the end of a list',
      { op: 'add', path: '/note/-', value: { text: 'x' } },
      (it) => it['note'],
      [{ text: 'only' }, { text: 'x' }],
    ],
    ['add before an element', { op: 'add', path: '/note/0', value: { text: 'x' } }, (it) => it['note'], [{ text: 'x' }, { text: 'only' }]],
    ['add just past the last', { op: 'add', path: '/note/1', value: { text: 'x' } }, (it) => it['note'], [{ text: 'only' }, { text: 'x' }]],
    ['replace', { op: 'replace', path: '/component/1/code/text', value: 'c' }, (it) => it['component'][1], { code: { text: 'c' } }],
    ['remove a member', { op: 'remove', path: '/component/0/valueInteger' }, (it) => it['component'][0], { code: { text: 'a' } }],
    ['remove an element', { op: 'remove', path: '/component/0' }, (it) => it['component'], [{ code: { text: 'b' } }]],
    ['remove the last element of a list', { op: 'remove', path: '/note/0' }, (it) => it['note'], undefined],
    ['move', { op: 'move', from: '/component/0', path: '/component/1' }, (it) => it['component'][0], { code: { text: 'b' } }],
    ['copy', { op: 'copy', from: '/code', path: '/method' }, (it) => it['method'], { text: '血糖' }],
  ])('%s', ([, operation, look, expected]) => {
    expect(look(result(operation))).toEqual(expected);
  });

  test('go one after the other, each on what the last one left', () => {
    const list = result({ op: 'remove', path: '/note/0' }, { op: 'add', path: '/note/-', value: { text: 'new' } });

    expect(list.note).toEqual([{ text: 'new' }]);
  });

  test('~1 and ~0 stand for a stroke and a tilde', () => {
    const text = applyPatch(
      '{"resourceType":"Basic","a/b":1,"c~d":2}',
      readPatch('[{"op":"remove","path":"/a~1b"},{"op":"remove","path":"/c~0d"}]', MEDIA_TYPE),
    );

    expect(JSON.parse(text)).toEqual({ resourceType: 'Basic' });
  });
});

describe('numbers keep their digits', () => {
  test('where the patch does not touch them, and where it brings them', () => {
    const operations =
      '[{"op":"replace","path":"/component/0/valueInteger","value":12345678901234567890.10},{"op":"copy","from":"/valueQuantity","path":"/x"}]';

    const text = applyPatch(RESOURCE, readPatch(operations, MEDIA_TYPE));

    expect(text).toContain('"valueQuantity":{"value":5.10,');
    expect(text).toContain('"valueInteger":12345678901234567890.10');
    expect(text).toContain('"x":{"value":5.10,');
  });

  test('for any decimal', () => {
    const digits = fc.tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.stringMatching(/^(\.\d{1,20})?([eE][+-]?\d{1,3})?$/));
    fc.assert(
      fc.property(digits, ([whole, rest]) => {
        const resource = `{"resourceType":"Observation","valueQuantity":{"value":${whole}${rest}}}`;
        const operations = `[{"op":"test","path":"/valueQuantity/value","value":${whole}${rest}},{"op":"add","path":"/status","value":"final"}]`;
        expect(applyPatch(resource, readPatch(operations, MEDIA_TYPE))).toBe(`${resource.slice(0, -1)},"status":"final"}`);
      }),
    );
  });
});

describe('test', () => {
  test.for<[string, string, boolean]>([
    ['/valueQuantity/value', '5.1', true],
    ['/valueQuantity/value', '5.10', true],
    ['/valueQuantity/value', '51e-1', true],
    ['/valueQuantity/value', '5.11', false],
    ['/valueQuantity/value', '-5.1', false],
    ['/valueQuantity/value', '"5.10"', false],
    ['/valueQuantity', '{"unit":"mmol/L","value":5.1}', true],
    ['/valueQuantity', '{"value":5.1}', false],
    ['/note', '[{"text":"only"}]', true],
    ['/note', '[]', false],
    ['/note', '{"0":{"text":"only"}}', false],
    ['/status', '"final"', true],
    ['/status', 'null', false],
  ])('%s is %s: %s', ([path, value, holds]) => {
    const work = () => applyPatch(RESOURCE, readPatch(`[{"op":"test","path":"${path}","value":${value}}]`, MEDIA_TYPE));

    if (holds) expect(work()).toBe(RESOURCE);
    else expect(failureOf(work)).toMatchObject({ code: 'rule-violated', issues: [{ path: 'Patch[0]' }] });
  });
});

test.for<[string, object]>([
  ['a place that is not there', { op: 'remove', path: '/method' }],
  ['the length of a list', { op: 'remove', path: '/note/length' }],
  ['what every object has', { op: 'replace', path: '/toString', value: 'x' }],
  ['an index with a zero before it', { op: 'remove', path: '/note/00' }],
  ['an index beyond the list', { op: 'add', path: '/note/2', value: {} }],
  ['the end of a list, to be removed', { op: 'remove', path: '/note/-' }],
  ['inside of a text', { op: 'add', path: '/status/x', value: 1 }],
  ['inside of a number', { op: 'add', path: '/valueQuantity/value/value', value: 1 }],
  ['a prototype', { op: 'add', path: '/__proto__', value: { x: 1 } }],
  ['into itself', { op: 'move', from: '/component', path: '/component/0/x' }],
  ['the whole, to be removed', { op: 'remove', path: '' }],
  ['from nowhere', { op: 'copy', from: '/method', path: '/x' }],
])('cannot be applied: %s', ([, operation]) => {
  expect(failureOf(() => patched({ op: 'test', path: '/status', value: 'final' }, operation))).toMatchObject({
    code: 'rule-violated',
    issues: [{ path: 'Patch[1]' }],
  });
});

test.for<[string, string, string]>([
  ['no JSON', '[{', 'Patch'],
  ['no list', '{"op":"remove","path":"/a"}', 'Patch'],
  ['no object', '["remove"]', 'Patch[0]'],
  ['no such operation', '[{"op":"delete","path":"/a"}]', 'Patch[0].op'],
  ['no path', '[{"op":"remove"}]', 'Patch[0].path'],
  ['a path that is no pointer', '[{"op":"remove","path":"a"}]', 'Patch[0].path'],
  ['a tilde that stands for nothing', '[{"op":"remove","path":"/a~2"}]', 'Patch[0].path'],
  ['no value', '[{"op":"add","path":"/a"}]', 'Patch[0].value'],
  ['no source', '[{"op":"move","path":"/a"}]', 'Patch[0].from'],
])('is no patch: %s', ([, text, path]) => {
  expect(failureOf(() => readPatch(text, MEDIA_TYPE))).toMatchObject({ code: 'malformed', issues: [{ path }] });
});

test('copies of copies end before they fill the memory', () => {
  const doubled = Array.from({ length: 300 }, () => [
    { op: 'copy', from: '/note', path: '/copy' },
    { op: 'move', from: '/copy', path: '/note/0/extension' },
    { op: 'copy', from: '/note/0', path: '/note/-' },
  ]).flat();

  expect(failureOf(() => patched(...doubled))).toMatchObject({ code: 'rule-violated' });
  expect(result({ op: 'copy', from: '/note/0', path: '/note/-' }).note).toHaveLength(2);
});
