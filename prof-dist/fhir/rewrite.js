import { isObject } from './element.js';
/**
 * A resource inside its source text, with the few words that the server changes: id, meta and references. Everything else leaves as it
 * came in, byte for byte.
 */
export class Rewriting {
    document;
    resource;
    edits = [];
    constructor(document, resource) {
        this.document = document;
        this.resource = resource;
    }
    /** Replaces a string value; `holder` is the object or array it stands in. */
    replaceString(holder, nameOrIndex, value) {
        const { spans } = this.document;
        const place = typeof nameOrIndex === 'number' ? spans.get(holder)?.elements[nameOrIndex] : spans.memberOf(holder, nameOrIndex);
        if (!place)
            throw new Error(`nothing stands at ${nameOrIndex}`);
        this.edits.push({ start: place.start, end: place.end, text: JSON.stringify(value) });
    }
    /** Sets `id`, `meta.versionId` and `meta.lastUpdated`, an instant; the rest of `meta` stays. */
    identify(id, version, lastUpdated) {
        const first = this.document.spans.memberOf(this.resource, 'resourceType');
        if (!first)
            throw new Error('a resource without its type');
        let added = '';
        if (this.resource['id'] !== undefined)
            this.replaceString(this.resource, 'id', id);
        else
            added += `,"id":"${id}"`;
        const meta = this.resource['meta'];
        if (isObject(meta))
            this.stamp(meta, { versionId: String(version), lastUpdated });
        else
            added += `,"meta":{"versionId":"${version}","lastUpdated":"${lastUpdated}"}`;
        if (added)
            this.edits.push({ start: first.end, end: first.end, text: added });
    }
    stamp(meta, stamp) {
        let missing = '';
        for (const [name, value] of Object.entries(stamp)) {
            if (meta[name] === undefined)
                missing += `"${name}":"${value}",`;
            else
                this.replaceString(meta, name, value);
        }
        const { start } = boundsIn(this.document, meta);
        if (missing)
            this.edits.push({ start: start + 1, end: start + 1, text: missing });
    }
    /** The resource's text with every edit done. */
    text() {
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
function boundsIn(document, holder) {
    const bounds = document.spans.boundsOf(holder);
    if (!bounds)
        throw new Error('not a part of this document');
    return bounds;
}
