import { actionOfList } from '../access-log/access-filter.rules.js';
import { recordAccess } from '../access-log/record-access.js';
import { transact } from '../database/client.js';
import { decodePlace, encodePlace } from '../faces/page-cursor.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { encodeId } from '../resources/resource-id.js';
import { listEntries } from './entry.queries.js';
import { readFilter } from './read-filter.js';
import { showEntry } from './show-entry.js';
/**
 * A page of the entries a figure is made of, the oldest first, each down to the report version it rests on.
 * Logged, under each person with an entry in it, as a query or as what is exported (`interaction`). Five statements.
 */
export async function listSavings(tx, caller, texts, page, now, interaction = 'listSavings') {
    const filter = await readFilter(tx, caller, texts);
    const found = await listEntries(tx, filter, page.after, page.limit + 1);
    const rows = found.slice(0, page.limit);
    const institutions = await findInstitutions(tx, [...new Set(rows.flatMap((it) => [it.institution, it.sourceInstitution]))]);
    const shown = new Map(rows.length === 0 ? [[0n, []]] : []);
    for (const row of rows)
        shown.set(row.person, [...(shown.get(row.person) ?? []), `SavingsEntry/${encodeId(row)}`]);
    const query = new URLSearchParams(texts).toString();
    const accesses = [...shown].map(([person, entities]) => ({ person, action: actionOfList(interaction), interaction, entities, query }));
    await recordAccess(tx, caller, accesses, now);
    const last = found.length > page.limit ? rows.at(-1) : undefined;
    return {
        entries: rows.map((it) => showEntry(it, institutions)),
        next: encodePlace(last && { at: last.postedAt, id: last.id }),
    };
}
/** Entries read and logged at a time: enough to make round trips cheap, few enough to hold. */
const BATCH = 1_000;
/**
 * Every entry a figure is made of as texts of up to a thousand lines. The first ones are read, and logged, before this resolves, the next ones
 * when the former have been taken: memory stays the same however many there are, and none leaves before it is in the access log.
 */
export async function streamSavings(db, caller, texts, lineOf, clock) {
    const read = (after) => transact(db, (tx) => listSavings(tx, caller, texts, { after, limit: BATCH }, clock(), 'exportSavings'));
    const first = await read(undefined);
    async function* lines() {
        for (let page = first;; page = await read(decodePlace(page.next))) {
            if (page.entries.length > 0)
                yield page.entries.map(lineOf).join('');
            if (page.next === undefined)
                return;
        }
    }
    return lines();
}
