/** Answers that a process keeps at most; when there are more all of them are forgotten. */
const ANSWERS_MAX = 50_000;
/** Nothing is remembered: for questions about the past, whose answers are others. */
export const UNREMEMBERED = { each: (_kind, keys, load) => load(keys) };
/**
 * What a process remembers of reference data, which change rarely and are asked for by every check: until the database names another change
 * (`reference_changes`), and not a moment longer. The change is read in a statement that is asked anyway, before anything is answered.
 */
class ReferenceMemory {
    #change;
    #answers = new Map();
    asOf(change) {
        if (change !== this.#change) {
            this.#answers.clear();
            this.#change = change;
        }
        return { each: (kind, keys, load, holds) => this.#each(change, kind, keys, load, holds) };
    }
    async #each(change, kind, keys, load, holds = () => true) {
        const answers = new Map();
        const missing = [];
        for (const key of keys) {
            const name = `${kind} ${key}`;
            const answer = this.#answers.get(name);
            if (change !== this.#change || (answer === undefined && !this.#answers.has(name)) || (answer !== undefined && !holds(answer))) {
                missing.push(key);
            }
            else if (answer !== undefined)
                answers.set(key, answer);
        }
        if (missing.length === 0)
            return answers;
        const loaded = await load(missing);
        // Loaded after another change was seen, it would be kept under the wrong one.
        const isKept = change === this.#change;
        if (isKept && this.#answers.size + missing.length > ANSWERS_MAX)
            this.#answers.clear();
        for (const key of missing) {
            const answer = loaded.get(key);
            if (isKept)
                this.#answers.set(`${kind} ${key}`, answer);
            if (answer !== undefined)
                answers.set(key, answer);
        }
        return answers;
    }
}
/** By the pool and by each of its connections. */
const memories = new WeakMap();
/** Lets all connections of a pool, those to come, share one memory. */
export function shareMemory(pool) {
    const memory = new ReferenceMemory();
    memories.set(pool, memory);
    pool.on('connect', (client) => memories.set(client, memory));
}
/** The last change of reference data, as a column; text, `null` where there was none yet. */
export const REFERENCE_CHANGE_SQL = '(select change::text from reference_changes)';
/** Reference data as of the change that a statement has just named there. Where there is no memory nothing is remembered. */
export function referencesAsOf(reader, change) {
    return memories.get(reader.$client)?.asOf(change ?? '') ?? UNREMEMBERED;
}
/** Reference data as they stand, where no other statement says so. One statement. */
export async function readReferences(reader) {
    const { rows } = await reader.$client.query({
        name: 'read-reference-change',
        text: `select ${REFERENCE_CHANGE_SQL} as change`,
    });
    return referencesAsOf(reader, rows[0]?.change ?? null);
}
/**
 * Names a change of reference data; to be called in the transaction that makes it, once it is made. Whoever makes another one waits until
 * this transaction has ended, so that each has a name of its own in the order in which they are seen.
 */
export async function nameChange(tx) {
    await tx.$client.query({
        name: 'name-reference-change',
        text: `insert into reference_changes (sole, change) values (true, gen_random_uuid())
           on conflict (sole) do update set change = excluded.change`,
    });
}
/** Rows of a statement as answers, by the key that each belongs to, in their order. */
export function rowsByKey(rows, keyOf) {
    const answers = new Map();
    for (const row of rows) {
        const key = keyOf(row);
        const answer = answers.get(key);
        if (answer)
            answer.push(row);
        else
            answers.set(key, [row]);
    }
    return answers;
}
