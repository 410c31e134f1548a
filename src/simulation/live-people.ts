import { periodOf } from './calendar.rules.ts';
import { livePerson, uploadPerson } from './live-person.ts';
import type { Preset } from './preset.ts';
import type { Region } from './region.ts';

/** People of a region, by number: first those who live in it, then those who are only examined. */
export interface People {
  readonly persons: number;
  readonly total: number;
}

export function peopleOf({ persons, uploads }: Preset, scale: number): People {
  const [all, examined] = [persons, uploads.persons].map((it) => Math.max(1, Math.round(it * scale))) as [number, number];
  return { persons: all, total: all + examined };
}

/**
 * Lets people live, so many at the same time, each through the whole period in order; what happens to one depends on nobody else. `next` says
 * who comes next; `lived` is told of each.
 */
export async function livePeople(
  region: Region,
  { persons }: People,
  concurrency: number,
  next: () => Promise<number>,
  lived: (number: number) => void,
): Promise<never> {
  const { uploads, from } = region.preset;
  const { until } = periodOf({ from, until: uploads.until });
  const work = async (): Promise<never> => {
    for (;;) {
      const number = await next();
      await (number < persons ? livePerson(region, number) : uploadPerson(region, number, until));
      lived(number);
    }
  };
  return await Promise.race(Array.from({ length: concurrency }, work));
}
