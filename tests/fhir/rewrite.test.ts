import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExactDocument, type Json, type JsonValue, parseExactJson } from '../../src/fhir/exact-json.ts';
import { linksOf } from '../../src/fhir/reference.ts';
import { Rewriting } from '../../src/fhir/rewrite.ts';
import type { MemberSpan, Span } from '../../src/fhir/source-spans.ts';
import { fhirResource, writeLoosely } from '../support/fhir-json.ts';

const AT = '2026-03-01T01:02:03.004Z';
const STAMP = { versionId: '2', lastUpdated: AT };

/** A resource in a Bundle, as text of any form. */
const inBundle = fc.tuple(fhirResource, fc.infiniteStream(fc.nat(29))).map(([resource, choices]) => {
  const text = writeLoosely(
    { resourceType: 'Bundle', entry: [{ resource }, { resource: { resourceType: 'Basic' } }] },
    () => choices.next().value as number,
  );
  const document = parseExactJson(text);
  const entry = document.value['entry'] as readonly Json[];
  return { document, resource: entry[0]?.['resource'] as Json };
});

test('a resource that nothing is done to is its own source text', () => {
  fc.assert(
    fc.property(inBundle, ({ document, resource }) => {
      const span = document.spans.get(resource);

      expect(new Rewriting(document, resource).text()).toBe(document.text.slice(span?.start, span?.end));
    }),
  );
});

test('id and version are set, and all else is said as before', () => {
  fc.assert(
    fc.property(inBundle, ({ document, resource }) => {
      const rewriting = new Rewriting(document, resource);
      rewriting.identify('abc', 2, AT);

      const meta = resource['meta'] as Json | undefined;
      expect(JSON.parse(rewriting.text())).toEqual({ ...resource, id: 'abc', meta: { ...meta, ...STAMP } });
    }),
  );
});

test('what is not id, version or time keeps every byte, the space around it included', () => {
  fc.assert(
    fc.property(inBundle, ({ document, resource }) => {
      const rewriting = new Rewriting(document, resource);
      rewriting.identify('abc', 2, AT);

      const span = spanOf(document, resource);
      const members = span.members;
      const added = `${members.has('id') ? '' : ',"id":"abc"'}${members.has('meta') ? '' : `,"meta":${JSON.stringify(STAMP)}`}`;
      const cuts = [
        { start: members.get('resourceType')?.end ?? 0, end: members.get('resourceType')?.end ?? 0, text: added },
        ...(members.has('id') ? [{ ...(members.get('id') as MemberSpan), text: '"abc"' }] : []),
        // What the text inside of meta becomes is told by the examples below.
        ...(members.has('meta') ? [{ ...(members.get('meta') as MemberSpan), text: '@meta@' }] : []),
      ].toSorted((a, b) => a.start - b.start);
      let at = span.start;
      let expected = '';
      for (const cut of cuts) {
        expected += document.text.slice(at, cut.start) + cut.text;
        at = cut.end;
      }
      expected += document.text.slice(at, span.end);
      const [before = '', after = ''] = members.has('meta') ? expected.split('@meta@') : [expected, ''];
      const written = rewriting.text();

      expect(written.startsWith(before) && written.endsWith(after), `${expected}\n${written}`).toBe(true);
      if (!members.has('meta')) expect(written).toBe(expected);
    }),
  );
});

test('setting the same id, version and time again changes nothing', () => {
  fc.assert(
    fc.property(inBundle, ({ document, resource }) => {
      const once = identified(document.text.slice(document.spans.get(resource)?.start, document.spans.get(resource)?.end));

      expect(identified(once)).toBe(once);
    }),
  );
});

function spanOf(document: ExactDocument, holder: object): Span {
  const span = document.spans.get(holder);
  if (!span) throw new Error('no span');
  return span;
}

function identified(text: string): string {
  const document = parseExactJson(text);
  const rewriting = new Rewriting(document, document.value);
  rewriting.identify('abc', 2, AT);
  return rewriting.text();
}

test('every reference that is replaced is replaced, and its neighbours stay', () => {
  const links = fc.uniqueArray(
    fc.string({ minLength: 1 }).filter((it) => !/\p{Cs}/u.test(it)),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(inBundle, links, ({ resource }, references) => {
      const source = { ...resource, result: references.map((reference) => ({ display: reference, reference })) } as JsonValue;
      const document = parseExactJson(JSON.stringify(source, null, 1));
      const rewriting = new Rewriting(document, document.value);
      const replaced = linksOf(document.value).filter((it) => it.kind === 'reference' && references.includes(it.value));
      for (const link of replaced) rewriting.replaceString(link.holder, link.at, `Patient/"${link.value}"`);

      const after = JSON.parse(rewriting.text()) as { result: { display: string; reference: string }[] };
      expect(after.result).toEqual(references.map((it) => ({ display: it, reference: `Patient/"${it}"` })));
    }),
    { numRuns: 50 },
  );
});

test.for<[string, string, string]>([
  [
    'no id and no meta',
    '{ "resourceType": "Patient" }',
    '{ "resourceType": "Patient","id":"abc","meta":{"versionId":"2","lastUpdated":"2026-03-01T01:02:03.004Z"} }',
  ],
  [
    'an id of its own',
    '{"id":"x","resourceType":"Patient","meta":{"versionId":"1"}}',
    '{"id":"abc","resourceType":"Patient","meta":{"lastUpdated":"2026-03-01T01:02:03.004Z","versionId":"2"}}',
  ],
  [
    'a meta with profiles',
    '{"resourceType":"Patient","meta":{ "profile" : ["http://a"] },"active":true}',
    '{"resourceType":"Patient","id":"abc","meta":{"versionId":"2","lastUpdated":"2026-03-01T01:02:03.004Z", "profile" : ["http://a"] },"active":true}',
  ],
  [
    'decimals',
    '{"resourceType":"Observation","id":"","valueQuantity":{"value":6.10}}',
    '{"resourceType":"Observation","meta":{"versionId":"2","lastUpdated":"2026-03-01T01:02:03.004Z"},"id":"abc","valueQuantity":{"value":6.10}}',
  ],
])('exactly: %s', ([, source, written]) => {
  expect(identified(source)).toBe(written);
});
