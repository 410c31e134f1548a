import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { closedLoop } from '../../src/bench/closed-loop.ts';
import { WrongAnswer } from '../../src/bench/subject.ts';

test('as many pieces are under way as there are clients, and never more', async () => {
  let underWay = 0;
  let most = 0;
  const once = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await sleep(5);
    underWay -= 1;
    return 10;
  };

  const slice = await closedLoop({ name: 'sleeper', server: undefined, once }, 4, 0.2);

  expect(most).toBe(4);
  expect(underWay).toBe(0);
  expect(slice.errors).toBe(0);
  expect(slice.latencies.length).toBeGreaterThan(4);
  expect(slice.latencies).toEqual(slice.latencies.toSorted((a, b) => a - b));
  expect(slice.bytes).toBe(slice.latencies.length * 10);
  expect(slice.perSecond).toBeCloseTo(slice.latencies.length / 0.2);
});

test('what ends after the time does not count', async () => {
  const slice = await closedLoop({ name: 'slow', server: undefined, once: () => sleep(120, 1) }, 2, 0.05);

  expect(slice).toMatchObject({ latencies: [], bytes: 0, errors: 0 });
});

test('wrong answers are counted, not measured, and end it when they are many', async () => {
  let asked = 0;
  const once = async () => {
    asked += 1;
    await sleep(1);
    throw new WrongAnswer('status 503');
  };

  const slice = await closedLoop({ name: 'broken', server: undefined, once }, 2, 30);

  expect(asked).toBeLessThan(25);
  expect(slice).toMatchObject({ latencies: [], firstError: 'status 503' });
  expect(slice.errors).toBeGreaterThanOrEqual(20);
});
