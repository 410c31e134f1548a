interface Waiting {
  readonly weight: number;
  readonly enter: () => void;
}

/**
 * Lets so much work in at once, in the order in which it came: what weighs more than is free waits outside, where it holds neither a
 * connection nor a parsed document. Work that is heavier than all there is goes alone.
 */
export class Turnstile {
  private readonly capacity: number;
  private inside = 0;
  private readonly waiting: Waiting[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

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
    for (let next = this.waiting[0]; next && (this.inside === 0 || this.inside + next.weight <= this.capacity); next = this.waiting[0]) {
      this.waiting.shift();
      this.inside += next.weight;
      next.enter();
    }
  }
}
