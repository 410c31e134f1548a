import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, PLANNED_ONCE } from './client.js';
import { GATEWAY_ROLE } from './gateway-role.js';
import { databaseFailure } from './outage.js';
import { serverIdentity } from './server-identity.js';
/** One that says nothing is left sooner than a primary would be: there is somebody else to ask. */
const SILENCE_MS = 1_000;
/** Between two attempts to reach one that is away; meanwhile nobody else tries. */
const AWAY_PAUSE_MS = 2_000;
/** After a wait in vain nobody waits for so long. */
const BEHIND_PAUSE_MS = 500;
const STEP_MS = 2;
/** A PostgreSQL standby that reads may be sent to. */
export class Replica {
    /** Where it is, without login and password. */
    name;
    #options;
    #db;
    #closePool;
    /** How far the server had come at the last look of each connection. A server that starts anew ends its connections, so that this never goes back. */
    #reached = new WeakMap();
    #lateUntil = 0;
    #attempt;
    #isClosed = false;
    constructor(options) {
        const { host, pathname } = new URL(options.url);
        this.name = decodeURIComponent(`${host}${pathname}`);
        this.#options = options;
        const { url, poolMax } = options;
        const { db, close } = openDatabase({ url, poolMax, settings: { role: GATEWAY_ROLE, ...PLANNED_ONCE }, waitMs: SILENCE_MS });
        this.#db = db;
        this.#closePool = close;
    }
    /** It could not be reached, and nobody is to try: an attempt is made every two seconds beside the requests. */
    get isAway() {
        return this.#attempt !== undefined;
    }
    /** It was not far enough a moment ago. */
    get isLate() {
        return performance.now() < this.#lateUntil;
    }
    /**
     * What the statement answers once the replica has replayed up to the position, or why it is not answered; then nothing is known of it.
     *
     * How far the replica has come is asked on the same connection before, as a statement of its own: inside of the statement the answer could be
     * newer than what the statement sees. Throws only where the statement ran out of time, which it would do elsewhere as well.
     */
    async ask(statement, position) {
        let client;
        let isBroken = false;
        try {
            client = await this.#db.$client.connect();
            return (await this.#reaches(client, position)) ? await client.query(statement) : 'behind';
        }
        catch (error) {
            const code = databaseFailure(error)?.code;
            if (code === 'timeout')
                throw error;
            isBroken = error instanceof NoReplica || code === 'database-unavailable';
            if (isBroken)
                this.#leave(error);
            return isBroken ? 'away' : 'failed';
        }
        finally {
            client?.release(isBroken);
        }
    }
    /** How far it has come; `undefined` where it does not say. */
    async measure() {
        if (this.isAway)
            return undefined;
        return replayedBy(this.#db.$client).catch(() => undefined);
    }
    async close() {
        this.#isClosed = true;
        clearTimeout(this.#attempt);
        await this.#closePool();
    }
    async #reaches(client, position) {
        const known = this.#reached.get(client);
        if (known === undefined)
            await this.#requireReplica(client);
        else if (known >= position)
            return true;
        const waitMs = this.isLate ? 0 : this.#options.waitMs;
        for (const since = performance.now();; await sleep(STEP_MS)) {
            const { position: reached } = await replayedBy(client);
            this.#reached.set(client, reached);
            if (reached >= position)
                return true;
            if (performance.now() - since >= waitMs)
                break;
        }
        if (!this.isLate)
            this.#lateUntil = performance.now() + BEHIND_PAUSE_MS;
        return false;
    }
    async #requireReplica(client) {
        const [ours, theirs] = await Promise.all([this.#options.identity(), serverIdentity(client)]);
        if (ours !== theirs)
            throw new NoReplica('the server is no replica of DATABASE_URL, or its login does not work as the same role');
    }
    #leave(reason) {
        if (this.isAway || this.#isClosed)
            return;
        this.#tryLater();
        this.#options.changed(this, reason);
    }
    #tryLater() {
        this.#attempt = setTimeout(() => void this.#tryAgain(), AWAY_PAUSE_MS).unref();
    }
    async #tryAgain() {
        const isThere = await this.#isThere();
        if (this.#isClosed)
            return;
        if (!isThere)
            return this.#tryLater();
        this.#attempt = undefined;
        this.#options.changed(this, undefined);
    }
    async #isThere() {
        let client;
        try {
            client = await this.#db.$client.connect();
            await this.#requireReplica(client);
            await replayedBy(client);
            return true;
        }
        catch {
            return false;
        }
        finally {
            client?.release();
        }
    }
}
/** What answers is not what reads may be sent to. */
class NoReplica extends Error {
    name = 'NoReplica';
}
/** What was replayed is visible to the next statement, not necessarily to this one. Throws NoReplica for a primary. */
async function replayedBy(connection) {
    const asked = {
        name: 'replayed',
        text: `select (pg_last_wal_replay_lsn() - '0/0')::bigint as position, pg_is_in_recovery() as "isReplica",
                  coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::float8 as seconds`,
        query_timeout: SILENCE_MS,
    };
    const { rows } = await connection.query(asked);
    const [row] = rows;
    if (!row?.isReplica || row.position === null)
        throw new NoReplica('the server is a primary, not a replica');
    return { position: BigInt(row.position), seconds: row.seconds };
}
