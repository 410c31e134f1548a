import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { folderOf, isThere } from '../../support/testdata.ts';
import { REQUIREMENTS } from './requirements.ts';

test.runIf(isThere('requirements'))('every published requirement on a service is met by a test, or it is said why not', async () => {
  const text = await readFile(new URL('cds-hooks-2.0+crd.csv', folderOf('requirements')), 'utf8');
  const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
  const onServices = rows.filter((it) => /Service|Server/.test(it['Actors'] ?? '')).map((it) => `${it['Req Set']} ${it['ID']}`);

  const traced = REQUIREMENTS.flatMap(({ set, ids }) => ids.map((it) => `${set} ${it}`));

  expect(traced.toSorted()).toEqual(onServices.toSorted());
});

test('what is not met by a test says why', () => {
  expect(REQUIREMENTS.filter(({ tests, reason }) => (tests?.length ?? 0) === 0 && !reason)).toEqual([]);
});

test('every test that is said to meet a requirement is there', async () => {
  const named = [...new Set(REQUIREMENTS.flatMap((it) => it.tests ?? []))];
  const missing = await Promise.all(
    named.map(async (it) => {
      const [, file = '', title = ''] = /^([^:]+): (.*)$/.exec(it) ?? [];
      const source = await readFile(new URL(file, import.meta.url), 'utf8');
      return source.includes(`'${title}'`) || source.includes(`"${title}"`) ? [] : [it];
    }),
  );

  expect(missing.flat()).toEqual([]);
});
