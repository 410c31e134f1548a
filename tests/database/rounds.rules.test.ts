import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Round, Rounds } from '../../src/database/rounds.ts';

const REST_MS = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Work that takes so long each time and does a whole part and nothing in turn, and when it was begun, in milliseconds since the test began. */
function work({ takesMs, ...round }: Omit<Round, 'name' | 'run'> & { readonly takesMs: number }) {
  const begun: number[] = [];
  const start = performance.now();
  const run = async () => {
    begun.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    return begun.length % 2;
  };
  return { begun, round: { name: 'work', run, ...round } };
}

async function doneIn(ms: number, rounds: readonly Round[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  const all = new Rounds((round, error) => failures.push([round, error]));
  for (const round of rounds) all.add(round);
  all.start(REST_MS);
  await vi.advanceTimersByTimeAsync(ms);
  const closed = all.close();
  await vi.runAllTimersAsync();
  await closed;
  return failures;
}

test('a round goes on at once while there is a whole part to do, and rests where there is none', async () => {
  const { begun, round } = work({ takesMs: 100 });

  await doneIn(2_350, [round]);

  expect(begun).toEqual([1_000, 1_100, 2_200, 2_300]);
});

test('what has a share of the time rests until it was no more than that', async () => {
  const { begun, round } = work({ takesMs: 300, share: 0.1 });

  await doneIn(8_000, [round]);

  // A tenth of three seconds, from beginning to beginning; it is looked at once a second.
  expect(begun).toEqual([1_000, 4_300, 7_600]);
});

test('what took very long rests a minute and no more', async () => {
  const { begun, round } = work({ takesMs: 30_000, share: 0.01 });

  await doneIn(62_500, [round]);

  expect(begun.map((it) => Math.floor(it / 1_000))).toEqual([1, 61]);
});

test('a round that rests holds up nobody, and one that fails rests as well', async () => {
  const other = work({ takesMs: 100 });
  let tried = 0;
  const failing: Round = {
    name: 'failing',
    share: 0.1,
    run: async () => {
      tried++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      throw new Error('not now');
    },
  };

  const failures = await doneIn(3_900, [failing, other.round]);

  expect([tried, failures.length]).toEqual([1, 1]);
  expect(other.begun).toEqual([1_300, 1_400, 2_500, 2_600, 3_700, 3_800]);
});

test('told to do everything, it does so without a rest', async () => {
  const { begun, round } = work({ takesMs: 500, share: 0.01 });
  const rounds = new Rounds(() => undefined);
  rounds.add(round);

  const done = rounds.runAll();
  await vi.runAllTimersAsync();
  await done;

  expect(begun).toEqual([0, 500]);
});
