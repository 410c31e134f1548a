import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { folderOf, isThere } from '../support/testdata.ts';

/** Ten patient histories and their hospitals, made by Synthea; kept outside of the project, so that this is skipped where they are absent. */
const FOLDER = folderOf('synthea');

const gateway = useGateway();

test.skipIf(!isThere('synthea'))('bundles that others made are stored as they are, every entry of them', { timeout: 120_000 }, async () => {
  const hospital = await gateway.register();
  const names = (await readdir(FOLDER)).filter((it) => it.endsWith('.json') && it !== 'queries.json').sort();
  expect(names).toHaveLength(12);

  for (const name of names) {
    const text = await readFile(new URL(name, FOLDER), 'utf8');
    const answer = await hospital.post('/fhir', text);

    expect(answer.status, `${name}: ${answer.text.slice(0, 500)}`).toBe(200);
    expect(answer.body.entry).toHaveLength(JSON.parse(text).entry.length);
    const statuses = new Set(answer.body.entry.map((it: { response: { status: string } }) => it.response.status));
    expect([...statuses], name).toEqual(['201 Created']);
  }
});
