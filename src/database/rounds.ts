/** Work that is done beside the requests, again and again. */
export interface Round {
  readonly name: string;
  /** Does a part of what there is to do, and answers how much; 0 where nothing is left. Any number of processes may. */
  run(now: Date): Promise<number>;
  /** What a whole part is, 1 unless said otherwise: after less than that it can wait for the rest. */
  readonly part?: number;
  /**
   * How much of the time may go into it, above 0 to 1, where it can wait: after a part that took long, waiting for the database included, it rests
   * until it was no more than this, but no longer than a minute.
   */
  readonly share?: number;
}

/** What failed because it took too long is not put off for much longer than it took. */
const REST_MAX_MS = 60_000;

/**
 * Does its rounds one after another, in the order in which they were added, a part of each in turn, as long as some have a whole part to do; after
 * a rest it begins anew. One that has much to do does not hold up the others: at the latest after the time of a rest all of them are asked again.
 * A round that fails is told to `failed` and tried again after the rest; the others go on. One with a `share` is passed over while it rests.
 */
export class Rounds {
  readonly #rounds: Round[] = [];
  /** Until when a round rests, by the clock of `performance`. */
  readonly #resting = new Map<Round, number>();
  readonly #failed: (round: string, error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(failed: (round: string, error: unknown) => void) {
    this.#failed = failed;
  }

  add(round: Round): void {
    this.#rounds.push(round);
  }

  /** Begins; the first round starts after the first rest. */
  start(restMs: number): void {
    const again = (afterMs: number): void => {
      this.#timer = setTimeout(() => {
        this.#working = this.#takeTurns(restMs).then((isMore) => {
          if (!this.#closed) again(isMore ? 0 : restMs);
        });
      }, afterMs);
    };
    again(restMs);
  }

  /** Answers whether something is left to do at once. Never rejects. */
  async #takeTurns(timeMs: number): Promise<boolean> {
    const until = performance.now() + timeMs;
    let busy: readonly Round[] = this.#rounds;
    do {
      const still: Round[] = [];
      for (const round of busy) if (!this.#closed && (await this.#doPart(round))) still.push(round);
      busy = still;
    } while (busy.length > 0 && performance.now() < until);
    return busy.length > 0;
  }

  /** Whether it was a whole part; not where the round rests. */
  async #doPart(round: Round): Promise<boolean> {
    const begun = performance.now();
    if (begun < (this.#resting.get(round) ?? 0)) return false;
    try {
      return (await round.run(new Date())) >= (round.part ?? 1);
    } catch (error) {
      this.#failed(round.name, error);
      return false;
    } finally {
      if (round.share !== undefined) this.#resting.set(round, begun + Math.min((performance.now() - begun) / round.share, REST_MAX_MS));
    }
  }

  /**
   * Does every round, or those that are meant, until there is nothing left to do, and throws what one throws: for tests and commands that bring
   * their own time.
   */
  async runAll(now: () => Date = () => new Date(), isMeant: (name: string) => boolean = () => true): Promise<void> {
    await this.#each(async (round) => {
      if (isMeant(round.name)) await exhaust(round, () => this.#closed, now);
    });
  }

  /** Stops after the part under way. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  async #each(work: (round: Round) => Promise<void>): Promise<void> {
    for (const round of this.#rounds) {
      if (this.#closed) return;
      await work(round);
    }
  }
}

async function exhaust(round: Round, isClosed: () => boolean, now: () => Date): Promise<void> {
  while (!isClosed() && (await round.run(now())) > 0);
}
