/** A place in the write-ahead log. Places in different timelines say nothing of each other: those are different histories. */
export interface LogPosition {
  /** One more since every change of the primary. */
  readonly timeline: number;
  /** From the beginning of all. */
  readonly bytes: bigint;
}

/**
 * Where the log of the primary ends, asked once for all who want to know it at the same time.
 *
 * Nobody joins a question that is under way already: its answer may be older than what the caller has to see. Whoever comes meanwhile shares the
 * next one, so that one is under way at most, and under load there are far fewer of them than callers.
 */
export class PrimaryPosition {
  readonly #ask: () => Promise<LogPosition>;
  #underWay: Promise<unknown> = Promise.resolve();
  #next: Promise<LogPosition> | undefined;

  /** `ask`: asks the primary; what was committed before it is called is before the position that it answers. */
  constructor(ask: () => Promise<LogPosition>) {
    this.#ask = ask;
  }

  /** What was committed before the call is before it. Throws what `ask` throws. */
  now(): Promise<LogPosition> {
    this.#next ??= this.#askAfterThis();
    return this.#next;
  }

  async #askAfterThis(): Promise<LogPosition> {
    await this.#underWay.catch(() => undefined);
    this.#next = undefined;
    const asked = this.#ask();
    this.#underWay = asked;
    return await asked;
  }
}
