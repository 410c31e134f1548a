import { afterCommit, type Transaction } from '../database/client.ts';

const KNOWN_MAX = 20_000;

/** Identifier systems that this process has seen written down already, so that a publication spends no statement on them. */
export class KnownDomains {
  private readonly known = new Set<string>();

  /** Those of the systems that the institution may be using for the first time, in one order. */
  fresh(institution: number, systems: readonly string[]): readonly string[] {
    return [...new Set(systems)].filter((it) => !this.known.has(`${institution} ${it}`)).toSorted();
  }

  /** To be called when they are written; they are known once that is committed. */
  remember(tx: Transaction, institution: number, systems: readonly string[]): void {
    if (systems.length === 0) return;
    afterCommit(tx, () => {
      if (this.known.size > KNOWN_MAX) this.known.clear();
      for (const system of systems) this.known.add(`${institution} ${system}`);
    });
  }
}
