import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { AccessEntry } from '../access-entry.schema.ts';
import type { AuditedEntry, EntrySource, ExportFault } from './audit-sources.ts';
import { type ExportEnd, readExportLine } from './export-line.rules.ts';

/** Lines handed on at once. */
const BATCH = 1_000;
/** No entry is longer; a file without line ends is not read into memory. */
const LINE_MAX = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

interface Line {
  readonly number: number;
  /** With its end, as far as it has one. */
  readonly bytes: Buffer;
}

/**
 * The entries of a streamed export (`GET /v1/access-log?leaves=true` as NDJSON): the latest first, a line each, and the line that ends it. Read
 * line by line, however long it is.
 */
export function exportEntries(file: string): EntrySource {
  const name = basename(file);
  let end: ExportEnd | undefined;
  return {
    name,
    sizeThen: () => end?.size,
    entries: async function* (fault) {
      const hash = createHash('sha256');
      let [batch, count, before]: [AuditedEntry[], number, string | undefined] = [[], 0, undefined];
      for await (const { number, bytes } of linesOf(file)) {
        const where = `${name}:${number}`;
        const line = readExportLine(bytes.toString('utf8'));
        if (end || !line) {
          fault({ kind: 'unreadable', where });
        } else if (line.kind === 'end') {
          end = line.end;
          if (end.count !== count || end.sha256 !== hash.digest('hex')) fault({ kind: 'checksum-wrong', where });
          continue;
        } else {
          const { leaf, ...entry } = line.entry;
          const disorder = orderFault(before, entry, leaf !== undefined);
          if (disorder) fault({ kind: disorder, where, entry: entry.id });
          before = entry.id;
          batch.push({ entry, leaf: leaf?.index, salt: leaf?.salt, isWaiting: leaf === undefined, where });
        }
        if (!end) hash.update(bytes);
        count += 1;
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (!end) fault({ kind: 'truncated', where: name });
      yield batch;
    },
  };
}

/** What is wrong with the order: an id begins with its moment, so ids fall from line to line. An entry that is there twice is seen by its place. */
function orderFault(before: string | undefined, { id }: Pick<AccessEntry, 'id'>, hasPlace: boolean): ExportFault['kind'] | undefined {
  if (before === undefined || id < before) return undefined;
  if (id > before) return 'reordered';
  return hasPlace ? undefined : 'doubled';
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    let bytes = Buffer.concat([rest, chunk as Buffer]);
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
      number += 1;
      yield { number, bytes: bytes.subarray(0, end + 1) };
      bytes = bytes.subarray(end + 1);
    }
    if (bytes.length > LINE_MAX) throw new RangeError(`${file}:${number + 1} is longer than any line of an export`);
    rest = Buffer.from(bytes);
  }
  if (rest.length > 0) yield { number: number + 1, bytes: rest };
}
