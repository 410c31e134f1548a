import type { FastifyReply } from 'fastify';
import { entityTag } from '../fhir/entity-tag.rules.ts';
import { encodeId, type ResourceKey } from './resource-id.ts';

interface Version {
  readonly type: string;
  readonly key: ResourceKey;
  readonly version: number;
  readonly lastModified: Date;
}

/** `Type/id/_history/version`. */
export const versionedReference = (it: Version): string => `${it.type}/${encodeId(it.key)}/_history/${it.version}`;

/** ETag and Last-Modified of a version (R4, 3.1.0.5), and its Location where it was just written. */
export function setVersionHeaders(reply: FastifyReply, version: Version, base?: string): FastifyReply {
  reply.header('etag', entityTag(version.version)).header('last-modified', version.lastModified.toUTCString());
  return base === undefined ? reply : reply.header('location', `${base}/${versionedReference(version)}`);
}
