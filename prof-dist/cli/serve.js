import cluster from 'node:cluster';
import { parseArgs } from 'node:util';
import { readPackageFiles } from './load-packages.js';
import { startGateway } from './start-gateway.js';
import { startWorker } from './workers/start-worker.js';
import { startWorkers, WORKERS_MAX } from './workers/start-workers.js';
/** How long requests under way may take to finish after a signal. */
const STOP_MAX_MS = 25_000;
/** One Ctrl-C may come twice: from the terminal, and from npm or tsx passing it on. */
const SAME_SIGNAL_MS = 1_000;
const USAGE = `Usage: tongjian serve [--workers <n>] [--package <file.tgz>]...

Serves requests until it is told to stop.

  --workers  processes that serve on the one port (1 to ${WORKERS_MAX}; 1 unless said otherwise)
  --package  a FHIR package (published guide) to load before; may stand several times
`;
/** Serves until SIGTERM or SIGINT, then stops in order; answers the exit code. A signal that is sent again ends at once. */
export async function serveCommand(config, argv) {
    const say = (line) => process.stderr.write(`${line}\n`);
    const options = readArguments(argv);
    if (typeof options === 'string') {
        say(options);
        return options === USAGE ? 0 : 2;
    }
    if (cluster.isWorker)
        return serveUntilStopped(await startWorker(config));
    const packages = await readPackageFiles(options.packages);
    if (options.workers > 1)
        return serveWithWorkers(config, options.workers, say, packages);
    const gateway = await startGateway(config, say, packages);
    say(`Tongjian serves at ${gateway.url} (description: ${gateway.url}/docs)`);
    await untilSignal();
    say(STOPPING);
    return stopInTime(gateway.stop);
}
const STOPPING = 'Stopping: requests under way are finished, nothing new is taken.';
async function serveWithWorkers(config, count, say, packages) {
    const running = await startWorkers(config, count, say, packages);
    say(`Tongjian serves at ${config.publicUrl} with ${count} workers (description: ${config.publicUrl}/docs)`);
    const broken = await Promise.race([untilSignal(), running.broken]);
    say(broken ? broken.message : STOPPING);
    endAtSecondSignal();
    const inOrder = await running.stop(STOP_MAX_MS);
    return inOrder && !broken ? 0 : 1;
}
/** The part of a worker, whose words are left to the program that started it. */
async function serveUntilStopped(worker) {
    await untilSignal();
    return stopInTime(worker.stop);
}
async function stopInTime(stop) {
    const overdue = setTimeout(() => process.exit(1), STOP_MAX_MS);
    endAtSecondSignal();
    await stop();
    clearTimeout(overdue);
    return 0;
}
function endAtSecondSignal() {
    const askedAt = Date.now();
    const again = () => {
        if (Date.now() - askedAt > SAME_SIGNAL_MS)
            process.exit(1);
    };
    process.on('SIGTERM', again);
    process.on('SIGINT', again);
}
/** What was asked for, or what is to be said instead. */
function readArguments(argv) {
    try {
        const { values } = parseArgs({
            args: [...argv],
            options: {
                workers: { type: 'string', default: '1' },
                package: { type: 'string', multiple: true },
                help: { type: 'boolean', short: 'h' },
            },
        });
        if (values.help)
            return USAGE;
        const workers = /^\d{1,3}$/.test(values.workers) ? Number(values.workers) : 0;
        if (workers < 1 || workers > WORKERS_MAX)
            return `--workers takes a whole number from 1 to ${WORKERS_MAX}\n\n${USAGE}`;
        return { workers, packages: values.package ?? [] };
    }
    catch (error) {
        return `${error.message}\n\n${USAGE}`;
    }
}
/** Resolves at SIGTERM or SIGINT. */
export async function untilSignal() {
    await new Promise((resolve) => {
        process.once('SIGTERM', () => resolve());
        process.once('SIGINT', () => resolve());
    });
}
