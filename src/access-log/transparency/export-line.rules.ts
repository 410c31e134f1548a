import type { AccessEntry } from '../access-entry.schema.ts';
import { decodeAccessId } from '../access-entry-id.ts';

/** An entry with its place in the tree and what it is salted with; neither where it had no place yet. */
export type ExportedEntry = AccessEntry & { readonly leaf?: { readonly index: number; readonly salt: string } };

/** What the last line of an export says of the lines before it. */
export interface ExportEnd {
  readonly entries: number;
  /** Over all bytes before the line, in hexadecimal digits. */
  readonly sha256: string;
  /** Everything that was committed at this moment stands before it. UTC. */
  readonly until: string;
}

/** One line of an export. */
export type ExportLine = { readonly kind: 'entry'; readonly entry: ExportedEntry } | { readonly kind: 'end'; readonly end: ExportEnd };

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  // Of the entry itself.
  '': [
    'id',
    'recordedAt',
    'action',
    'interaction',
    'outcome',
    'failure',
    'person',
    'institution',
    'client',
    'practitioner',
    'purpose',
    'reason',
    'reviewDue',
    'review',
    'entities',
    'consents',
    'query',
    'requestId',
    'address',
    'leaf',
  ],
  institution: ['uscc', 'name'],
  practitioner: ['system', 'value', 'name'],
  leaf: ['index', 'salt'],
};
const SALT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reads a line with its end; `undefined` where it is not one that the exchange writes. A member beside those of an entry would be covered by no
 * hash, and so would one written twice; both are refused.
 */
export function readExportLine(text: string): ExportLine | undefined {
  const json = parsed(text.endsWith('\n') ? text.slice(0, -1) : '');
  if (!isObject(json)) return undefined;
  const end = readEnd(json);
  if (end) return { kind: 'end', end };
  return isEntry(json) ? { kind: 'entry', entry: json } : undefined;
}

function readEnd(json: Readonly<Record<string, unknown>>): ExportEnd | undefined {
  if (!isObject(json['end'])) return undefined;
  const { entries, sha256, until } = json['end'];
  const isEnd = isPlace(entries) && typeof sha256 === 'string' && typeof until === 'string' && !Number.isNaN(Date.parse(until));
  return isEnd ? { entries, sha256, until } : undefined;
}

function isEntry(json: Readonly<Record<string, unknown>>): json is ExportedEntry {
  const { id, leaf, recordedAt, entities } = json;
  const hasStrangers = Object.entries(MEMBERS).some(([name, members]) => {
    const part = name === '' ? json : json[name];
    return part !== undefined && (!isObject(part) || Object.keys(part).some((it) => !members.includes(it)));
  });
  if (hasStrangers || typeof id !== 'string' || !decodeAccessId(id) || typeof recordedAt !== 'string' || !Array.isArray(entities))
    return false;
  return leaf === undefined || (isObject(leaf) && isPlace(leaf['index']) && typeof leaf['salt'] === 'string' && SALT.test(leaf['salt']));
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return JSON.stringify(json) === text ? json : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
