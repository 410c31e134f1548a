/**
 * The same text apart from the document that it was cut from. What is kept beyond a request is kept so: a piece of a text keeps all of that
 * text in memory.
 */
export function ownText(text) {
    return Buffer.from(text, 'utf8').toString('utf8');
}
/** What is longer is kept by nobody for the next request: few texts that come again and again are. */
export const KEPT_CHARACTERS_MAX = 300;
