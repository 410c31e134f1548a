interface Waiting {
  readonly weight: number;
  readonly enter: () => void;
}

/**
 * Lets so much work in at once, in the order in which it came: what weighs more than is free waits outside, where it holds neither a
 * connection nor a parsed document. Work that is heavier than all there is goes alone. What waits is held in memory, and weighs so much at most.
 */
export class Turnstile {
  private readonly capacity: number;
  private readonly waitingMax: number;
  private inside = 0;
  private readonly waiting: Waiting[] = [];

  constructor(capacity: number, waitingMax: number) {
    this.capacity = capacity;
    this.waitingMax = waitingMax;
  }

  /** Whether work may come: at least wait. */
  hasRoomFor(weight: number): boolean {
    if (this.waiting.length === 0 && this.fits(weight)) return true;
    return this.waiting.reduce((sum, it) => sum + it.weight, weight) <= this.waitingMax;
  }

  /** Does the work when its turn has come. It is for the caller to ask before whether there is room for it. */
  async pass<Result>(weight: number, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((enter) => {
      this.waiting.push({ weight, enter });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.inside -= weight;
      this.admit();
    }
  }

  private admit(): void {
    for (let next = this.waiting[0]; next && this.fits(next.weight); next = this.waiting[0]) {
      this.waiting.shift();
      this.inside += next.weight;
      next.enter();
    }
  }

  private fits(weight: number): boolean {
    return this.inside === 0 || this.inside + weight <= this.capacity;
  }
}
