/** Where an object or array stands in the source text, and each of its members or elements. */
export interface Span {
  readonly start: number;
  /** One past the closing bracket. */
  readonly end: number;
  /** Offsets of an object's members: the key's quote, the value's first character, one past its last. Empty for an array. */
  readonly members: ReadonlyMap<string, MemberSpan>;
  /** Offsets of an array's elements; empty for an object. */
  readonly elements: readonly ElementSpan[];
}

export interface ElementSpan {
  readonly start: number;
  readonly end: number;
}

export interface MemberSpan extends ElementSpan {
  readonly key: number;
}

type ObjectOfDocument = Readonly<Record<string, unknown>>;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const NO_MEMBERS: Span['members'] = new Map();
const NO_ELEMENTS: Span['elements'] = [];

/**
 * Where the objects and arrays of a parsed document stand in its text. The parser says where each begins and ends; where its members stand is
 * read from the text when somebody asks, since few are ever asked about.
 */
export class SourceSpans {
  private readonly text: string;
  private readonly places = new Map<object, number>();
  private readonly known = new Map<object, Span>();
  /** Start and end of each, one after the other. */
  private readonly bounds: number[] = [];

  /** `text` is JSON; nothing of it is checked again. */
  constructor(text: string) {
    this.text = text;
  }

  /** How many have begun. */
  get size(): number {
    return this.places.size;
  }

  /** An object or array begins; answers the place under which it ends. */
  begin(holder: object, start: number): number {
    const place = this.bounds.push(start, start) - 1;
    this.places.set(holder, place);
    return place;
  }

  end(place: number, end: number): void {
    this.bounds[place] = end;
  }

  /** The span of an object or array of the document; `undefined` for any other. Its members are read once. */
  get(holder: object): Span | undefined {
    const known = this.known.get(holder);
    if (known) return known;
    const bounds = this.boundsOf(holder);
    if (!bounds) return undefined;
    const span: Span = Array.isArray(holder)
      ? { ...bounds, members: NO_MEMBERS, elements: this.elementsOf(holder as readonly unknown[], bounds.start) }
      : { ...bounds, members: this.membersUpTo(undefined, holder as ObjectOfDocument, bounds.start), elements: NO_ELEMENTS };
    this.known.set(holder, span);
    return span;
  }

  /** Where an object or array begins and ends, without its members. */
  boundsOf(holder: object): ElementSpan | undefined {
    const place = this.places.get(holder);
    return place === undefined ? undefined : { start: this.bounds[place - 1] as number, end: this.bounds[place] as number };
  }

  /** Where one member of an object stands. What comes behind it is not read. */
  memberOf(holder: object, name: string): MemberSpan | undefined {
    const bounds = this.boundsOf(holder);
    return bounds && this.membersUpTo(name, holder as ObjectOfDocument, bounds.start).get(name);
  }

  /** All members of an object up to the one of the name, or all of them. */
  private membersUpTo(last: string | undefined, object: ObjectOfDocument, start: number): ReadonlyMap<string, MemberSpan> {
    const members = new Map<string, MemberSpan>();
    let at = start;
    do {
      const key = this.afterSpace(at + 1);
      const afterKey = this.afterString(key);
      const name = this.nameBetween(key, afterKey);
      const colon = this.afterSpace(afterKey);
      const value = this.afterSpace(colon + 1);
      const end = this.afterValue(object[name], value);
      members.set(name, { key, start: value, end });
      if (name === last) break;
      at = this.afterSpace(end);
    } while (this.text.charCodeAt(at) === COMMA);
    return members;
  }

  private elementsOf(array: readonly unknown[], start: number): readonly ElementSpan[] {
    let at = start;
    return array.map((it) => {
      const first = this.afterSpace(at + 1);
      const end = this.afterValue(it, first);
      at = this.afterSpace(end);
      return { start: first, end };
    });
  }

  private nameBetween(start: number, end: number): string {
    const name = this.text.slice(start + 1, end - 1);
    return name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name;
  }

  private afterValue(value: unknown, start: number): number {
    if (this.text.charCodeAt(start) === QUOTE) return this.afterString(start);
    if (typeof value === 'object' && value !== null) return this.bounds[this.places.get(value) as number] as number;
    LITERAL.lastIndex = start;
    LITERAL.test(this.text);
    return LITERAL.lastIndex;
  }

  private afterString(start: number): number {
    let at = start + 1;
    for (let code = this.text.charCodeAt(at); code !== QUOTE; code = this.text.charCodeAt(at)) at += code === BACKSLASH ? 2 : 1;
    return at + 1;
  }

  private afterSpace(start: number): number {
    let at = start;
    while (this.text.charCodeAt(at) <= 0x20) at++;
    return at;
  }
}

/** A number, true, false or null. */
const LITERAL = /[\w.+-]+/y;
