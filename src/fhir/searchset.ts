/** A resource of a searchset, its text as it is stored. */
export interface SearchsetEntry {
  /** `Type/id`. */
  readonly reference: string;
  readonly text: string;
  readonly mode: 'match' | 'include';
}

/** One page of an answer to a search (R4, 3.1.1.5). */
export interface Searchset {
  /** What was searched, without its parameters. */
  readonly address: string;
  /** The parameters that were used, for the `self` link. */
  readonly used: readonly (readonly [name: string, value: string])[];
  /** Value of `_after` that leads on, where there is more. */
  readonly next: string | undefined;
  readonly entries: readonly SearchsetEntry[];
}

/** The page as JSON text: links first, then the resources as they were published, which are not parsed for it. */
export function searchset(base: string, { address, used, next, entries }: Searchset): string {
  const parameters = used.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const at = (all: readonly string[]) => [address, all.join('&')].filter(Boolean).join('?');
  const link = [
    { relation: 'self', url: at(parameters) },
    ...(next === undefined ? [] : [{ relation: 'next', url: at([...parameters, `_after=${next}`]) }]),
  ];
  const list = entries.map(
    ({ reference, text, mode }) => `{"fullUrl":"${base}/${reference}","resource":${text},"search":{"mode":"${mode}"}}`,
  );
  const entry = list.length > 0 ? `,"entry":[${list.join(',')}]` : '';
  return `{"resourceType":"Bundle","type":"searchset","link":${JSON.stringify(link)}${entry}}`;
}
