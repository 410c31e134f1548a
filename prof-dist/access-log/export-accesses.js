import { createHash } from 'node:crypto';
import { decodeAccessId } from './access-entry-id.js';
import { boundExport, nextLines } from './access-export.queries.js';
import { placeOf } from './list-accesses.js';
/** Entries of the first batch; the following ones are as many as make the bytes below. */
const FIRST_BATCH = 500;
const BATCH_MAX = 10_000;
/** What a batch comes to. A pull holds two of them, and one on its way into the socket. */
const BATCH_BYTES = 1_048_576;
/**
 * Every entry the filter meets, the latest first, as texts of about a megabyte: memory stays the same however many there are. The next batch
 * is fetched while the former one is taken, never a second one, and no connection is held in between: whoever stops reading holds up nobody.
 *
 * What is written while it runs is not in it, also where the clock goes back meanwhile.
 */
export async function* exportAccesses(db, { filter, leaves, after, form }, now) {
    const hash = createHash('sha256');
    const hashed = (text) => {
        const bytes = Buffer.from(text, 'utf8');
        hash.update(bytes);
        return bytes;
    };
    const bound = await boundExport(db, now);
    if (form.head !== '')
        yield hashed(form.head);
    let entries = 0;
    for await (const batch of batchesOf(db, filter, leaves, after, bound)) {
        entries += batch.count;
        yield hashed(form.entries(batch.lines));
    }
    yield Buffer.from(form.end({ entries, sha256: hash.digest('hex'), until: now.toISOString() }), 'utf8');
}
async function* batchesOf(db, filter, leaves, from, bound) {
    const fetch = async (after, limit) => ({
        ...(await nextLines(db, filter, { after, limit, leaves, bound })),
        limit,
    });
    let batch = await fetch(from, FIRST_BATCH);
    while (batch.count === batch.limit) {
        const ahead = fetch(lastPlace(batch.lines), nextLimit(batch));
        // Whoever leaves the loop while it is under way leaves it to itself; its failure is met where it is awaited.
        ahead.catch(() => undefined);
        yield batch;
        batch = await ahead;
    }
    if (batch.count > 0)
        yield batch;
}
/** As many entries as come to a batch, if they are of the length of those before. */
function nextLimit({ count, lines }) {
    return Math.min(BATCH_MAX, Math.max(1, Math.floor((count * BATCH_BYTES) / lines.length)));
}
/** The place of the last entry: a line begins with its id, and an id says where its entry stands. */
function lastPlace(lines) {
    const start = lines.lastIndexOf('\n', lines.length - 2) + 1 + '{"id":"'.length;
    return placeOf(decodeAccessId(lines.slice(start, start + 28)));
}
