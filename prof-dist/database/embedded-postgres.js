import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareDataPlace } from './data-place.js';
import { findServerAccount } from './server-account.js';
import { provideBinaries } from './server-binaries.js';
import { holdServer } from './server-hold.js';
import { keepPassword } from './server-password.js';
import { askToStop, createFiles, LOGIN, removeDrafts } from './server-process.js';
const STOP_PATIENCE_MS = 60_000;
const RESTART_PAUSE_MS = 1_000;
/**
 * Starts the PostgreSQL that comes with the program, on files of its own in the folder, and makes the database `tongjian` in it.
 *
 * The server belongs to this program: it is ended with it, and started again should it die alone. One folder serves one program at a
 * time: a second one gets UnusableDatabase, which names the first. A server left behind by a program that was killed is ended, and the
 * files are recovered by the new one; nothing that was committed is lost. Network connections are not accepted, only those through a
 * socket in a folder closed to other accounts.
 *
 * `durable: false` is for throw-away data: much faster, and lost when the machine fails.
 */
export async function startEmbeddedPostgres(folder, log, options = {}) {
    const startedAt = performance.now();
    const place = await prepareDataPlace(folder, await findServerAccount(), log);
    const password = await keepPassword(place.home);
    const binaries = await provideBinaries(place.account, place.home, log);
    const durable = options.durable ?? true;
    await createFiles(place, binaries, password, durable);
    const files = { place, binaries, password, durable };
    let held = await holdServer(files, undefined, log);
    let stopping = false;
    let restart;
    const watch = ({ session }) => {
        // The program may end without closing it. The client has this method, but its declaration does not know it.
        session.unref();
        session.once('end', () => {
            if (!stopping)
                restart ??= startAgain();
        });
    };
    const startAgain = async () => {
        log('the database server was lost and is started again');
        while (!stopping) {
            try {
                held = await holdServer(files, held.server, log);
                watch(held);
                break;
            }
            catch (error) {
                log(`the database server could not be started: ${error instanceof Error ? error.message : String(error)}`);
                await sleep(RESTART_PAUSE_MS);
            }
        }
        restart = undefined;
    };
    try {
        await makeDatabase(held.session);
        await removeDrafts(place);
    }
    catch (error) {
        await stopServer(held.server);
        throw error;
    }
    watch(held);
    log(`PostgreSQL started in ${Math.round(performance.now() - startedAt)} ms, files in ${place.path}`);
    return {
        url: `postgres://${LOGIN}:${password}@${encodeURIComponent(place.socketFolder)}:5432/${LOGIN}`,
        stop: async () => {
            stopping = true;
            await restart;
            await stopServer(held.server);
        },
    };
}
async function makeDatabase(session) {
    const { rowCount } = await session.query('select 1 from pg_database where datname = $1', [LOGIN]);
    if (rowCount === 0)
        await session.query(`create database ${LOGIN}`);
}
async function stopServer(server) {
    if (server.ended() !== undefined || server.process.exitCode !== null || server.process.signalCode !== null)
        return;
    // The program waits for it now.
    server.process.ref();
    const exit = once(server.process, 'exit');
    askToStop(server.pid);
    const timer = setTimeout(() => askToStop(server.pid, 'at-once'), STOP_PATIENCE_MS);
    await exit;
    clearTimeout(timer);
}
