/**
 * The same text apart from the document that it was cut from. What is kept beyond a request is kept so: a piece of a text keeps all of that
 * text in memory.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** What is longer is kept by nobody for the next request: few texts that come again and again are. */
export const KEPT_CHARACTERS_MAX = 300;

/**
 * What was made of texts that come again and again. When there are too many all are forgotten; long texts, and those of which nothing is made,
 * are not kept.
 */
export class KeptTexts<Made> {
  readonly #made = new Map<string, Made>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** `make` answers the same for the same text, always. */
  of<Answer extends Made | undefined>(text: string, make: (text: string) => Answer): Answer | Made {
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (made === undefined || text.length > KEPT_CHARACTERS_MAX) return made;
    if (this.#made.size >= this.#max) this.#made.clear();
    this.#made.set(ownText(text), made);
    return made;
  }
}
