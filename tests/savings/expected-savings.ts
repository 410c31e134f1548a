import type { ReversalCause } from '../../src/recognition/savings-book.ts';

type Cause = ReversalCause['kind'];

/** A decision as it was made over the door: about whom, where, and what its check showed. */
export interface Decided {
  readonly id: string;
  readonly kind: 'recognised' | 'not-recognised';
  readonly hospital: string;
  readonly person: string;
  readonly item: string;
  readonly encounter: string;
  readonly report: string;
  readonly reportVersion: number;
  readonly checkedAt: number;
  readonly validUntil: number;
  /** What a recognition saves; `undefined` where no price is set. */
  readonly amountFen: number | undefined;
}

/** A report that was published, as far as it says who examined what, and when. */
export interface Examined {
  readonly report: string;
  readonly hospital: string;
  readonly person: string;
  readonly items: readonly string[];
  readonly at: number;
}

/** A new version of a report, and the items of which it says something else; a withdrawal is about all of them. */
export interface Corrected {
  readonly report: string;
  readonly version: number;
  readonly items: readonly string[];
}

/** What was posted for a decision: it stands while nothing can have taken it back. */
interface Saving extends Decided {
  /** Causes that took it back; where there were several at once, any of them may be named. */
  takenBackBy: ReadonlySet<Cause>;
}

/**
 * Which savings stand, as somebody would say it who has never seen the ledger: until the recognition is revoked, the examination is made after
 * all within the time in which the result could be recognised, or the result is recalled in a region that wants that. What examinations and
 * corrections come to is known when `follow` is called, like at the exchange.
 */
export class ExpectedSavings {
  readonly #decisions: Decided[] = [];
  readonly #revoked = new Set<string>();
  readonly #examinations = new Map<string, Examined>();
  readonly #corrections: Corrected[] = [];
  readonly #withdrawn = new Set<string>();
  readonly #savings: Saving[] = [];
  /** Hospitals of regions in which a recall takes the saving back. */
  readonly #strict: ReadonlySet<string>;

  constructor(strict: readonly string[]) {
    this.#strict = new Set(strict);
  }

  /** A recognition is one saving, unless that of the same person, item and visit stands. */
  decide(made: Decided): void {
    this.#decisions.push(made);
    const isSaved = this.#savings.some((it) => isOneVisit(it, made) && it.takenBackBy.size === 0);
    if (made.kind === 'recognised' && !isSaved) this.#savings.push({ ...made, takenBackBy: new Set() });
  }

  revoke(id: string): void {
    this.#revoked.add(id);
    this.#takeBack([[id, 'revocation']]);
  }

  examine(made: Examined): void {
    this.#examinations.set(made.report, made);
  }

  correct(made: Corrected): void {
    this.#corrections.push(made);
  }

  /** A withdrawn report says no more that anything was examined. */
  withdraw(made: Corrected): void {
    this.correct(made);
    this.#withdrawn.add(made.report);
  }

  follow(): void {
    const repeated = [...this.#examinations.values()].flatMap((it) => this.#repeatedBy(it));
    const recalled = this.#corrections.flatMap((it) => this.#recalledBy(it));
    this.#takeBack([...repeated.map(({ id }) => [id, 'repeat'] as const), ...recalled.map(({ id }) => [id, 'recall'] as const)]);
  }

  /** A refusal after the recognitions says why the examination is made, and spares them. */
  #repeatedBy({ report, hospital, person, items, at }: Examined): readonly Decided[] {
    if (this.#withdrawn.has(report)) return [];
    return items.flatMap((item) => {
      const bearing = this.#decisions.filter(
        (it) => it.hospital === hospital && it.person === person && it.item === item && it.checkedAt <= at && at <= it.validUntil,
      );
      const said = bearing.filter((it) => !this.#revoked.has(it.id));
      return said.at(-1)?.kind === 'recognised' ? said.filter((it) => it.kind === 'recognised') : [];
    });
  }

  #recalledBy({ report, version, items }: Corrected): readonly Decided[] {
    const publisher = this.#examinations.get(report)?.hospital;
    return this.#decisions.filter(
      (it) =>
        it.report === report &&
        it.reportVersion < version &&
        items.includes(it.item) &&
        it.hospital !== publisher &&
        this.#strict.has(it.hospital) &&
        !this.#revoked.has(it.id),
    );
  }

  #takeBack(undone: readonly (readonly [id: string, cause: Cause])[]): void {
    for (const saving of this.#savings.filter((it) => it.takenBackBy.size === 0)) {
      saving.takenBackBy = new Set(undone.filter(([id]) => id === saving.id).map(([, cause]) => cause));
    }
  }

  /** Everything ever posted at a hospital. */
  of(hospital: string): readonly Saving[] {
    return this.#savings.filter((it) => it.hospital === hospital);
  }

  /** All decisions, in the order in which they were made. */
  get decisions(): readonly Decided[] {
    return this.#decisions;
  }

  isRevoked(id: string): boolean {
    return this.#revoked.has(id);
  }
}

function isOneVisit(a: Decided, b: Decided): boolean {
  return a.hospital === b.hospital && a.person === b.person && a.item === b.item && a.encounter === b.encounter;
}
