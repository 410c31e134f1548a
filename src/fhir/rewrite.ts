import type { ExactDocument, Json } from './exact-json.ts';
import type { Span } from './source-spans.ts';

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
  private readonly span: Span;
  private readonly edits: Edit[] = [];

  constructor(document: ExactDocument, resource: Json) {
    this.document = document;
    this.span = spanOf(document, resource);
  }

  /** Replaces a string value; `holder` is the object or array it stands in. */
  replaceString(holder: object, nameOrIndex: string | number, value: string): void {
    const span = spanOf(this.document, holder);
    const place = typeof nameOrIndex === 'number' ? span.elements[nameOrIndex] : span.members.get(nameOrIndex);
    if (!place) throw new Error(`nothing stands at ${nameOrIndex}`);
    this.edits.push({ start: place.start, end: place.end, text: JSON.stringify(value) });
  }

  /** Sets `id`, `meta.versionId` and `meta.lastUpdated`; the rest of `meta` stays. */
  identify(resource: Json, id: string, version: number, lastUpdated: Date): void {
    const first = this.span.members.get('resourceType');
    if (!first) throw new Error('a resource without its type');
    let added = '';

    if (this.span.members.has('id')) this.replaceString(resource, 'id', id);
    else added += `,"id":"${id}"`;

    const stamp: Record<string, string> = { versionId: String(version), lastUpdated: lastUpdated.toISOString() };
    const meta = resource['meta'];
    if (meta !== undefined && typeof meta === 'object' && !Array.isArray(meta)) {
      const span = spanOf(this.document, meta as Json);
      const missing = Object.entries(stamp).filter(([name, value]) => {
        const present = span.members.has(name);
        if (present) this.replaceString(meta as Json, name, value);
        return !present;
      });
      const text = missing.map(([name, value]) => `"${name}":"${value}",`).join('');
      if (text) this.edits.push({ start: span.start + 1, end: span.start + 1, text });
    } else added += `,"meta":${JSON.stringify(stamp)}`;

    if (added) this.edits.push({ start: first.end, end: first.end, text: added });
  }

  /** The resource's text with every edit done. */
  text(): string {
    const source = this.document.text;
    let text = '';
    let at = this.span.start;
    for (const edit of this.edits.toSorted((a, b) => a.start - b.start)) {
      text += source.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return text + source.slice(at, this.span.end);
  }
}

function spanOf(document: ExactDocument, holder: object): Span {
  const span = document.spans.get(holder);
  if (!span) throw new Error('not a part of this document');
  return span;
}
