import { parted, type TextPieces } from './text-pieces.ts';

/** What a Bundle that lists something says beside its entries. */
export interface ListHead {
  /** Of all pages; left out where it is not told. */
  readonly total: number | undefined;
  readonly links: readonly { readonly relation: string; readonly url: string }[];
}

/** A page of a list as JSON text: how many there are, links, then the entries, which are not parsed for it (R4, Bundle). */
export function listBundle(type: 'searchset' | 'history', { total, links }: ListHead, entries: readonly TextPieces[]): TextPieces {
  const counted = total === undefined ? '' : `,"total":${total}`;
  const head = `{"resourceType":"Bundle","type":"${type}"${counted},"link":${JSON.stringify(links)}`;
  return entries.length === 0 ? [head, '}'] : [head, ',"entry":[', ...parted(entries), ']}'];
}
