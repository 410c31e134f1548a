import { MINUTE_MS } from './calendar.rules.ts';
import type { Person } from './person.rules.ts';
import type { Random } from './random.ts';
import type { Region } from './region.ts';

/** What an institution has of a patient. */
interface Known {
  /** Id of its Patient. */
  readonly patient?: string;
  readonly asked: boolean;
  readonly permits: boolean;
}

/** A person on the way through the period. Nothing of it is shared with anybody else, and all of it is gone when the way ends. */
export interface Life {
  readonly region: Region;
  readonly person: Person;
  readonly random: Random;
  /** By number of the institution. */
  readonly known: Map<number, Known>;
  /** A consent for whichever institution is in force. */
  standing: boolean;
  /** The last moment at which something was done, in milliseconds. */
  now: number;
  visits: number;
  reports: number;
  /** Has something done at that moment, in its order with everything else; nothing beyond the period. */
  later(at: number, act: () => Promise<void>): void;
}

/** Steps of one person are at least so far apart, so that no two results are of the same moment. */
const STEP_MS = MINUTE_MS;

/** Goes on to that moment, or to the next one. */
export function nextMoment(life: Life, at = 0): Date {
  life.now = Math.max(at, life.now + STEP_MS);
  return new Date(life.now);
}
