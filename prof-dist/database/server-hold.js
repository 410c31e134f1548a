import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseFailure } from './outage.js';
import { askToStop, LOGIN, recordedServer, spawnServer } from './server-process.js';
import { UnusableDatabase } from './unusable-database.js';
/** The program that holds this lock owns the server. */
const OWNER_LOCK = 7_246_002;
const PROGRAM_NAME = 'tongjian program ';
/** How long servers of others may take to start, to stop or to give way. */
const OTHERS_PATIENCE_MS = 30_000;
/** A killed program's session ends within milliseconds; a lock held longer has an owner that lives. */
const LOCK_PATIENCE_MS = 1_000;
/** A server younger than this has an owner that is about to take the lock. */
const NEWBORN_SECONDS = 3;
const PAUSE_MS = 25;
/**
 * Gets a server running on the files that is this program's own: `server`, if that one still runs, or a new one.
 *
 * That there is one server is PostgreSQL's own care. That there is one program is settled by a lock inside the server: it goes when the
 * program goes, and needs no process ids, which are given again to others. A server whose lock is free was left behind; it is ended, and a
 * new one recovers the files. Throws UnusableDatabase when another program has the server, or when the server does not start.
 */
export async function holdServer(files, server, log) {
    let own = server;
    let othersSince = Date.now();
    let takenSince;
    try {
        for (;; await sleep(PAUSE_MS)) {
            const runs = own !== undefined && own.ended() === undefined;
            if (runs)
                othersSince = Date.now();
            const patient = Date.now() - othersSince < OTHERS_PATIENCE_MS;
            const reached = await reach(files);
            if (reached === 'nobody' && !runs) {
                if (own !== server)
                    refuseFailedStart(files, own, patient);
                own = await spawnServer(files.place, files.binaries, files.durable);
            }
            else if (typeof reached === 'string') {
                if (!patient)
                    throw new UnusableDatabase(`The database server in ${files.place.path} neither starts nor stops; its log is in data/log there.`);
            }
            else {
                const standing = await standingOf(files, reached, own).catch(ifCutOff);
                if (standing.is === 'ours' && own)
                    return { server: own, session: reached };
                try {
                    if (standing.is === 'taken') {
                        takenSince ??= Date.now();
                        if (Date.now() - takenSince > LOCK_PATIENCE_MS)
                            throw inUse(files, standing.program);
                    }
                    if (standing.is === 'left-behind')
                        await endLeftBehind(files, standing.pid, log);
                }
                finally {
                    await reached.end().catch(() => undefined);
                }
            }
        }
    }
    catch (error) {
        if (own && own.ended() === undefined)
            askToStop(own.pid);
        throw error;
    }
}
/** A session with the server, or why there is none: nobody listens, or somebody is just starting or stopping. */
async function reach({ place, password }) {
    const session = new pg.Client({
        host: place.socketFolder,
        port: 5432,
        user: LOGIN,
        password,
        database: 'postgres',
        application_name: `${PROGRAM_NAME}${process.pid}`,
        connectionTimeoutMillis: 5_000,
    });
    session.on('error', () => undefined);
    try {
        await session.connect();
        return session;
    }
    catch (error) {
        const code = error.code ?? '';
        if (['ENOENT', 'ECONNREFUSED'].includes(code))
            return 'nobody';
        // invalid_password: the files are not those of the password beside them.
        if (code === '28P01') {
            throw new UnusableDatabase(`The database files in ${place.path} do not take the password kept in ${place.home}/postgres-password.`, {
                cause: error,
            });
        }
        if (['EACCES', 'EPERM'].includes(code))
            throw new UnusableDatabase(`The database socket in ${place.socketFolder} may not be used by this account.`);
        return 'not-now';
    }
}
/** Whose the server is. Takes the lock where it is free; it goes with the session. */
async function standingOf({ place }, session, own) {
    const { rows } = await session.query(`select pg_try_advisory_lock($1) as free, now() - pg_postmaster_start_time() < make_interval(secs => $2) as newborn`, [OWNER_LOCK, NEWBORN_SECONDS]);
    if (!rows[0]?.free) {
        const holder = await session.query(`select a.application_name as program from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where l.locktype = 'advisory' and l.objid = $1 and l.granted`, [OWNER_LOCK]);
        return { is: 'taken', program: holder.rows[0]?.program };
    }
    const pid = await recordedServer(place);
    if (own?.pid !== undefined && own.pid === pid)
        return { is: 'ours' };
    return rows[0].newborn ? { is: 'newborn' } : { is: 'left-behind', pid };
}
/** A server that cuts the session is about to end. */
function ifCutOff(error) {
    if (databaseFailure(error)?.code !== 'database-unavailable')
        throw error;
    return { is: 'ending' };
}
async function endLeftBehind({ place }, pid, log) {
    if (pid === undefined)
        throw new UnusableDatabase(`A database server of another machine or container runs on the files in ${place.path}.`);
    log(`a database server that a killed program left behind is ended (process ${pid})`);
    askToStop(pid);
    for (let waitedMs = 0; (await recordedServer(place)) === pid; waitedMs += PAUSE_MS) {
        if (waitedMs > OTHERS_PATIENCE_MS)
            askToStop(pid, 'at-once');
        await sleep(PAUSE_MS);
    }
}
/** A start that ended because another server has the files, or is just leaving them, is tried again for a while; any other is not. */
function refuseFailedStart({ place }, failed, patient) {
    const said = failed?.ended() ?? '';
    if (patient && /postmaster\.pid|lock file|shared memory block/.test(said))
        return;
    throw new UnusableDatabase(`PostgreSQL does not start on the files in ${place.path}: ${said} (its log is in data/log there)`);
}
function inUse({ place }, program) {
    const pid = program?.startsWith(PROGRAM_NAME) ? `process ${program.slice(PROGRAM_NAME.length)}` : 'another process';
    return new UnusableDatabase(`The database in ${place.home} is in use by ${pid}. End that program first, or give this one a folder of its own with DATA_FOLDER.`);
}
