import type { WorkClass } from '../faces/work-class.ts';
import { Failure } from '../failure.ts';

/** Made once: where hundreds a second are refused, most of what a refusal takes would be the making of an error. */
const OVERLOADED = new Failure(
  'overloaded',
  { en: 'more is asked for than can be done now; ask again', zh: '系统繁忙，请稍后重试' },
  { retryAfterSeconds: 1 },
);

/** How much is let in, and how long others wait for it. */
export interface AdmissionLimits {
  /** Requests that are worked on at the same time. */
  readonly atOnce: number;
  /** Requests of each class that wait for their turn; more are refused at once. */
  readonly waiting: number;
  /** As long as that, then they are refused as well. */
  readonly waitMs: number;
  /** Publications that are worked on at the same time: fewer than there are connections, so that order entry has some. */
  readonly publicationsAtOnce: number;
  /** Reports that are worked on at the same time: no more than there are connections for them. */
  readonly reportsAtOnce: number;
}

interface Waiting {
  readonly enter: () => void;
  readonly giveUp: () => void;
}

/** What each class is due of the places that come free. */
const SHARE: Readonly<Record<WorkClass, number>> = { 'order-entry': 1, publication: 0.75, report: 0.25 };

/**
 * How many requests are worked on at once. What comes beyond waits in line, each class in its own; a line that is full, or too slow, is said to
 * be so: who is told in time can ask elsewhere, or again, and what nobody waits for any more is not done.
 *
 * A place that comes free goes to the class that has the least of its share, so that none of them is held up by another.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #inside: Record<WorkClass, number> = { 'order-entry': 0, publication: 0, report: 0 };
  readonly #lines: Readonly<Record<WorkClass, Waiting[]>> = { 'order-entry': [], publication: [], report: [] };

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  /** Requests of a class that are worked on, and that wait. */
  count(work: WorkClass): { readonly inside: number; readonly waiting: number } {
    return { inside: this.#inside[work], waiting: this.#lines[work].length };
  }

  /** Throws `overloaded` where one more could not even wait. */
  refuseWhenFull(work: WorkClass): void {
    if (this.#lines[work].length >= this.#limits.waiting) throw OVERLOADED;
  }

  /** Resolves when it may be worked on; until `leave` it is. Throws `overloaded` where it has to wait too long, or cannot even wait. */
  async enter(work: WorkClass): Promise<void> {
    const line = this.#lines[work];
    if (line.length === 0 && this.#hasRoom(work)) {
      this.#inside[work] += 1;
      return;
    }
    this.refuseWhenFull(work);
    await new Promise<void>((resolve, reject) => {
      const overdue = setTimeout(() => waiting.giveUp(), this.#limits.waitMs);
      const waiting: Waiting = {
        enter: () => {
          clearTimeout(overdue);
          resolve();
        },
        giveUp: () => {
          line.splice(line.indexOf(waiting), 1);
          reject(OVERLOADED);
        },
      };
      line.push(waiting);
    });
  }

  /** It is done; who waits may go on. */
  leave(work: WorkClass): void {
    this.#inside[work] -= 1;
    for (let next = this.#next(); next; next = this.#next()) {
      this.#inside[next] += 1;
      this.#lines[next].shift()?.enter();
    }
  }

  /** The class that has the least of its share, of those that wait and may have more. */
  #next(): WorkClass | undefined {
    let best: WorkClass | undefined;
    for (const work of CLASSES) {
      if (this.#lines[work].length === 0 || !this.#hasRoom(work)) continue;
      if (!best || this.#inside[work] / SHARE[work] < this.#inside[best] / SHARE[best]) best = work;
    }
    return best;
  }

  #hasRoom(work: WorkClass): boolean {
    const { atOnce, publicationsAtOnce, reportsAtOnce } = this.#limits;
    const inside = this.#inside['order-entry'] + this.#inside.publication + this.#inside.report;
    const most = { 'order-entry': atOnce, publication: publicationsAtOnce, report: reportsAtOnce }[work];
    return inside < atOnce && this.#inside[work] < most;
  }
}

export const CLASSES: readonly WorkClass[] = ['order-entry', 'publication', 'report'];
