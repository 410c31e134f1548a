import { isObject } from './element.ts';
import type { ExactDocument, Json } from './exact-json.ts';
import type { ElementSpan } from './source-spans.ts';

/** A piece of source text to be replaced; `start === end` inserts. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A resource inside its source text, with the few words that the server changes: id, meta and references. Everything else leaves as it
 * came in, byte for byte.
 */
export class Rewriting {
  private readonly document: ExactDocument;
  private readonly resource: Json;
  private readonly edits: Edit[] = [];

  constructor(document: ExactDocument, resource: Json) {
    this.document = document;
    this.resource = resource;
  }

  /** Replaces a string value; `holder` is the object or array it stands in. */
  replaceString(holder: object, nameOrIndex: string | number, value: string): void {
    const { spans } = this.document;
    const place = typeof nameOrIndex === 'number' ? spans.get(holder)?.elements[nameOrIndex] : spans.memberOf(holder, nameOrIndex);
    if (!place) throw new Error(`nothing stands at ${nameOrIndex}`);
    this.edits.push({ start: place.start, end: place.end, text: JSON.stringify(value) });
  }

  /** Sets `id`, `meta.versionId` and `meta.lastUpdated`, an instant; the rest of `meta` stays. */
  identify(id: string, version: number, lastUpdated: string): void {
    const first = this.document.spans.memberOf(this.resource, 'resourceType');
    if (!first) throw new Error('a resource without its type');
    let added = '';

    if (this.resource['id'] !== undefined) this.replaceString(this.resource, 'id', id);
    else added += `,"id":"${id}"`;

    const meta = this.resource['meta'];
    if (isObject(meta)) this.stamp(meta, { versionId: String(version), lastUpdated });
    else added += `,"meta":{"versionId":"${version}","lastUpdated":"${lastUpdated}"}`;

    if (added) this.edits.push({ start: first.end, end: first.end, text: added });
  }

  private stamp(meta: Json, stamp: Readonly<Record<string, string>>): void {
    let missing = '';
    for (const [name, value] of Object.entries(stamp)) {
      if (meta[name] === undefined) missing += `"${name}":"${value}",`;
      else this.replaceString(meta, name, value);
    }
    const { start } = boundsIn(this.document, meta);
    if (missing) this.edits.push({ start: start + 1, end: start + 1, text: missing });
  }

  /** The resource's text with every edit done. */
  text(): string {
    const source = this.document.text;
    const { start, end } = boundsIn(this.document, this.resource);
    let text = '';
    let at = start;
    for (const edit of this.edits.toSorted((a, b) => a.start - b.start)) {
      text += source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return text + source.slice(at, end);
  }
}

function boundsIn(document: ExactDocument, holder: object): ElementSpan {
  const bounds = document.spans.boundsOf(holder);
  if (!bounds) throw new Error('not a part of this document');
  return bounds;
}
