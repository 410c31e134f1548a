import { expect, test } from 'vitest';
import { type Json, parseExactJson } from '../../../src/fhir/exact-json.ts';
import { structureIssues } from '../../../src/fhir/validation/structure.ts';
import { isThere, jsonFiles } from '../../support/testdata.ts';

/** Resources that others made, kept outside of the project; skipped where they are absent. */

test.skipIf(!isThere('r4-examples'))('the official examples are valid, every one of them', async () => {
  const files = await jsonFiles('r4-examples');
  expect(files).toHaveLength(43);
  for (const { name, text } of files) expect(structureIssues(parseExactJson(text).value, name), name).toEqual([]);
});

test.skipIf(!isThere('synthea'))(
  'the histories that Synthea makes are valid, alone and as parts of their bundle',
  { timeout: 120_000 },
  async () => {
    const files = (await jsonFiles('synthea')).filter((it) => it.name !== 'queries.json');
    expect(files).toHaveLength(12);
    let checked = 0;
    for (const { name, text } of files) {
      const bundle = parseExactJson(text).value;
      expect(structureIssues(bundle, name), name).toEqual([]);
      for (const { resource } of bundle['entry'] as unknown as readonly { readonly resource: Json }[]) {
        expect(structureIssues(resource, name)).toEqual([]);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(4_000);
  },
);
