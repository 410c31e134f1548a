import type pg from 'pg';
import type { Reader, Transaction } from './client.ts';

/** Answers that a process keeps at most; when there are more all of them are forgotten. */
const ANSWERS_MAX = 50_000;
/** Keys are words of callers, too: longer ones are asked for each time. */
const KEY_CHARACTERS_MAX = 300;

/** Reference data as they stand for one piece of work: what was asked before is answered from memory. */
export interface References {
  /**
   * The answer to each of the keys; a key without one is missing. What is not in memory, and what no longer `holds`, is loaded in one go; nothing
   * is loaded where nothing is missing. `kind` keeps the keys of different questions apart.
   */
  each<Key extends string | number, Answer>(
    kind: string,
    keys: readonly Key[],
    load: (missing: readonly Key[]) => Promise<ReadonlyMap<Key, Answer>>,
    holds?: (answer: Answer) => boolean,
  ): Promise<ReadonlyMap<Key, Answer>>;
}

/** Nothing is remembered: for questions about the past, whose answers are others. */
export const UNREMEMBERED: References = { each: (_kind, keys, load) => load(keys) };

/**
 * What a process remembers of reference data, which change rarely and are asked for by every check: until the database names another change
 * (`reference_changes`), and not a moment longer. The change is read in a statement that is asked anyway, before anything is answered.
 */
class ReferenceMemory {
  #change: string | undefined;
  readonly #answers = new Map<string, unknown>();

  asOf(change: string): References {
    if (change !== this.#change) {
      this.#answers.clear();
      this.#change = change;
    }
    return { each: (kind, keys, load, holds) => this.#each(change, kind, keys, load, holds) };
  }

  async #each<Key extends string | number, Answer>(
    change: string,
    kind: string,
    keys: readonly Key[],
    load: (missing: readonly Key[]) => Promise<ReadonlyMap<Key, Answer>>,
    holds: (answer: Answer) => boolean = () => true,
  ): Promise<ReadonlyMap<Key, Answer>> {
    const answers = new Map<Key, Answer>();
    const missing: Key[] = [];
    for (const key of keys) {
      const name = `${kind} ${key}`;
      const answer = this.#answers.get(name) as Answer | undefined;
      if (change !== this.#change || (answer === undefined && !this.#answers.has(name)) || (answer !== undefined && !holds(answer))) {
        missing.push(key);
      } else if (answer !== undefined) answers.set(key, answer);
    }
    if (missing.length === 0) return answers;
    const loaded = await load(missing);
    // Loaded after another change was seen, it would be kept under the wrong one.
    const isKept = change === this.#change;
    if (isKept && this.#answers.size + missing.length > ANSWERS_MAX) this.#answers.clear();
    for (const key of missing) {
      const answer = loaded.get(key);
      const name = `${kind} ${key}`;
      if (isKept && name.length <= KEY_CHARACTERS_MAX) this.#answers.set(name, answer);
      if (answer !== undefined) answers.set(key, answer);
    }
    return answers;
  }
}

/** By the pool and by each of its connections. */
const memories = new WeakMap<object, ReferenceMemory>();

/** Lets all connections of a pool, those to come, and whatever asks by them share one memory. */
export function shareMemory(pool: pg.Pool, asking: object): void {
  const memory = new ReferenceMemory();
  memories.set(pool, memory);
  memories.set(asking, memory);
  pool.on('connect', (client) => memories.set(client, memory));
}

/** The last change of reference data, as a column; text, `null` where there was none yet. */
export const REFERENCE_CHANGE_SQL = '(select change::text from reference_changes)';

/** Reference data as of the change that a statement has just named there. Where there is no memory nothing is remembered. */
export function referencesAsOf(reader: Reader, change: string | null): References {
  return memories.get(reader.$client)?.asOf(change ?? '') ?? UNREMEMBERED;
}

/** Reference data as they stand, where no other statement says so. One statement. */
export async function readReferences(reader: Reader): Promise<References> {
  const { rows } = await reader.$client.query<{ change: string | null }>({
    name: 'read-reference-change',
    text: `select ${REFERENCE_CHANGE_SQL} as change`,
  });
  return referencesAsOf(reader, rows[0]?.change ?? null);
}

/**
 * Names a change of reference data; to be called in the transaction that makes it, once it is made. Whoever makes another one waits until
 * this transaction has ended, so that each has a name of its own in the order in which they are seen.
 */
export async function nameChange(tx: Transaction): Promise<void> {
  await tx.$client.query({
    name: 'name-reference-change',
    text: `insert into reference_changes (sole, change) values (true, gen_random_uuid())
           on conflict (sole) do update set change = excluded.change`,
  });
}

/** Rows of a statement as answers, by the key that each belongs to, in their order. */
export function rowsByKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const answers = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const answer = answers.get(key);
    if (answer) answer.push(row);
    else answers.set(key, [row]);
  }
  return answers;
}
