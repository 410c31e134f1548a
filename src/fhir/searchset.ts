import { listBundle } from './list-bundle.ts';
import type { TextPieces } from './text-pieces.ts';

/** A resource of a searchset, its text as it is stored. */
export interface SearchsetEntry {
  /** `Type/id`; none for what is no stored resource, as an outcome is not. */
  readonly reference: string | undefined;
  readonly text: string;
  readonly mode: 'match' | 'include' | 'outcome';
}

/** One page of an answer to a search (R4, 3.1.1.5). */
export interface Searchset {
  /** What was searched, without its parameters. */
  readonly address: string;
  /** The parameters that were used, for the `self` link. */
  readonly used: readonly (readonly [name: string, value: string])[];
  /** Value of `_after` that leads on, where there is more. */
  readonly next?: string | undefined;
  /** Sealed pages: the one that was asked for, and the one that follows. Such a link holds nothing but its token. */
  readonly page?: { readonly own: string | undefined; readonly next: string | undefined };
  /** Matches of all pages. */
  readonly total?: number | undefined;
  readonly entries: readonly SearchsetEntry[];
}

/** The page as JSON text: links first, then the resources as they were published, which are not parsed for it. */
export function searchset(base: string, { address, used, next, page, total, entries }: Searchset): TextPieces {
  const parameters = used.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const at = (all: readonly string[]) => [address, all.join('&')].filter(Boolean).join('?');
  const link = [{ relation: 'self', url: at([...parameters, ...(page?.own === undefined ? [] : [`_page=${page.own}`])]) }];
  if (next !== undefined) link.push({ relation: 'next', url: at([...parameters, `_after=${next}`]) });
  if (page?.next !== undefined) link.push({ relation: 'next', url: at([`_page=${page.next}`]) });
  if (page?.own !== undefined) link.push({ relation: 'first', url: at(parameters) });
  const list = entries.map(({ reference, text, mode }) => [
    `{${reference === undefined ? '' : `"fullUrl":"${base}/${reference}",`}"resource":`,
    text,
    `,"search":{"mode":"${mode}"}}`,
  ]);
  return listBundle('searchset', { total, links: link }, list);
}
