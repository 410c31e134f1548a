import { encodeId, isPerson } from './resource-id.js';
/** What became of a draft. */
export function outcomeOf({ passage, version }, now) {
    const { draft, fate } = passage;
    const key = passage.key;
    if (version) {
        return {
            type: draft.type,
            key,
            version: version.version,
            status: fate.kind === 'create' ? 'created' : 'updated',
            lastModified: now,
            text: version.content,
        };
    }
    if (fate.kind === 'update') {
        const { current } = fate;
        return {
            type: draft.type,
            key,
            version: current.version,
            status: 'unchanged',
            lastModified: current.recordedAt,
            text: current.content ?? '',
        };
    }
    return { type: draft.type, key, version: fate.kind === 'existing' ? fate.version : 1, status: 'unchanged', lastModified: now };
}
/** What became of a deletion. One of what is deleted already is done as well (R4, 3.1.0.7). */
export function removalOf({ removal, row }, now) {
    if (!row)
        return { type: removal.type, status: 'nothing' };
    const key = { person: row.person, id: row.id };
    return row.deleted
        ? { type: row.type, key, version: row.version, status: 'deleted', lastModified: row.recordedAt }
        : { type: row.type, key, version: row.version + 1, status: 'deleted', lastModified: now };
}
/** The outcomes of a publication that was accepted before, with nothing written. */
export function repeatedOutcomes(stored, recordedAt) {
    return stored.map(([type, person, id, version, status]) => status === 'nothing'
        ? { type, status }
        : {
            type,
            key: { person: BigInt(person), id: BigInt(id) },
            version,
            status: status === 'deleted' ? status : 'unchanged',
            lastModified: recordedAt,
        });
}
/** The same as the store keeps it. */
export function storedOutcome(outcomes) {
    return outcomes.map((it) => it.status === 'nothing'
        ? [it.type, '0', '0', 0, it.status]
        : [it.type, String(it.key.person), String(it.key.id), it.version, it.status]);
}
/** One access for each compartment, naming every version. */
export function accessesOf(outcomes, interaction) {
    const done = outcomes.flatMap((it) => (it.status === 'nothing' ? [] : it));
    if (done.length === 0)
        return [{ person: 0n, action: interaction.startsWith('delete') ? 'D' : 'E', interaction, entities: [] }];
    const byPerson = new Map();
    for (const outcome of done) {
        const person = isPerson(outcome.key.person) ? outcome.key.person : 0n;
        const list = byPerson.get(person);
        if (list)
            list.push(outcome);
        else
            byPerson.set(person, [outcome]);
    }
    return [...byPerson].map(([person, list]) => ({
        person,
        action: ACTIONS.find(([status]) => list.some((it) => it.status === status))?.[1] ?? 'E',
        interaction,
        entities: list.map((it) => `${it.type}/${encodeId(it.key)}/_history/${it.version}`),
    }));
}
/** AuditEvent.action by the weightiest thing done. */
const ACTIONS = [
    ['created', 'C'],
    ['updated', 'U'],
    ['deleted', 'D'],
];
