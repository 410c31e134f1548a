import { expect, test } from 'vitest';
import { openDatabase, transact } from '../../src/database/client.ts';
import { nameChange, readReferences } from '../../src/database/reference-memory.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();

/** Asks through a pool, as a process of its own would; answers how often something had to be loaded. */
function asker(url: string) {
  const { db, close } = openDatabase({ url, poolMax: 2 });
  const loads: (readonly string[])[] = [];
  const ask = async (keys: readonly string[], holds?: (answer: string) => boolean) => {
    const references = await readReferences(db);
    const load = async (missing: readonly string[]) => {
      loads.push(missing);
      return new Map(missing.filter((it) => it !== 'nothing').map((it) => [it, `${it} ${loads.length}`]));
    };
    return Object.fromEntries(await references.each('letter', keys, load, holds));
  };
  return { db, ask, loads, close };
}

test('what was asked before is answered from memory, also that there is nothing; the rest is loaded in one go', async () => {
  const { ask, loads, close } = asker(gateway.databaseUrl);

  expect(await ask(['a', 'nothing'])).toEqual({ a: 'a 1' });
  expect(await ask(['a', 'nothing'])).toEqual({ a: 'a 1' });
  expect(await ask(['b', 'a', 'c'])).toEqual({ a: 'a 1', b: 'b 2', c: 'c 2' });
  expect(loads).toEqual([
    ['a', 'nothing'],
    ['b', 'c'],
  ]);
  await close();
});

test('a change that is named by another process counts from its commit on, and not before', async () => {
  const [one, other] = [asker(gateway.databaseUrl), asker(gateway.databaseUrl)];
  await one.ask(['a']);

  await transact(other.db, async (tx) => {
    await nameChange(tx);
    expect(await one.ask(['a'])).toEqual({ a: 'a 1' });
  });

  expect(await one.ask(['a'])).toEqual({ a: 'a 2' });
  await Promise.all([one.close(), other.close()]);
});

test('an answer that no longer holds is loaded again', async () => {
  const { ask, close } = asker(gateway.databaseUrl);
  await ask(['a']);

  expect(await ask(['a'], (it) => it !== 'a 1')).toEqual({ a: 'a 2' });
  expect(await ask(['a'], (it) => it !== 'a 1')).toEqual({ a: 'a 2' });
  await close();
});
