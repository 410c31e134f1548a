import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { folderOf, isThere, jsonFiles } from '../support/testdata.ts';

/**
 * Ten patient histories and their hospitals made by Synthea, and 171 searches whose totals an independent program has counted. Both are kept
 * outside of the project, so that this is skipped where they are absent.
 */
const gateway = useGateway();

interface Query {
  readonly query: string;
  readonly total: number;
  readonly note: string;
}

const present = isThere('synthea');
const { queries } = present
  ? (JSON.parse(await readFile(new URL('queries.json', folderOf('synthea')), 'utf8')) as { queries: readonly Query[] })
  : { queries: [] };

describe.skipIf(!present)('searches over histories that others made', () => {
  let hospital: CallingSystem;

  beforeAll(async () => {
    hospital = await gateway.register();
    for (const { name, text } of await jsonFiles('synthea')) {
      if (name === 'queries.json') continue;
      const answer = await hospital.post('/fhir', text);
      expect(answer.status, `${name}: ${answer.text.slice(0, 500)}`).toBe(200);
    }
  }, 300_000);

  test('there are 171 of them', () => {
    expect(queries).toHaveLength(171);
  });

  test.for(queries)('$query finds $total', async ({ query, total }) => {
    const counted = await hospital.get(`/fhir/${query}${query.includes('?') ? '&' : '?'}_summary=count`);
    expect(counted.body.total, counted.text.slice(0, 300)).toBe(total);
    expect(counted.body.entry).toBeUndefined();

    const page = await hospital.get(`/fhir/${query}${query.includes('?') ? '&' : '?'}_count=3`);
    expect(page.body.total).toBe(total);
    expect((page.body.entry ?? []).length).toBe(Math.min(total, 3));
  });
});
