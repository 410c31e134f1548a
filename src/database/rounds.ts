/** Work that is done beside the requests, again and again. */
export interface Round {
  readonly name: string;
  /** Does a part of what there is to do, and answers how much; it is asked again at once until it answers 0. Any number of processes may. */
  run(now: Date): Promise<number>;
}

/**
 * Does its rounds one after another, in the order in which they were added, and after a rest again. A round that fails is told to `failed` and
 * tried again after the rest; the others go on.
 */
export class Rounds {
  readonly #rounds: Round[] = [];
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
    this.#timer = setTimeout(() => {
      this.#working = this.#each(async (round) => {
        try {
          await exhaust(round, () => this.#closed);
        } catch (error) {
          this.#failed(round.name, error);
        }
      }).finally(() => {
        if (!this.#closed) this.start(restMs);
      });
    }, restMs);
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

async function exhaust(round: Round, isClosed: () => boolean, now: () => Date = () => new Date()): Promise<void> {
  while (!isClosed() && (await round.run(now())) > 0);
}
