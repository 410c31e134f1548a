import type { ResultChange } from './difference.rules.ts';

/** What of a difference its reader may see. */
export interface Sight {
  /** Results that may be seen now, in every version: the patient's consent covers them, or they are the reader's own. */
  readonly permitted: ReadonlySet<string>;
  /** Results whose version before the reader has seen already. */
  readonly seen: ReadonlySet<string>;
}

/** A difference as its reader may see it, and how many changed results are not shown, or not with their new value. */
export interface Disclosed {
  readonly shown: readonly ResultChange[];
  readonly withheld: number;
}

/**
 * That a report was corrected is always told, whatever became of the consent since: somebody may be treated by what is no more. The new value
 * is told where the consent covers it now. Where it does not, what was seen already is told once more, and that it is no more; a result that
 * was not seen is not even named.
 */
export function disclose(difference: readonly ResultChange[], { permitted, seen }: Sight): Disclosed {
  const shown = difference.flatMap((it) => {
    if (permitted.has(it.reference)) return [it];
    if (!seen.has(it.reference) || it.change === 'added') return [];
    return [{ ...it, elements: it.elements.flatMap(({ new: _new, ...element }) => (element.old === undefined ? [] : [element])) }];
  });
  const whole = difference.filter((it) => permitted.has(it.reference) || (seen.has(it.reference) && it.change === 'withdrawn'));
  return { shown, withheld: difference.length - whole.length };
}

/** The difference without any value, for those who watch over the exchange and treat nobody. */
export function withoutValues(difference: readonly ResultChange[]): Disclosed {
  const shown = difference.map((it) => ({ ...it, elements: it.elements.map(({ element, zh, en }) => ({ element, zh, en })) }));
  return { shown, withheld: difference.length };
}
