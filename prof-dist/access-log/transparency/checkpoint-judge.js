import { readCheckpoint } from './read-checkpoint.js';
const holds = (it, signed) => (signed === 'neither' ? it.tiles || it.leaves : it[signed]);
/** Holds every checkpoint, those of the auditor and those the log has kept, against the tree while it is built leaf by leaf. */
export class CheckpointJudge {
    #own;
    #newest;
    #kept;
    #keys;
    #findings;
    #judged = [];
    #breaks = {
        tiles: { held: 0, first: undefined, broken: 0 },
        leaves: { held: 0, first: undefined, broken: 0 },
        neither: { held: 0, first: undefined, broken: 0 },
    };
    #nextKept;
    #keptCount = 0;
    /** `own`: the auditor's, in any order; `kept`: the log's, the smallest tree first. */
    constructor(checkpoints, keys, findings) {
        this.#own = checkpoints.own.toSorted((one, other) => one.size - other.size);
        this.#newest = checkpoints.newest;
        this.#kept = checkpoints.kept[Symbol.asyncIterator]();
        this.#keys = keys;
        this.#findings = findings;
    }
    /** How many checkpoints the log has kept. */
    get keptCount() {
        return this.#keptCount;
    }
    async start() {
        await this.#takeKept();
    }
    /** Whether a checkpoint was signed over a tree of this size. */
    concerns(size) {
        return this.#nextKept?.size === size || this.#newest?.size === size || this.#own.some((it) => it.size === size);
    }
    /** Judges the checkpoints of this size. To be asked for each size in turn. */
    async judge(size, roots) {
        const judged = (checkpoint) => ({
            checkpoint,
            tiles: roots.tiles.equals(checkpoint.root),
            leaves: roots.leaves.equals(checkpoint.root),
        });
        for (const own of this.#own.filter((it) => it.size === size))
            this.#judged.push(judged(own));
        if (this.#newest?.size === size)
            this.#judged.push(judged(this.#newest));
        while (this.#nextKept && this.#nextKept.size <= size) {
            if (this.#nextKept.size === size)
                this.#noteKept(judged(this.#nextKept));
            await this.#takeKept();
        }
    }
    #noteKept(judged) {
        for (const signed of ['tiles', 'leaves', 'neither']) {
            const its = this.#breaks[signed];
            if (holds(judged, signed)) {
                if (!its.first)
                    its.held = judged.checkpoint.size;
                continue;
            }
            its.first ??= judged.checkpoint;
            its.broken += 1;
        }
    }
    async #takeKept() {
        const { done, value } = await this.#kept.next();
        this.#nextKept = undefined;
        if (done)
            return;
        const name = `kept checkpoint of ${value.size}`;
        this.#keptCount += 1;
        this.#nextKept = { origin: this.#newest?.origin ?? '', size: value.size, root: value.root, name };
        const said = readCheckpoint(value.note, name, this.#keys, this.#findings);
        if (said && (said.size !== value.size || !said.root.equals(value.root)))
            this.#findings.add('checkpoint-altered', { where: name, leaf: 0, until: value.size });
    }
    /** Over which hashes the newest checkpoint was signed. */
    signedHashes() {
        const newest = this.#judged.find((it) => it.checkpoint === this.#newest);
        if (newest?.tiles)
            return 'tiles';
        return newest?.leaves ? 'leaves' : 'neither';
    }
    /**
     * Tells which checkpoints the tree is not consistent with, and between which two it began to differ. The auditor's own are narrowed down by
     * the auditor's own alone: what the log keeps may have been signed again.
     */
    finish() {
        const signed = this.signedHashes();
        const own = this.#judged.filter((it) => it.checkpoint !== this.#newest);
        const heldBelow = (size) => Math.max(0, ...own.filter((it) => it.checkpoint.size < size && holds(it, signed)).map((it) => it.checkpoint.size));
        for (const it of own) {
            if (!holds(it, signed))
                this.#tell(it.checkpoint, heldBelow(it.checkpoint.size));
        }
        for (const it of this.#own) {
            if (it.size > (this.#newest?.size ?? 0)) {
                const detail = {
                    en: `The newest checkpoint that is shown has ${this.#newest?.size ?? 0} entries.`,
                    zh: `所出示的最新检查点有 ${this.#newest?.size ?? 0} 条记录。`,
                };
                this.#findings.add('rolled-back', { leaf: this.#newest?.size ?? 0, until: it.size, where: it.name }, detail);
            }
        }
        const { first, held, broken } = this.#breaks[signed];
        if (first) {
            this.#tell(first, Math.max(held, heldBelow(first.size)), broken - 1);
        }
        else if (this.#newest && signed === 'neither') {
            this.#tell(this.#newest, Math.max(held, heldBelow(this.#newest.size)));
        }
    }
    #tell({ name, size }, held, more = 0) {
        const detail = {
            en: `The first ${held} entries are as they were; the fault lies among those after them.${more > 0 ? ` ${more} later checkpoints do not hold either.` : ''}`,
            zh: `前 ${held} 条记录未变，问题出在其后。${more > 0 ? `其后另有 ${more} 个检查点也不相符。` : ''}`,
        };
        this.#findings.add('rewritten', { leaf: held, until: size, where: name }, detail);
    }
}
