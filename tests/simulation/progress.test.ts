import { expect, test } from 'vitest';
import { Progress } from '../../src/simulation/progress.ts';

/** Four people, one every two seconds, with a hundred steps each. */
function watched(isTTY: boolean) {
  let now = 0;
  let written = '';
  const progress = new Progress({ isTTY, write: (text) => (written += text) }, 'people', () => now);
  progress.begin(4);
  for (let done = 1; done <= 4; done++) {
    now += 2_000;
    progress.add(done * 100);
  }
  return written;
}

test('a log gets a line every few seconds, with rate and the time that is left', () => {
  expect(watched(false)).toBe(
    '[#####################-------]  75 % 3 of 4 people, 50 steps/s, about 2 s left\n[############################] 100 % 4 of 4 people, 50 steps/s\n',
  );
});

test('a terminal gets one line, drawn again and again', () => {
  const written = watched(true);
  expect(written.split('\r\x1b[K').length).toBe(5);
  expect(written.split('\n')).toEqual([expect.stringContaining('100 % 4 of 4 people, 50 steps/s'), '']);
});
