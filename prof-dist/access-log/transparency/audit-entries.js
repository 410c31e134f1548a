import { commitmentOf } from './commitment.js';
import { leafHash } from './merkle-tree.js';
import { readPruning } from './pruning.rules.js';
/** An entry may be this much older than those before it in the tree: requests commit in another order than they began in. */
const LATE_MS = 60 * 60 * 1_000;
/** An entry older than this, seen from the newest one with a place, ought to have its own by now. */
const WAITING_MAX_MS = 10 * 60 * 1_000;
/** Entries without a place, and places without an entry, that are tried against each other. */
const PAIRED_MAX = 200;
/** Names that are kept for the report. */
const NAMES_MAX = 10_000;
/** Holds every entry against the tree, in whatever order they come; about nine bytes a leaf are kept. */
export class EntryAudit {
    #tree;
    #findings;
    #seen;
    /** Moment of the entry of each place, in milliseconds, once it was found genuine; else 0. */
    #moments;
    #unplaced = [];
    #prunings = [];
    #beyond = { count: 0, first: Number.POSITIVE_INFINITY, last: -1, oldest: Number.POSITIVE_INFINITY };
    #names = new Map();
    #count = 0;
    #held = 0;
    /** `named`: places whose entries are named in the report, whatever is found. */
    constructor(tree, named, findings) {
        this.#tree = tree;
        this.#findings = findings;
        this.#seen = new Uint8Array(tree.size);
        this.#moments = new Float64Array(tree.size);
        for (const it of named)
            this.#names.set(it, {});
    }
    /** Entries that were looked at. */
    get count() {
        return this.#count;
    }
    /** Entries that are what the tree says. */
    get held() {
        return this.#held;
    }
    /** Entries whose place lies beyond the tree. */
    get beyond() {
        return this.#beyond.count;
    }
    get prunings() {
        return this.#prunings;
    }
    /** Holds one entry against the tree. */
    take(audited) {
        this.#count += 1;
        const { leaf, entry } = audited;
        if (leaf === undefined) {
            this.#unplaced.push(audited);
            return;
        }
        if (leaf >= this.#tree.size) {
            this.#noteBeyond(leaf, entry.recordedAt);
            return;
        }
        if (this.#names.has(leaf))
            this.#names.set(leaf, { entry: entry.id, recordedAt: entry.recordedAt });
        if (this.#seen[leaf] === 1) {
            this.#findings.add('doubled', subjectOf(audited, leaf));
            return;
        }
        this.#seen[leaf] = 1;
        this.#holdAgainst(audited, leaf);
    }
    #holdAgainst(audited, leaf) {
        const expected = this.#tree.expected(leaf);
        if (!expected)
            return;
        const hash = hashOf(audited);
        if (hash.equals(expected)) {
            this.#accept(audited, leaf);
            return;
        }
        const place = this.#tree.hashes.indexOf(hash);
        if (place !== undefined) {
            const detail = { en: `The log was signed with it at place ${place}.`, zh: `日志签名时它位于第 ${place} 位。` };
            this.#findings.add('misplaced', subjectOf(audited, leaf), detail);
            return;
        }
        const kept = this.#tree.disagreements.get(leaf);
        const isHashWithIt = kept !== undefined && kept.kept.hash.equals(hash);
        if (isHashWithIt)
            this.#tree.disagreements.delete(leaf);
        this.#findings.add(isHashWithIt ? 'changed-with-hash' : 'changed', subjectOf(audited, leaf));
    }
    #accept({ entry }, leaf) {
        this.#held += 1;
        const moment = Date.parse(entry.recordedAt);
        this.#moments[leaf] = moment;
        // Long before the entry in front of it: perhaps to be told, when its name is gone by.
        if (this.momentOf(leaf - 1) - moment > LATE_MS && this.#names.size < NAMES_MAX) {
            this.#names.set(leaf, { entry: entry.id, recordedAt: entry.recordedAt });
        }
        const pruning = readPruning(entry, leaf);
        if (pruning)
            this.#prunings.push(pruning);
    }
    #noteBeyond(leaf, recordedAt) {
        this.#beyond.count += 1;
        this.#beyond.first = Math.min(this.#beyond.first, leaf);
        this.#beyond.last = Math.max(this.#beyond.last, leaf);
        this.#beyond.oldest = Math.min(this.#beyond.oldest, Date.parse(recordedAt));
    }
    /** The name of an entry that was asked for at the beginning. */
    nameOf(leaf) {
        return this.#names.get(leaf) ?? {};
    }
    /** The first and the last moment among the genuine entries; `undefined` where there is none. */
    span() {
        let [from, until] = [Number.POSITIVE_INFINITY, 0];
        for (const moment of this.#moments) {
            if (moment === 0)
                continue;
            from = Math.min(from, moment);
            until = Math.max(until, moment);
        }
        return until === 0 ? undefined : { from: new Date(from), until: new Date(until) };
    }
    /** The moment of the entry of this place, 0 where it was not found genuine. */
    momentOf(leaf) {
        return this.#moments[leaf] ?? 0;
    }
    /** Whether an entry came for this place. */
    isSeen(leaf) {
        return this.#seen[leaf] === 1;
    }
    /** The last place for which an entry came; -1 where none did. */
    lastSeen() {
        return this.#seen.lastIndexOf(1);
    }
    /** Places for which an entry came. */
    seenCount() {
        let count = 0;
        for (const it of this.#seen)
            count += it;
        return count;
    }
    /** Runs of places for which no entry came. */
    *gaps() {
        let from;
        const end = this.#seen.length;
        for (let leaf = 0; leaf <= end; leaf += 1) {
            const isGap = leaf < end && this.#seen[leaf] === 0;
            if (isGap)
                from ??= leaf;
            else if (from !== undefined) {
                yield { from, until: leaf };
                from = undefined;
            }
        }
    }
    /**
     * Judges the entries that came without a place, and answers how many rightly wait for theirs. An entry that would be genuine with the name
     * of a place whose entry is missing is that one, renamed.
     */
    judgeUnplaced(missing) {
        const newest = this.span()?.until.getTime() ?? 0;
        let waiting = 0;
        for (const [number, audited] of this.#unplaced.entries()) {
            const isFresh = Date.parse(audited.entry.recordedAt) >= newest - WAITING_MAX_MS;
            if (audited.isWaiting && isFresh) {
                waiting += 1;
                continue;
            }
            if (number < PAIRED_MAX && this.#isFoundAgain(audited, missing.slice(0, PAIRED_MAX)))
                continue;
            this.#findings.add('inserted', subjectOf(audited));
        }
        return waiting;
    }
    #isFoundAgain(audited, missing) {
        if (audited.salt === undefined)
            return false;
        const own = this.#tree.hashes.indexOf(hashOf(audited));
        if (own !== undefined && own < this.#seen.length) {
            if (this.#seen[own] === 1) {
                this.#findings.add('doubled', subjectOf(audited, own));
                return true;
            }
            this.#seen[own] = 1;
            this.#accept(audited, own);
            return true;
        }
        for (const { leaf, named } of missing) {
            if (!named?.entry || !named.recordedAt)
                continue;
            const { entry: id, recordedAt } = named;
            if (!this.#tree.expected(leaf)?.equals(hashOf({ ...audited, entry: { ...audited.entry, id, recordedAt } })))
                continue;
            this.#seen[leaf] = 1;
            const detail = {
                en: `It was recorded at ${recordedAt} as ${id}; its time or number was shifted.`,
                zh: `其原记录时间为 ${recordedAt}，编号 ${id}；时间或编号被改动。`,
            };
            this.#findings.add('changed', subjectOf(audited, leaf), detail);
            return true;
        }
        return false;
    }
    /** Entries that claim a time long before those in front of them, and places beyond the tree that do not go on where it ends. */
    judgeOrder() {
        let newest = 0;
        let run;
        const tell = () => {
            if (run)
                this.#findings.add('late', { leaf: run.from, until: run.until, recordedAt: new Date(this.momentOf(run.from)).toISOString() });
            run = undefined;
        };
        for (const [leaf, moment] of this.#moments.entries()) {
            if (moment === 0)
                continue;
            if (moment < newest - LATE_MS)
                run = { from: run?.from ?? leaf, until: leaf + 1 };
            else
                tell();
            newest = Math.max(newest, moment);
        }
        tell();
        const { count, first, last, oldest } = this.#beyond;
        if (count === 0)
            return;
        const isNext = first === this.#tree.size && last - first + 1 === count;
        if (!isNext || oldest < newest - LATE_MS)
            this.#findings.add('inserted', { leaf: first, until: last + 1 });
    }
}
function hashOf({ entry, salt = '' }) {
    return leafHash(commitmentOf(entry, salt));
}
function subjectOf({ entry, where }, leaf) {
    return { ...(leaf === undefined ? {} : { leaf }), entry: entry.id, recordedAt: entry.recordedAt, ...(where ? { where } : {}) };
}
