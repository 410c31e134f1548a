import { entityTag } from './entity-tag.rules.ts';
import { listBundle } from './list-bundle.ts';
import type { TextPieces } from './text-pieces.ts';

/** One version in a history. */
export interface HistoryEntry {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly recordedAt: Date;
  /** The text as it is to be shown; `null`: this version is the deletion. */
  readonly text: string | null;
}

export interface History {
  /** Left out where nobody has counted so far. */
  readonly total: number | undefined;
  readonly links: readonly { readonly relation: 'self' | 'first' | 'next'; readonly url: string }[];
  readonly entries: readonly HistoryEntry[];
}

/**
 * A page of a history as JSON text (R4, 3.1.0.13): each entry with the request that made the version and how it was answered; a deletion
 * has no resource. A change is told as the PUT it amounts to, whether it came as one or as a patch. The texts are not parsed.
 */
export function historyBundle(base: string, { total, links, entries }: History): TextPieces {
  const list = entries.map(({ type, id, version, recordedAt, text }) => {
    const [method, status] = text === null ? ['DELETE', '204'] : version === 1 ? ['POST', '201'] : ['PUT', '200'];
    const url = method === 'POST' ? type : `${type}/${id}`;
    const response = { status, etag: entityTag(version), lastModified: recordedAt.toISOString() };
    const resource = text === null ? [] : ['"resource":', text, ','];
    const done = `"request":{"method":"${method}","url":"${url}"},"response":${JSON.stringify(response)}}`;
    return [`{"fullUrl":"${base}/${type}/${id}",`, ...resource, done];
  });
  return listBundle('history', { total, links }, list);
}
