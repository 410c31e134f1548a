import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { RuleSet } from '../catalogue/rules/rule-set.ts';

/** How long, and counted from what, a result of an item may be recognised (互认时限). */
export interface Window {
  readonly minutes: number;
  readonly basis: CatalogueItem['windowBasis'];
  /** It holds only where the patient was not treated in between. */
  readonly withoutTreatment: boolean;
  /** `region`: the region's own list names it; `edition`: the catalogue does; `look-back`: neither, so the region's default holds. */
  readonly source: 'region' | 'edition' | 'look-back';
}

/**
 * The window of an item. Where a region has windows of its own they take the place of all windows of the edition; of several that name the
 * item the first one holds. What no window names is looked back for as far as the region says for its kind, from where the edition counts.
 */
export function windowOf(item: CatalogueItem, rules: RuleSet): Window {
  if (rules.windows) {
    const named = rules.windows.find((it) => it.items.includes(item.code));
    if (named) return { minutes: named.minutes, basis: named.basis, withoutTreatment: named.withoutTreatment, source: 'region' };
  } else if (item.windowMinutes !== null) {
    return {
      minutes: item.windowMinutes,
      basis: item.windowBasis,
      withoutTreatment: item.windowWithoutTreatment,
      source: 'edition',
    };
  }
  return { minutes: rules.lookBackMinutes[item.kind], basis: item.windowBasis, withoutTreatment: false, source: 'look-back' };
}
