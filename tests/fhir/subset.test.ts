import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf } from '../../src/fhir/definitions/structures.ts';
import { parseExactJson } from '../../src/fhir/exact-json.ts';
import { isSubsetted, type SubsetWish, subsetText } from '../../src/fhir/subset.ts';
import { structureIssues } from '../../src/fhir/validation/structure.ts';
import { fhirObject, writeLoosely } from '../support/fhir-json.ts';
import { isThere, jsonFiles } from '../support/testdata.ts';

const TAG = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** Written by hand, so that every part has a spelling of its own. */
const OBSERVATION = `{"resourceType":"Observation","id":"1","meta":{"versionId":"1","tag":[ {"code":"own"} ]},
  "implicitRules":"http://a.example/rules","text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">x</div>"},
  "contained":[{"resourceType":"Device","id":"d"}],"extension":[{"url":"http://a.example","valueDecimal":1.10}],
  "modifierExtension":[{"url":"http://a.example/m","valueBoolean":true}],
  "status": "final","_status":{"id":"s"},"code" : {"extension":[{"url":"http://a.example/c","valueString":"y"}],"coding":[{"code":"a"}],"text":"\\u767d"},
  "valueQuantity":{"value":6.100,"unit":"g"},"note":[{"text":"n"}],"interpretation":[{"text":"high"}],
  "component":[{"code":{"text":"c"},"valueQuantity":{"value":1e2},"interpretation":[{"text":"i"}]}]}`;

const membersOf = (text: string): readonly string[] => Object.keys(JSON.parse(text));
const META =
  '"meta":{"versionId":"1","tag":[ {"code":"own"} ,{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}]}';

describe('what is kept', () => {
  test.for<[string, SubsetWish, readonly string[]]>([
    [
      'the summary',
      { summary: 'true' },
      ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension', 'status', '_status', 'code', 'valueQuantity', 'component'],
    ],
    [
      'the text',
      { summary: 'text' },
      ['resourceType', 'id', 'meta', 'implicitRules', 'text', 'modifierExtension', 'status', '_status', 'code'],
    ],
    ['the data', { summary: 'data' }, membersOf(OBSERVATION).filter((it) => it !== 'text')],
    [
      'one element',
      { elements: ['note'] },
      ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension', 'status', '_status', 'code', 'note'],
    ],
    [
      'an element with several types, by its name',
      { elements: ['value', 'nothing'] },
      ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension', 'status', '_status', 'code', 'valueQuantity'],
    ],
    [
      'an element with several types, by the name it has here',
      { elements: ['valueQuantity'] },
      ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension', 'status', '_status', 'code', 'valueQuantity'],
    ],
  ])('of %s', ([, wish, kept]) => {
    const text = subsetText(OBSERVATION, wish);

    expect(membersOf(text)).toEqual(kept);
    expect(text).toContain(META);
    expect(isSubsetted(parseExactJson(text).value)).toBe(true);
  });

  test('of the summary, the parts of an element that are no summary themselves are left out', () => {
    const text = subsetText(OBSERVATION, { summary: 'true' });

    expect(text).toContain('"component":[{"code":{"text":"c"},"valueQuantity":{"value":1e2}}]');
    expect(text).toContain('"code" : {"coding":[{"code":"a"}],"text":"\\u767d"}');
    expect(text).toContain('"valueQuantity":{"value":6.100,"unit":"g"}');
    expect(text).toContain('"modifierExtension":[{"url":"http://a.example/m","valueBoolean":true}]');
  });

  test('a picture in a summary is shown without its bytes, and an element of nothing but extensions stays as it is', () => {
    const patient =
      '{"resourceType":"Patient","id":"1","meta":{"versionId":"1"},"identifier":[{"extension":[{"url":"http://a.example","valueCode":"x"}]}],"contact":[{"name":{"text":"c"}}],"link":[{"other":{"reference":"Patient/2"},"type":"seealso"}],"photo":[{"contentType":"image/png","data":"AAAA"}]}';

    const text = subsetText(patient, { summary: 'true' });

    expect(JSON.parse(text)).toEqual({
      resourceType: 'Patient',
      id: '1',
      meta: { versionId: '1', tag: [TAG] },
      identifier: [{ extension: [{ url: 'http://a.example', valueCode: 'x' }] }],
      link: [{ other: { reference: 'Patient/2' }, type: 'seealso' }],
    });
  });
});

describe('the mark', () => {
  test.for<[string, string, unknown]>([
    ['where there are no tags', '{"resourceType":"Basic","meta":{"versionId":"1"},"code":{"text":"x"}}', { versionId: '1', tag: [TAG] }],
    ['where there is no meta', '{"resourceType":"Basic","code":{"text":"x"}}', { tag: [TAG] }],
    ['once', '{"resourceType":"Basic","meta":{"tag":[{"code":"SUBSETTED"}]},"code":{"text":"x"}}', { tag: [{ code: 'SUBSETTED' }] }],
  ])('is set %s', ([, text, meta]) => {
    expect(JSON.parse(subsetText(text, { summary: 'data' })).meta).toEqual(meta);
  });

  test('is not on a resource that is whole', () => {
    expect(isSubsetted(parseExactJson(OBSERVATION).value)).toBe(false);
    expect(isSubsetted({ resourceType: 'Basic' })).toBe(false);
  });
});

