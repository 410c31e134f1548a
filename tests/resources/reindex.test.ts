import { expect, test } from 'vitest';
import { reindex } from '../../src/resources/reindex.ts';
import { decodeId } from '../../src/resources/resource-id.ts';
import { searchAll } from '../support/bundles.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';

const gateway = useGateway();
const sensitiveCodes = async () => new Map();

async function organizations(hospital: CallingSystem, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const { body } = await hospital.post('/fhir/Organization', { resourceType: 'Organization', active: true, name: `检验科${index}` });
    ids.push(body.id);
  }
  return ids;
}

/** Leaves the rows as they were before there was anything to find them by. */
async function forget(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const key = decodeId(id);
    await gateway.db.$client.query("update resources set tokens = '{}', ranges = null, texts = null where person = $1 and id = $2", [
      key?.person,
      key?.id,
    ]);
  }
}

async function found(hospital: CallingSystem, ids: readonly string[]): Promise<readonly string[]> {
  const all = await searchAll(hospital, `/fhir/Organization?_id=${ids.join()}&name=检验科&active=true`);
  return all.map((it) => it.id).toSorted();
}

test('what was found by nothing is found again', async () => {
  const hospital = await gateway.register();
  const ids = await organizations(hospital, 3);
  await forget(ids);
  expect(await found(hospital, ids)).toEqual([]);

  let done = 0;
  for await (const progress of reindex(gateway.db, undefined, undefined, sensitiveCodes)) done = progress.done;

  expect(await found(hospital, ids)).toEqual([...ids].toSorted());
  expect(done).toBeGreaterThanOrEqual(3);
});

test('only of the type that is named, and only behind the id where an earlier run ended', async () => {
  const hospital = await gateway.register();
  const ids = [...(await organizations(hospital, 3))].toSorted();
  await forget(ids);

  for await (const _ of reindex(gateway.db, 'Patient', undefined, sensitiveCodes));
  expect(await found(hospital, ids)).toEqual([]);

  for await (const _ of reindex(gateway.db, 'Organization', decodeId(ids[0] as string), sensitiveCodes));
  expect(await found(hospital, ids)).toEqual(ids.slice(1));
});

test('a deleted resource stays unfound', async () => {
  const hospital = await gateway.register();
  const ids = await organizations(hospital, 1);
  await hospital.send('DELETE', `/fhir/Organization/${ids[0]}`);

  for await (const _ of reindex(gateway.db, undefined, undefined, sensitiveCodes));

  expect(await found(hospital, ids)).toEqual([]);
});
