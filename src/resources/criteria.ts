import type { Identifier } from '../fhir/element.ts';
import { readIdentifierCriteria } from '../fhir/reference.ts';

/** A search that a request, or one of its references, is conditional on (R4, 3.1.0.5.1 and following). */
export interface Criteria {
  readonly type: string;
  /** The query, without its question mark. */
  readonly text: string;
  /** What is asked for where the query is `identifier=system|value` alone, as it nearly always is: all of these take one statement. */
  readonly identifier: Identifier | undefined;
  /** Where the query stands in the request. */
  readonly path: string;
}

/** Parameters that say how an answer looks, and nothing about what is meant. */
const MANNERS = /^(_format|_pretty|_summary|_elements)=/;

/** A query as criteria; what stands before its question mark (an address, a type) is left out. */
export function criteriaOf(type: string, query: string, path: string): Criteria {
  const text = query
    .replace(/^[^=?]*\?/, '')
    .split('&')
    .filter((it) => it !== '' && !MANNERS.test(it))
    .join('&');
  return { type, text, identifier: readIdentifierCriteria(text), path };
}

/** How criteria are called in messages, and told apart. */
export const nameOf = ({ type, text }: Criteria): string => `${type}?${text}`;
