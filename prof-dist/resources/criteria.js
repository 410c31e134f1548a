import { readIdentifierCriteria } from '../fhir/reference.js';
/** Parameters that say how an answer looks, and nothing about what is meant. */
const MANNERS = /^(_format|_pretty|_summary|_elements)=/;
/** A query as criteria; what stands before its question mark (an address, a type) is left out. */
export function criteriaOf(type, query, path) {
    const text = query
        .replace(/^[^=?]*\?/, '')
        .split('&')
        .filter((it) => it !== '' && !MANNERS.test(it))
        .join('&');
    return { type, text, identifier: readIdentifierCriteria(text), path };
}
/** How criteria are called in messages, and told apart. */
export const nameOf = ({ type, text }) => `${type}?${text}`;
