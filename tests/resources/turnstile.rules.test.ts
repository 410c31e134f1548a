import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Turnstile } from '../../src/resources/turnstile.ts';

test('never more than fits is inside at once, but for what goes alone; all come through, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 30 }),
      fc.func(fc.integer({ min: 0, max: 3 })),
      async (weights, turns) => {
        const turnstile = new Turnstile(10, Number.POSITIVE_INFINITY);
        const inside: number[] = [];
        const order: number[] = [];
        await Promise.all(
          weights.map((weight, index) =>
            turnstile.pass(weight, async () => {
              order.push(index);
              inside.push(weight);
              expect(inside.length === 1 || inside.reduce((sum, it) => sum + it, 0) <= 10).toBe(true);
              for (let turn = turns(index); turn > 0; turn--) await Promise.resolve();
              inside.splice(inside.indexOf(weight), 1);
            }),
          ),
        );
        expect(order).toEqual(weights.map((_, index) => index));
      },
    ),
  );
});

test('work that fails lets the next one in', async () => {
  const turnstile = new Turnstile(1, 0);

  await expect(turnstile.pass(1, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');

  expect(await turnstile.pass(1, async () => 'done')).toBe('done');
});

test.for<[string, readonly number[], number, boolean]>([
  ['nobody is there', [], 99, true],
  ['it fits inside', [4], 6, true],
  ['it may wait', [4], 7, true],
  ['as much waits as may', [4, 7], 8, true],
  ['more than may would wait', [4, 7], 9, false],
  ['it would fit inside, but others wait for longer', [4, 7, 8], 1, false],
])('there is room where %s: %j and then %i', async ([, present, weight, hasRoom]) => {
  const turnstile = new Turnstile(10, 15);
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const all = present.map((it) => turnstile.pass(it, () => over));
  await Promise.resolve();

  expect(turnstile.hasRoomFor(weight)).toBe(hasRoom);

  end();
  await Promise.all(all);
  expect(turnstile.hasRoomFor(weight)).toBe(true);
});
