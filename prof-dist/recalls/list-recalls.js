import { actionOfList } from '../access-log/access-filter.rules.js';
import { encodeId } from '../resources/resource-id.js';
import { findRecalls } from './recall-list.queries.js';
import { showRecalls } from './show-recalls.js';
/** Rows fetched at a time by a pull. */
const BATCH = 500;
/**
 * A page of recalls, the one that was told first comes first, and where the next one begins; logged before it is answered, one access a
 * person. Five statements.
 */
export async function pageOfRecalls(db, accessLog, caller, { role, filter, ...question }, page, now) {
    const rows = await findRecalls(db, filter, { ...page, limit: page.limit + 1 }, now);
    const found = rows.slice(0, page.limit);
    const shown = await showRecalls(db, found.map((recall) => ({ recall, role })), now);
    await accessLog.record(caller, accessesOf(found, question), now);
    const last = rows.length > found.length ? found.at(-1) : undefined;
    return { recalls: shown.map((it) => it.listed), next: last && { at: last.toldAt, id: last.id } };
}
/** Every recall that the question meets, as texts of up to five hundred lines; memory stays the same however many there are. */
export async function* streamRecalls(db, accessLog, caller, question, lineOf, now) {
    let after;
    do {
        const { recalls, next } = await pageOfRecalls(db, accessLog, caller, question, { after, limit: BATCH }, now);
        if (recalls.length > 0)
            yield recalls.map(lineOf).join('');
        after = next;
    } while (after);
}
/** One access a person, or one that names nobody for an empty page. */
function accessesOf(rows, { interaction, asked: query }) {
    const shown = new Map(rows.length === 0 ? [[0n, []]] : []);
    for (const row of rows) {
        const entities = shown.get(row.person);
        if (entities)
            entities.push(`Recall/${encodeId(row)}`);
        else
            shown.set(row.person, [`Recall/${encodeId(row)}`]);
    }
    return [...shown].map(([person, entities]) => ({ person, action: actionOfList(interaction), interaction, entities, query }));
}
