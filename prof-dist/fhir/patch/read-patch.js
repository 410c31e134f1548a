import { parseExactJson } from '../exact-json.js';
import { readJsonPatch } from './json-patch.js';
import { malformedPatch } from './patch-failure.js';
import { readFhirPathPatch } from './read-fhirpath-patch.js';
const JSON_PATCH = 'application/json-patch+json';
/**
 * Reads the body of a PATCH: a JSON Patch (RFC 6902) by its media type, else a FHIRPath Patch, which is a Parameters resource
 * (https://hl7.org/fhir/R4/fhirpatch.html). Throws `malformed` with the place.
 */
export function readPatch(text, mediaType) {
    if (mediaType?.split(';')[0]?.trim().toLowerCase() === JSON_PATCH) {
        return { kind: 'json', path: 'Patch', operations: readJsonPatch(text, 'Patch') };
    }
    const { value } = parseExactJson(text, 'Parameters');
    return readParameters(value, text, 'Parameters');
}
/** The patch of a Bundle entry: a Binary that holds a JSON Patch, or a Parameters (R4, 3.1.0.11). */
export function readPatchResource(document, resource, path) {
    if (resource['resourceType'] === 'Binary') {
        const { contentType, data } = resource;
        if (contentType !== JSON_PATCH)
            throw malformedPatch(`${path}.contentType`, `must be ${JSON_PATCH}`, `必须为 ${JSON_PATCH}`);
        if (typeof data !== 'string')
            throw malformedPatch(`${path}.data`, 'is missing', '缺失');
        const text = Buffer.from(data, 'base64').toString('utf8');
        return { kind: 'json', path: `${path}.data`, operations: readJsonPatch(text, `${path}.data`) };
    }
    const span = document.spans.get(resource);
    if (!span)
        throw new Error('not a part of this document');
    return readParameters(resource, document.text.slice(span.start, span.end), path);
}
function readParameters(resource, text, path) {
    if (resource['resourceType'] !== 'Parameters') {
        throw malformedPatch(path, `a patch is a Parameters resource, or ${JSON_PATCH}`, `补丁应为 Parameters 资源（FHIRPath Patch）或 ${JSON_PATCH}`);
    }
    return { kind: 'fhirpath', path, operations: readFhirPathPatch(text, path) };
}
