import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { readExportLine } from './export-line.rules.js';
/** Lines handed on at once. */
const BATCH = 1_000;
/** No entry is longer; a file without line ends is not read into memory. */
const LINE_MAX = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
/**
 * The entries of a streamed export (`GET /v1/access-log?leaves=true` as NDJSON): the latest first, a line each, and the line that ends it. Read
 * line by line, however long it is.
 *
 * An export that broke off and was taken up again is several files, in their order; all but the last may break off anywhere.
 */
export function exportEntries(files) {
    const ends = [];
    return {
        name: files.map((it) => basename(it)).join(' + '),
        isWhole: false,
        until: () => (files.length === 1 && ends[0] ? new Date(ends[0].until) : undefined),
        entries: async function* (fault) {
            const order = new Order(fault);
            for (const [number, file] of files.entries()) {
                const end = yield* entriesOf(file, number === files.length - 1, order, fault);
                if (end)
                    ends.push(end);
            }
        },
    };
}
/** The entries of one file; returns what its last line says. */
async function* entriesOf(file, isLast, order, fault) {
    const hash = createHash('sha256');
    let batch = [];
    let count = 0;
    let end;
    for await (const { number, bytes } of linesOf(file)) {
        const where = `${basename(file)}:${number}`;
        const line = readExportLine(bytes.toString('utf8'));
        if (line?.kind === 'end' && !end) {
            end = line.end;
            if (end.entries !== count || end.sha256 !== hash.digest('hex'))
                fault({ kind: 'checksum-wrong', where });
            continue;
        }
        if (line?.kind === 'entry') {
            const { leaf, ...entry } = line.entry;
            order.take(entry, leaf !== undefined, where);
            batch.push({ entry, leaf: leaf?.index, salt: leaf?.salt, isWaiting: leaf === undefined, where });
        }
        else if (isLast || bytes.at(-1) === NEWLINE) {
            fault({ kind: 'unreadable', where });
        }
        if (end)
            fault({ kind: 'checksum-wrong', where });
        else
            hash.update(bytes);
        count += 1;
        if (batch.length < BATCH)
            continue;
        yield batch;
        batch = [];
    }
    if (!end && isLast)
        fault({ kind: 'truncated', where: basename(file) });
    yield batch;
    return end;
}
/** An id begins with its moment, so ids fall from line to line. */
class Order {
    #fault;
    #before;
    constructor(fault) {
        this.#fault = fault;
    }
    /** An entry that is there twice is seen by its place, where both have one. */
    take({ id }, hasPlace, where) {
        const before = this.#before;
        if (before && id > before.id)
            this.#fault({ kind: 'reordered', where, entry: id });
        if (id === before?.id && !(hasPlace && before.hasPlace))
            this.#fault({ kind: 'doubled', where, entry: id });
        this.#before = { id, hasPlace };
    }
}
async function* linesOf(file) {
    let rest = Buffer.alloc(0);
    let number = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
        let bytes = Buffer.concat([rest, chunk]);
        for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
            number += 1;
            yield { number, bytes: bytes.subarray(0, end + 1) };
            bytes = bytes.subarray(end + 1);
        }
        if (bytes.length > LINE_MAX)
            throw new UnreadableExport(`${file}:${number + 1} is longer than any line of an export`);
        rest = Buffer.from(bytes);
    }
    if (rest.length > 0)
        yield { number: number + 1, bytes: rest };
}
/** The file is no export at all. */
export class UnreadableExport extends Error {
    name = 'UnreadableExport';
}
