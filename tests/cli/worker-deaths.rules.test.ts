import { expect, test } from 'vitest';
import { afterDeath } from '../../src/cli/workers/worker-deaths.rules.ts';

test.for<[string, number, number, { atOnce: number; pauseMs: number | undefined }]>([
  ['one that served for long', 0, 3_600_000, { atOnce: 0, pauseMs: 0 }],
  ['one that served just long enough, after others that did not', 5, 10_000, { atOnce: 0, pauseMs: 0 }],
  ['the first that died just too early', 0, 9_999, { atOnce: 1, pauseMs: 250 }],
  ['the second in a row', 1, 0, { atOnce: 2, pauseMs: 500 }],
  ['the fifth in a row', 4, 10, { atOnce: 5, pauseMs: 4_000 }],
  ['the sixth in a row', 5, 10, { atOnce: 6, pauseMs: undefined }],
])('%s', ([, before, livedMs, then]) => {
  expect(afterDeath(before, livedMs)).toEqual(then);
});
