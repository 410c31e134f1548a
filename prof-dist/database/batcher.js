import { Failure } from '../failure.js';
import { mayLieInRow } from './outage.js';
/**
 * Group commit: what many requests want to store at the same time is stored by one write, and each of them waits for exactly that.
 *
 * - Durability: `add` resolves after the write that holds all of its items has resolved, never before. The items of one `add` are in one
 *   write, together or not at all.
 * - Order: additions are written in the order they came, with one writer; with several, batches may overtake each other.
 * - Delay: with a free writer a write begins at once; otherwise it begins when one comes free. There is no waiting for company.
 * - Failure: one bad item fails only the addition it came with: a batch that fails for a reason that may lie in its rows is written again
 *   in halves. In an outage all additions of the batch fail, and nothing is tried again: whether the lost write was committed is not known.
 * - Overload: an addition that does not fit into the queue is refused with `busy`; nothing is dropped that was accepted. An addition
 *   larger than the whole queue is taken when the queue is empty.
 */
export class Batcher {
    #options;
    #queue = [];
    #writing = new Set();
    #queued = 0;
    #closed = false;
    constructor(options) {
        this.#options = options;
    }
    /** Items that wait for a writer. */
    get queued() {
        return this.#queued;
    }
    /** Stores the items; resolves when they are. Throws `busy` when the queue is full or the batcher is closed, else what the write threw. */
    add(items) {
        if (items.length === 0)
            return Promise.resolve();
        const fits = this.#queued === 0 || this.#queued + items.length <= this.#options.queueMax;
        if (this.#closed || !fits) {
            return Promise.reject(new Failure('busy', { en: 'too much is waiting to be stored', zh: '待写入的数据过多，请稍后重试' }, { retryAfterSeconds: 1 }));
        }
        return new Promise((resolve, reject) => {
            this.#queue.push({ items, resolve, reject });
            this.#queued += items.length;
            this.#startWriters();
        });
    }
    /** Takes no more additions, and resolves when everything that was accepted has been stored or has failed. */
    async close() {
        this.#closed = true;
        while (this.#writing.size > 0)
            await Promise.all(this.#writing);
    }
    #startWriters() {
        while (this.#queue.length > 0 && this.#writing.size < (this.#options.writersMax ?? 1)) {
            const writer = this.#writeGroups(this.#takeBatch()).finally(() => {
                this.#writing.delete(writer);
                this.#startWriters();
            });
            this.#writing.add(writer);
        }
    }
    #takeBatch() {
        let size = 0;
        let count = 0;
        for (const { items } of this.#queue) {
            if (count > 0 && size + items.length > this.#options.batchMax)
                break;
            size += items.length;
            count += 1;
        }
        this.#queued -= size;
        return this.#queue.splice(0, count);
    }
    /** Never rejects: each group is told its own end. */
    async #writeGroups(groups) {
        try {
            await this.#options.write(groups.flatMap((it) => it.items));
        }
        catch (error) {
            if (groups.length === 1 || !mayLieInRow(error)) {
                for (const group of groups)
                    group.reject(error);
                return;
            }
            const middle = Math.ceil(groups.length / 2);
            await this.#writeGroups(groups.slice(0, middle));
            await this.#writeGroups(groups.slice(middle));
            return;
        }
        for (const group of groups)
            group.resolve();
    }
}
