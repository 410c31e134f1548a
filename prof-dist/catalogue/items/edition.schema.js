import { Type } from 'typebox';
import { EDITION_NAME, EDITION_NAME_MAX } from './edition.rules.js';
/** The name of an edition in an address. */
export const EditionName = Type.String({
    minLength: 1,
    maxLength: EDITION_NAME_MAX,
    pattern: EDITION_NAME.source,
    description: 'Name of an edition: letters and digits, parted by hyphens or dots.',
    examples: ['tongjian-222'],
});
export const EditionSummary = Type.Object({
    edition: Type.String({ examples: ['tongjian-222'] }),
    revision: Type.Integer({ description: 'How often it was loaded before its day began; the newest one counts.', examples: [1] }),
    title: Type.String(),
    effectiveFrom: Type.String({ description: 'First day, Beijing time.', examples: ['2025-09-01'] }),
    loadedAt: Type.String({ format: 'date-time' }),
    items: Type.Integer({ description: 'How many items it has.', examples: [222] }),
});
/** An edition as answers show it. */
export function shownEdition(edition) {
    const { edition: name, revision, title, effectiveFrom, loadedAt, items } = edition;
    return { edition: name, revision, title, effectiveFrom, loadedAt: loadedAt.toISOString(), items };
}
