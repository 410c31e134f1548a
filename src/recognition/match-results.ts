import { type CatalogueItem, codesOfItem } from '../catalogue/items/find-items.ts';
import type { MappedCode } from '../catalogue/mappings/find-mappings.ts';
import { codingsOf, textOf } from '../fhir/element.ts';
import type { NewestResult } from '../reports/find-newest-results.ts';
import type { Result } from '../reports/find-results.ts';

/** A code by which a result says what it is a result of: the catalogue's, or one of its institution's own. */
export interface ItemCode {
  readonly code: string;
  /** `undefined`: whoever uses it. */
  readonly institution: number | undefined;
  readonly item: string;
}

export function itemsByCode(items: readonly CatalogueItem[], mapped: readonly MappedCode[]): readonly ItemCode[] {
  return [...items.flatMap((it) => codesOfItem(it).map((code) => ({ code, institution: undefined, item: it.code }))), ...mapped];
}

/** The results of each item. A local code means what its own institution says; that of another one may mean something else. */
export function matchItems(results: readonly Result[], codes: readonly ItemCode[]): ReadonlyMap<string, readonly Result[]> {
  const meanings = meaningsOf(codes);
  const found = new Map<string, Result[]>();
  for (const result of results) {
    const said = codingsOf(result.content['code']).map((it) => `${textOf(it['system'])}|${textOf(it['code'])}`);
    const items = said.flatMap((code) => itemsMeant(meanings, code, result.institution));
    for (const item of new Set(items)) add(found, item, result);
  }
  return new Map([...found].map(([item, list]) => [item, withoutPanels(list)]));
}

/** The newest results of each item, by the code that each was found by. */
export function matchNewest(newest: readonly NewestResult[], codes: readonly ItemCode[]): ReadonlyMap<string, readonly NewestResult[]> {
  const meanings = meaningsOf(codes);
  const found = new Map<string, NewestResult[]>();
  for (const it of newest) for (const item of itemsMeant(meanings, it.code, it.result.institution)) add(found, item, it);
  return found;
}

function meaningsOf(codes: readonly ItemCode[]): ReadonlyMap<string, readonly ItemCode[]> {
  const meanings = new Map<string, ItemCode[]>();
  for (const it of codes) add(meanings, it.code, it);
  return meanings;
}

function itemsMeant(meanings: ReadonlyMap<string, readonly ItemCode[]>, code: string, institution: number): readonly string[] {
  const meant = meanings.get(code) ?? [];
  return meant.filter((it) => it.institution === undefined || it.institution === institution).map((it) => it.item);
}

/** A report coded like its own measurement is that measurement, not a second result. */
function withoutPanels(results: readonly Result[]): readonly Result[] {
  const isReport = ({ reference, report }: Result) => reference === report.reference;
  const measured = new Set(results.filter((it) => !isReport(it)).map((it) => it.report.reference));
  return results.filter((it) => !isReport(it) || !measured.has(it.reference));
}

function add<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
