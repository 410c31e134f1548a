/** How old news may be when a request relies on them, and from when on they are renewed in the background. */
const AGE_MAX_MS = 1_000;
const AGE_RENEWED_MS = 500;

/**
 * What others may have changed, as the database said at most one second ago.
 *
 * Asked for when requests come, never otherwise: one reading serves all requests of half a second. Where the database cannot be asked, whoever
 * has to rely on it fails.
 */
export class News {
  readonly #read: () => Promise<void>;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  /** How many readings have begun, and which of them was the last to succeed. */
  #begun = 0;
  #finished = 0;

  /** `read` asks the database and keeps what it says. */
  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** Resolves when what was read is young enough for a request of this moment; throws what the reading threw. */
  async renew(now: Date): Promise<void> {
    // A reading under way may have begun too long ago for this request; then it waits for the next one. That one is new enough, however long
    // both of them took: were its age counted from the request, those that had to wait would ask again and again, each of them for itself.
    const begunBefore = this.#begun;
    while (this.#ageMs(now) >= AGE_MAX_MS && this.#finished <= begunBefore) await this.#renewed(now);
    // A renewal ahead of time that fails is asked for again by the request that needs it.
    if (this.#ageMs(now) >= AGE_RENEWED_MS) this.#renewed(now).catch(() => undefined);
  }

  /** Something was changed here: the next request has it read. */
  outdate(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  #ageMs(now: Date): number {
    return Math.abs(now.getTime() - this.#readAt);
  }

  /** One reading at a time; the age of what it brings counts from its beginning. */
  #renewed(now: Date): Promise<void> {
    this.#reading ??= this.#readOnce(now).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOnce(now: Date): Promise<void> {
    this.#begun += 1;
    await this.#read();
    this.#readAt = now.getTime();
    this.#finished = this.#begun;
  }
}
