import { COLUMNS, type Column, cellsOf } from './edition-columns.rules.ts';
import type { CatalogueItem } from './find-items.ts';

/** What an item of one edition says otherwise than the same item of another; cells as in CSV, `null` where there is no such item. */
export interface Difference {
  readonly code: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly fields: readonly { readonly field: Column; readonly before: string | null; readonly after: string | null }[];
}

/** Every item that is not the same in both, in the order of the codes; of those on one side only, the cells that say something. */
export function compareItems(before: readonly CatalogueItem[], after: readonly CatalogueItem[]): readonly Difference[] {
  const former = new Map(before.map((it) => [it.code, it]));
  const later = new Map(after.map((it) => [it.code, it]));
  return [...new Set([...former.keys(), ...later.keys()])]
    .toSorted()
    .flatMap((code) => differenceOf(code, former.get(code), later.get(code)) ?? []);
}

function differenceOf(code: string, before: CatalogueItem | undefined, after: CatalogueItem | undefined): Difference | undefined {
  const [was, is] = [before && cellsOf(before), after && cellsOf(after)];
  const fields = COLUMNS.map((field) => ({ field, before: was?.[field] ?? null, after: is?.[field] ?? null })).filter(
    (it) => it.before !== it.after && (it.before || it.after),
  );
  if (fields.length === 0) return undefined;
  return { code, change: was ? (is ? 'changed' : 'removed') : 'added', fields };
}
