import { expect, test } from 'vitest';
import { PrimaryPosition } from '../../src/database/primary-position.ts';

const at = (bytes: bigint) => ({ timeline: 1, bytes });

/** A primary that answers when it is told to; its position is the one of the moment in which it is asked. */
function primary() {
  const waiting: { resolve(): void; reject(error: Error): void }[] = [];
  const state = { end: 0n, asked: 0 };
  const position = new PrimaryPosition(() => {
    const { end } = state;
    state.asked += 1;
    return new Promise((resolve, reject) => waiting.push({ resolve: () => resolve(at(end)), reject }));
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { position, state, settled, next: () => waiting.shift() };
}

test('who asks at the same time is answered by one question', async () => {
  const { position, state, settled, next } = primary();
  state.end = 7n;

  const answers = [position.now(), position.now(), position.now()];
  await settled();
  next()?.resolve();

  expect(await Promise.all(answers)).toEqual([at(7n), at(7n), at(7n)]);
  expect(state.asked).toBe(1);
});

test('who asks while a question is under way does not get its answer, which may be too old, but shares the next one', async () => {
  const { position, state, settled, next } = primary();
  const early = position.now();
  await settled();
  state.end = 9n;

  const late = [position.now(), position.now()];
  await settled();
  expect(state.asked).toBe(1);
  next()?.resolve();
  await settled();
  next()?.resolve();

  expect(await early).toEqual(at(0n));
  expect(await Promise.all(late)).toEqual([at(9n), at(9n)]);
  expect(state.asked).toBe(2);
});

test('a question that fails, fails those who asked it and nobody after them', async () => {
  const { position, state, settled, next } = primary();
  const failed = expect(Promise.all([position.now(), position.now()])).rejects.toThrow('away');
  await settled();
  state.end = 3n;
  const after = position.now();
  next()?.reject(new Error('away'));
  await failed;
  await settled();
  next()?.resolve();

  expect(await after).toEqual(at(3n));
});
