import { entityTag } from '../fhir/entity-tag.rules.js';
import { encodeId } from './resource-id.js';
/** `Type/id/_history/version`. */
export const versionedReference = (it) => `${it.type}/${encodeId(it.key)}/_history/${it.version}`;
/** ETag and Last-Modified of a version (R4, 3.1.0.5), and its Location where it was just written. */
export function setVersionHeaders(reply, version, base) {
    reply.header('etag', entityTag(version.version)).header('last-modified', version.lastModified.toUTCString());
    return base === undefined ? reply : reply.header('location', `${base}/${versionedReference(version)}`);
}
