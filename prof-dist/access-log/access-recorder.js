import { Batcher } from '../database/batcher.js';
import { insertAccessRows } from './access-log.queries.js';
import { rowOfDecision, rowsOf, rowsOfFailure } from './access-rows.js';
import { markLogged } from './logged-callers.js';
/** Rows that may wait to be written; beyond them a request is answered `busy` instead of waiting longer. */
const QUEUE_MAX = 20_000;
/** Rows written by one statement. */
const BATCH_MAX = 500;
/**
 * The access log for requests that open no transaction of their own (reads, refusals): entries of requests at the same time are committed
 * together. Each method resolves when its entries are committed, so whoever awaits it before answering discloses nothing unlogged; a
 * full queue throws `busy`, a database that is away throws as any statement does. Nothing is dropped in silence.
 */
export class AccessRecorder {
    batcher;
    constructor(db) {
        this.batcher = new Batcher({
            write: (rows) => insertAccessRows(db.$client, rows),
            queueMax: QUEUE_MAX,
            batchMax: BATCH_MAX,
        });
    }
    /** What the caller did with whose data; at least one access, since an empty result is an access as well. */
    async record(caller, accesses, now) {
        if (accesses.length === 0)
            return;
        await this.batcher.add(rowsOf(caller, accesses, now));
        markLogged(caller);
    }
    /** A refusal, a failed authentication or an error, from the one place that turns failures into answers. */
    async recordFailure(failed, now) {
        await this.batcher.add(rowsOfFailure(failed, now));
        if (failed.caller)
            markLogged(failed.caller);
    }
    /** A decision on a person's consent that no access goes with: that a token may be issued. `person`: 0n for nobody known. */
    async recordDecision(caller, decided, now) {
        await this.batcher.add([rowOfDecision(caller, decided.person, decided.permission, decided.query, now)]);
    }
    /** Writes what is still waiting; entries added afterwards are refused. */
    close() {
        return this.batcher.close();
    }
}
