import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { parse, stringify } from 'lossless-json';
import { expect, test } from 'vitest';
import { post, referenceTo, transaction, urn } from '../support/bundles.ts';
import { useGateway } from '../support/gateway.ts';
import { patientOf, somebody } from '../support/reports.ts';

const gateway = useGateway();

/** Text as FHIR allows it: of every script, with line breaks, never of white space alone. */
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((it) => it.trim() !== '' && !/(?![\t\n\r])[\p{Cc}\p{Cs}]/u.test(it));
/** Decimals in every spelling of JSON: trailing zeros, exponents, more digits than a double has. */
const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.stringMatching(/^(\.[0-9]{1,16})?([eE][+-]?[0-9]{1,2})?$/))
  .map(([minus, whole, rest]) => `${minus ? '-' : ''}${whole}${rest}`);
const date = fc.constantFrom(
  '2018',
  '2018-05',
  '2018-05-11',
  '2018-05-11T08:30:00+08:00',
  '2018-05-11T23:59:60Z',
  '2018-05-11T08:30:00.120-03:30',
);
const extension = fc.record({ url: fc.constant('http://a.example/extension'), valueString: words });
const quantity = fc.record({ value: decimal.map((it) => `@${it}@`), unit: words }, { requiredKeys: ['value'] });
const observation = fc.record(
  {
    valueQuantity: quantity,
    effectiveDateTime: date,
    _effectiveDateTime: fc.record({ extension: fc.array(extension, { minLength: 1, maxLength: 2 }) }),
    extension: fc.array(extension, { minLength: 1, maxLength: 3 }),
    note: fc.array(fc.record({ text: words }), { minLength: 1, maxLength: 3 }),
    component: fc.array(fc.record({ code: fc.record({ text: words }), valueQuantity: quantity }), { minLength: 1, maxLength: 4 }),
    meta: fc.record({
      tag: fc.array(fc.record({ system: fc.constant('urn:tag'), code: fc.constantFrom('a', 'b') }), { minLength: 1, maxLength: 1 }),
    }),
  },
  { requiredKeys: [] },
);

/** The JSON text of an Observation; decimals get their digits back. */
function textOf(members: object, patient: string): string {
  const resource = { resourceType: 'Observation', status: 'final', code: { text: '血糖' }, subject: { reference: patient }, ...members };
  return JSON.stringify(resource).replaceAll(/"@([^"@]+)@"/g, '$1');
}

/** The same without what the server gives; numbers with their digits, members in their order. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noExplicitAny: a resource of every form
  const { id: _id, ...rest } = parse(text) as any;
  if (rest.meta) {
    const { versionId: _version, lastUpdated: _updated, ...meta } = rest.meta;
    delete rest.meta;
    if (Object.keys(meta).length > 0) rest.meta = meta;
  }
  return stringify(rest) ?? '';
}

test('trap 13, trap 14: what goes in comes out, by create, update, transaction and read', async () => {
  const hospital = await gateway.register();
  const patient = `Patient/${(await hospital.post('/fhir/Patient', patientOf(somebody()))).body.id}`;

  await fc.assert(
    fc.asyncProperty(observation, observation, async (first, second) => {
      const [one, other] = [textOf(first, patient), textOf(second, patient)];
      const created = await hospital.post('/fhir/Observation', one);
      expect(created.status, created.text).toBe(201);
      expect(plain(created.text)).toBe(plain(one));
      const { id } = created.body;
      expect((await hospital.get(`/fhir/Observation/${id}`)).text).toBe(created.text);

      const updated = await hospital.put(`/fhir/Observation/${id}`, other.replace('{', `{"id":"${id}",`));
      expect(updated.status, updated.text).toBe(200);
      expect(plain(updated.text)).toBe(plain(other));
      expect(plain((await hospital.get(`/fhir/Observation/${id}/_history/1`)).text)).toBe(plain(one));

      const bundle = JSON.stringify(transaction(post({ resourceType: 'Observation' }, { fullUrl: urn() }))).replace(
        '{"resourceType":"Observation"}',
        () => one,
      );
      const stored = await hospital.post('/fhir', bundle, { prefer: 'return=representation' });
      expect(plain((await hospital.get(`/fhir/${referenceTo(stored.body, 'Observation')}`)).text)).toBe(plain(one));
    }),
    { numRuns: 25 },
  );
});

test('white space, the order of members and escapes stay as they were sent, but for what the server sets', async () => {
  const hospital = await gateway.register();
  const text = `{\n  "active" : true ,\t"resourceType":"Practitioner","identifier":[ {"value":"\\u4e2d\\/${randomUUID()}","system":"urn:staff"} ]\n}`;

  const { body, text: stored } = await hospital.post('/fhir/Practitioner', text);

  const added = `"resourceType":"Practitioner","id":"${body.id}","meta":{"versionId":"1","lastUpdated":"${body.meta.lastUpdated}"}`;
  expect(stored).toBe(text.replace('"resourceType":"Practitioner"', added));
  expect((await hospital.get(`/fhir/Practitioner/${body.id}`)).text).toBe(stored);
});