describe('whatever the resource', () => {
  const NAMES = [...elementsOf('Observation').keys()].filter((it) => !['id', 'meta'].includes(it));
  /** An Observation of any members, those of R4 among them. */
  const resource = fc
    .tuple(fhirObject, fc.dictionary(fc.constantFrom(...NAMES), fhirObject), fc.infiniteStream(fc.nat(29)))
    .map(([other, known, choices]) => {
      const { resourceType: _type, meta: _meta, id: _id, ...rest } = other;
      const value = { resourceType: 'Observation', id: 'x', meta: { versionId: '1' }, ...rest, ...known };
      return { text: writeLoosely(value, () => choices.next().value as number) };
    });

  test('what is kept keeps its text and its order, and what must be there stays', () => {
    fc.assert(
      fc.property(resource, fc.subarray(NAMES), ({ text }, elements) => {
        const source = parseExactJson(text);
        const subset = parseExactJson(subsetText(text, { elements }));

        const kept = Object.keys(subset.value);
        expect(kept).toEqual(Object.keys(source.value).filter((it) => kept.includes(it)));
        for (const name of kept.filter((it) => it !== 'meta')) {
          const [before, after] = [source, subset].map((it) => {
            const span = it.spans.get(it.value)?.members.get(name);
            return it.text.slice(span?.start, span?.end);
          });
          expect(after).toBe(before);
        }
        for (const name of Object.keys(source.value)) {
          const element = elementsOf('Observation').get(name);
          const isWanted = elements.includes(name) || (element && (element.min > 0 || element.isModifier));
          if (isWanted && !name.startsWith('_')) expect(kept).toContain(name);
        }
      }),
    );
  });

  test.for<SubsetWish>([{ summary: 'true' }, { summary: 'text' }, { summary: 'data' }])(
    '%o is JSON without anything empty, and all of it was there',
    (wish) => {
      fc.assert(
        fc.property(resource, ({ text }) => {
          const subset = parseExactJson(subsetText(text, wish)).value;

          expect(parseExactJson(text).value).toMatchObject({ ...(subset as object), meta: { versionId: '1' } });
        }),
      );
    },
  );
});

describe('identifiers of some systems', () => {
  const patient = (identifiers: string, meta = '"meta":{"versionId":"1"}') =>
    `{"resourceType":"Patient","id":"1",${meta},"identifier":${identifiers},"name":[{"text":"\\u767d"}],"multipleBirthInteger": 2}`;
  const ONE = '{"system":"urn:a", "value":"1","extension":[{"url":"urn:x","valueDecimal":1.50}]}';
  const OTHER = '{"value":"2","system":"urn:b"}';
  const MARKED = `"meta":{"versionId":"1","tag":[${JSON.stringify(TAG)}]}`;

  test.for<[string, string, readonly string[], string | undefined]>([
    ['one of two', `[ ${ONE}, ${OTHER} ]`, ['urn:a'], `[${ONE}]`],
    ['both, in their order', `[ ${ONE}, ${OTHER} ]`, ['urn:b', 'urn:a'], `[${ONE},${OTHER}]`],
    ['none', `[${OTHER}]`, ['urn:a'], undefined],
    ['not those without a system', `[{"value":"3"},${ONE}]`, ['urn:a'], `[${ONE}]`],
  ])('%s; all else stays as it was written', ([, identifiers, identifierSystems, kept]) => {
    const whole = patient(identifiers, MARKED);
    const expected = kept === undefined ? whole.replace(`"identifier":${identifiers},`, '') : whole.replace(identifiers, kept);

    expect(subsetText(patient(identifiers), { identifierSystems })).toBe(expected);
  });
});

/** The official examples are kept outside of the project, so that this is skipped where they are absent. */
describe.skipIf(!isThere('r4-examples'))('every official example', () => {
  test.for<[string, SubsetWish]>([
    ['_summary=true', { summary: 'true' }],
    ['_summary=text', { summary: 'text' }],
    ['_summary=data', { summary: 'data' }],
    ['_elements=identifier', { elements: ['identifier'] }],
  ])('is R4 still when it is shown by %s, but for what is said of elements together', async ([, wish]) => {
    const examples = await jsonFiles('r4-examples');
    expect(examples.length).toBeGreaterThan(0);

    for (const { name, text } of examples) {
      const subset = parseExactJson(subsetText(text, wish)).value;
      expect(
        structureIssues(subset, name).filter((it) => it.kind !== 'invariant'),
        name,
      ).toEqual([]);
    }
  });
});
