import cluster, {} from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { UnusableWorkers } from './unusable-workers.js';
import { afterDeath } from './worker-deaths.rules.js';
/**
 * Processes of this program that serve on one port; the operating system's connections are dealt out to them in turn.
 *
 * None of them listens before all are prepared, so that whoever reaches the port reaches a whole gateway. One that dies is replaced, and the
 * others serve on meanwhile. They share nothing but the port: what one has to know of another is in the database.
 */
export class Workers {
    #options;
    #startedAt = new Map();
    #prepared = new Set();
    #pauses = new Set();
    #registry = new AggregatorRegistry();
    /** Resolves, with why, when they die again and again and none is replaced any more. */
    broken;
    #break = () => undefined;
    #whenStarted = () => undefined;
    #whenGone = () => undefined;
    #phase = 'starting';
    #listening = 0;
    #atOnce = 0;
    constructor(options) {
        this.#options = options;
        this.broken = new Promise((resolve) => {
            this.#break = resolve;
        });
    }
    /** Starts all of them; resolves when all listen. Throws UnusableWorkers when one ends before, and leaves none behind. */
    async start() {
        const failed = await new Promise((resolve) => {
            this.#whenStarted = resolve;
            for (let made = 0; made < this.#options.count; made += 1)
                this.#fork();
        });
        if (!failed)
            return;
        await this.stop(0);
        throw failed;
    }
    /** Lets requests under way finish; those that are not done after `patienceMs` are ended. Answers whether all ended by themselves. */
    async stop(patienceMs) {
        this.#phase = 'stopping';
        for (const pause of this.#pauses)
            clearTimeout(pause);
        if (this.#startedAt.size === 0)
            return true;
        let inOrder = true;
        const overdue = setTimeout(() => {
            inOrder = false;
            this.#kill('SIGKILL');
        }, patienceMs);
        await new Promise((resolve) => {
            this.#whenGone = resolve;
            this.#kill('SIGTERM');
        });
        clearTimeout(overdue);
        return inOrder;
    }
    #kill(signal) {
        for (const worker of this.#startedAt.keys())
            worker.process.kill(signal);
    }
    #fork() {
        const worker = cluster.fork(this.#options.settings);
        this.#startedAt.set(worker, performance.now());
        worker.on('message', (message) => this.#heard(worker, message));
        worker.on('error', () => undefined);
        worker.on('exit', (code, signal) => this.#died(worker, signal ?? `code ${code}`));
    }
    #heard(worker, message) {
        if (message.says === 'prepared') {
            this.#prepared.add(worker);
            if (this.#phase === 'serving')
                tell(worker, { says: 'listen' });
            else if (this.#prepared.size === this.#options.count)
                for (const each of this.#prepared)
                    tell(each, { says: 'listen' });
        }
        if (message.says === 'listens' && this.#phase === 'starting') {
            this.#listening += 1;
            if (this.#listening < this.#options.count)
                return;
            this.#phase = 'serving';
            this.#whenStarted();
        }
        if (message.says === 'measure') {
            this.#registry.clusterMetrics().then((text) => tell(worker, { says: 'measured', question: message.question, text }), () => tell(worker, { says: 'measured', question: message.question, text: undefined }));
        }
    }
    #died(worker, how) {
        const livedMs = performance.now() - (this.#startedAt.get(worker) ?? 0);
        this.#startedAt.delete(worker);
        this.#prepared.delete(worker);
        if (this.#startedAt.size === 0)
            this.#whenGone();
        if (this.#phase === 'starting')
            this.#whenStarted(new UnusableWorkers(`A worker ended before it could serve (${how}).`));
        if (this.#phase === 'serving')
            this.#replace(worker, livedMs, how);
    }
    #replace(worker, livedMs, how) {
        const { atOnce, pauseMs } = afterDeath(this.#atOnce, livedMs);
        this.#atOnce = atOnce;
        if (pauseMs === undefined) {
            this.#break(new UnusableWorkers(`Workers end as soon as they are started, ${atOnce} in a row (the last with ${how}).`));
            return;
        }
        this.#options.say(`worker ${worker.process.pid} ended (${how}); another takes its place in ${pauseMs} ms`);
        const pause = setTimeout(() => {
            this.#pauses.delete(pause);
            this.#fork();
        }, pauseMs);
        this.#pauses.add(pause);
    }
}
/** One that is just ending hears nothing any more. */
function tell(worker, message) {
    if (worker.isConnected())
        worker.send(message, () => undefined);
}
