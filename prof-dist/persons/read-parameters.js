import { Failure } from '../failure.js';
import { parseExactJson } from '../fhir/exact-json.js';
/** What describes one person is small, and all of it stands in the access log. */
export const BODY_LIMIT_BYTES = 64 * 1024;
/** The body of an operation: a Parameters resource. Throws `malformed`. */
export function readParameters(text) {
    const document = parseExactJson(text, 'Parameters');
    if (document.value['resourceType'] === 'Parameters')
        return document;
    throw new Failure('malformed', {
        path: 'Parameters.resourceType',
        en: 'must be Parameters',
        zh: '应为 Parameters',
    });
}
