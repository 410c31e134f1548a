import { unversioned } from './publish-reports.js';
/**
 * Whether a resource came back as it was sent, byte for byte, but for what an exchange must change: id and meta are added, and `urn:uuid`
 * and conditional references now say which resource they became.
 */
export function cameBackExactly(published, fullUrl, returned) {
    const sent = published.publication.entries.find((it) => it.fullUrl === fullUrl);
    if (!sent)
        return false;
    const expected = withPlaces(sent.text).replace(/urn:uuid:[0-9a-f-]{36}/g, (name) => unversioned(published.references.get(name) ?? name));
    return withPlaces(withoutStamp(returned)) === expected;
}
/** An institution's Organization is named by its credit code when sent and by its id when read: both are written the same way here. */
function withPlaces(text) {
    return text.replace(/"reference":"Organization[?/][^"]*"/g, '"reference":"Organization"');
}
function withoutStamp(text) {
    return text.replace(/,"id":"[^"]*"/, '').replace(/,"meta":\{[^{}]*\}/, '');
}
