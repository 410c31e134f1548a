const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const NO_MEMBERS = new Map();
const NO_ELEMENTS = [];
/**
 * Where the objects and arrays of a parsed document stand in its text. The parser says where each begins and ends; where its members stand is
 * read from the text when somebody asks, since few are ever asked about.
 */
export class SourceSpans {
    text;
    places = new Map();
    known = new Map();
    /** Start and end of each, one after the other. */
    bounds = [];
    /** `text` is JSON; nothing of it is checked again. */
    constructor(text) {
        this.text = text;
    }
    /** How many have begun. */
    get size() {
        return this.places.size;
    }
    /** An object or array begins; answers the place under which it ends. */
    begin(holder, start) {
        const place = this.bounds.push(start, start) - 1;
        this.places.set(holder, place);
        return place;
    }
    end(place, end) {
        this.bounds[place] = end;
    }
    /** The span of an object or array of the document; `undefined` for any other. Its members are read once. */
    get(holder) {
        const known = this.known.get(holder);
        if (known)
            return known;
        const bounds = this.boundsOf(holder);
        if (!bounds)
            return undefined;
        const span = Array.isArray(holder)
            ? { ...bounds, members: NO_MEMBERS, elements: this.elementsOf(holder, bounds.start) }
            : { ...bounds, members: this.membersUpTo(undefined, holder, bounds.start), elements: NO_ELEMENTS };
        this.known.set(holder, span);
        return span;
    }
    /** Where an object or array begins and ends, without its members. */
    boundsOf(holder) {
        const place = this.places.get(holder);
        return place === undefined ? undefined : { start: this.bounds[place - 1], end: this.bounds[place] };
    }
    /** Where one member of an object stands. What comes behind it is not read. */
    memberOf(holder, name) {
        const bounds = this.boundsOf(holder);
        return bounds && this.membersUpTo(name, holder, bounds.start).get(name);
    }
    /** All members of an object up to the one of the name, or all of them. */
    membersUpTo(last, object, start) {
        const members = new Map();
        let at = start;
        do {
            const key = this.afterSpace(at + 1);
            const afterKey = this.afterString(key);
            const name = this.nameBetween(key, afterKey);
            const colon = this.afterSpace(afterKey);
            const value = this.afterSpace(colon + 1);
            const end = this.afterValue(object[name], value);
            members.set(name, { key, start: value, end });
            if (name === last)
                break;
            at = this.afterSpace(end);
        } while (this.text.charCodeAt(at) === COMMA);
        return members;
    }
    elementsOf(array, start) {
        let at = start;
        return array.map((it) => {
            const first = this.afterSpace(at + 1);
            const end = this.afterValue(it, first);
            at = this.afterSpace(end);
            return { start: first, end };
        });
    }
    nameBetween(start, end) {
        const name = this.text.slice(start + 1, end - 1);
        return name.includes('\\') ? JSON.parse(`"${name}"`) : name;
    }
    afterValue(value, start) {
        if (this.text.charCodeAt(start) === QUOTE)
            return this.afterString(start);
        if (typeof value === 'object' && value !== null)
            return this.bounds[this.places.get(value)];
        LITERAL.lastIndex = start;
        LITERAL.test(this.text);
        return LITERAL.lastIndex;
    }
    afterString(start) {
        let at = start + 1;
        for (let code = this.text.charCodeAt(at); code !== QUOTE; code = this.text.charCodeAt(at))
            at += code === BACKSLASH ? 2 : 1;
        return at + 1;
    }
    afterSpace(start) {
        let at = start;
        while (this.text.charCodeAt(at) <= 0x20)
            at++;
        return at;
    }
}
/** A number, true, false or null. */
const LITERAL = /[\w.+-]+/y;
