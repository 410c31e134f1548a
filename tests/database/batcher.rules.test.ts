import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { Batcher } from '../../src/database/batcher.ts';

/** A store whose writes end when the test says so. */
function slowStore() {
  const writes: { items: readonly number[]; end: () => void; fail: (error: unknown) => void }[] = [];
  const write = (items: readonly number[]) =>
    new Promise<void>((end, fail) => {
      writes.push({ items, end, fail });
    });
  return { writes, write, contents: () => writes.map((it) => it.items) };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function outage(): pg.DatabaseError {
  const error = new pg.DatabaseError('the server is stopped', 0, 'error');
  error.code = '57P01';
  return error;
}

test('what comes first is written at once; what comes meanwhile is written together', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 10 });

  const first = batcher.add([1]);
  const others = Promise.all([batcher.add([2, 3]), batcher.add([4])]);
  expect(store.contents()).toEqual([[1]]);
  expect(batcher.queued).toBe(3);

  store.writes[0]?.end();
  await first;
  await turn();
  expect(store.contents()).toEqual([[1], [2, 3, 4]]);
  store.writes[1]?.end();
  await others;
});

test('an addition resolves after its own write, not before', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 1 });
  const done: string[] = [];
  const both = Promise.all([batcher.add([1]).then(() => done.push('first')), batcher.add([2]).then(() => done.push('second'))]);

  store.writes[0]?.end();
  await turn();
  expect(done).toEqual(['first']);
  store.writes[1]?.end();
  await both;
});

test('items added together stay together, also where they are more than a batch', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 3 });
  const all = [[1], [2, 3], [4, 5], [6, 7, 8, 9]].map((it) => batcher.add(it));

  for (const place of [0, 1, 2, 3]) {
    store.writes[place]?.end();
    await turn();
  }
  await Promise.all(all);
  expect(store.contents()).toEqual([[1], [2, 3], [4, 5], [6, 7, 8, 9]]);
});

test('several writers work at the same time, and no more than allowed', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 10, writersMax: 2 });
  const all = [[1], [2], [3], [4]].map((it) => batcher.add(it));

  expect(store.contents()).toEqual([[1], [2]]);
  store.writes[1]?.end();
  await turn();
  expect(store.contents()).toEqual([[1], [2], [3, 4]]);
  store.writes[0]?.end();
  store.writes[2]?.end();
  await Promise.all(all);
});

test('a full queue refuses at once, and loses nothing it has', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 3, batchMax: 10 });
  const taken = [batcher.add([1]), batcher.add([2, 3]), batcher.add([4])];

  await expect(batcher.add([5])).rejects.toMatchObject({ code: 'busy', retryAfterSeconds: 1 });
  store.writes[0]?.end();
  await turn();
  store.writes[1]?.end();
  await Promise.all(taken);
  expect(store.contents()).toEqual([[1], [2, 3, 4]]);
});

test('an addition larger than the whole queue is taken when nothing waits, and refused when something does', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 2, batchMax: 2 });
  const large = batcher.add([1, 2, 3]);
  const waiting = batcher.add([4]);

  await expect(batcher.add([5, 6, 7])).rejects.toMatchObject({ code: 'busy' });
  store.writes[0]?.end();
  await turn();
  store.writes[1]?.end();
  await Promise.all([large, waiting]);
});

test('nothing to store is stored without a write', async () => {
  const store = slowStore();
  await new Batcher({ write: store.write, queueMax: 1, batchMax: 1 }).add([]);

  expect(store.contents()).toEqual([]);
});

test('in an outage the whole batch fails, and nothing is tried again', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 10 });
  const first = batcher.add([1]);
  const others = [batcher.add([2]), batcher.add([3])];

  store.writes[0]?.end();
  await first;
  await turn();
  const error = outage();
  store.writes[1]?.fail(error);
  expect(await Promise.allSettled(others)).toEqual([
    { status: 'rejected', reason: error },
    { status: 'rejected', reason: error },
  ]);
  expect(store.contents()).toEqual([[1], [2, 3]]);
});

test('after an outage the next addition is written as ever', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 10 });
  const lost = batcher.add([1]);
  store.writes[0]?.fail(outage());
  await expect(lost).rejects.toThrow('the server is stopped');
  await turn();

  const next = batcher.add([2]);
  store.writes[1]?.end();
  await next;
});

test('closing waits for everything that was accepted, and accepts no more', async () => {
  const store = slowStore();
  const batcher = new Batcher({ write: store.write, queueMax: 10, batchMax: 1 });
  const accepted = Promise.all([batcher.add([1]), batcher.add([2])]);
  let closed = false;
  const closing = batcher.close().then(() => {
    closed = true;
  });

  await expect(batcher.add([3])).rejects.toMatchObject({ code: 'busy' });
  store.writes[0]?.end();
  await turn();
  expect(closed).toBe(false);
  store.writes[1]?.end();
  await Promise.all([accepted, closing]);
});

test('whatever is added, each addition is stored once and whole, or fails alone: bad items harm only their own', async () => {
  const additions = fc.array(fc.array(fc.record({ value: fc.integer(), bad: fc.boolean() }), { maxLength: 4 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(additions, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }), async (groups, batchMax, writersMax) => {
      const stored: { value: number; bad: boolean }[][] = [];
      const write = async (items: readonly { value: number; bad: boolean }[]) => {
        await turn();
        if (items.some((it) => it.bad)) throw new RangeError('a bad item');
        stored.push([...items]);
      };
      const batcher = new Batcher({ write, queueMax: 1_000, batchMax, writersMax });

      const ends = await Promise.allSettled(groups.map((it) => batcher.add(it)));

      const good = groups.filter((it) => !it.some(({ bad }) => bad));
      expect(ends.map((it) => it.status)).toEqual(groups.map((it) => (it.some(({ bad }) => bad) ? 'rejected' : 'fulfilled')));
      expect(stored.flat().length).toBe(good.flat().length);
      expect(new Set(stored.flat())).toEqual(new Set(good.flat()));
      // With one writer the order is kept too.
      if (writersMax === 1) expect(stored.flat()).toEqual(good.flat());
    }),
    { numRuns: 60 },
  );
});
