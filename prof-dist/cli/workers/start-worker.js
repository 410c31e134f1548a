import cluster from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { logOutput } from '../../operation/logger.js';
import { buildServer } from '../../server.js';
import { ROUNDS_MS } from '../start-gateway.js';
/**
 * The part of a worker: builds the gateway, and listens when the program that started it says so; resolves then. The database is prepared by
 * that program, which gives its address; the worker ends with it.
 */
export async function startWorker(config) {
    const { databaseUrl } = config;
    if (databaseUrl === undefined)
        throw new Error('a worker is given the address of the database');
    // It is the making of one that has this process answer: whoever asks while it begins gets nothing of it, and is not kept waiting.
    AggregatorRegistry.setRegistries([]);
    new AggregatorRegistry();
    const app = await buildServer({
        ...config,
        databaseUrl,
        logStream: logOutput(),
        roundsMs: ROUNDS_MS,
        measuredTogether: measuredTogether(),
    });
    await app.ready();
    const told = heard('listen');
    say({ says: 'prepared' });
    await told;
    await app.listen({ host: config.host, port: config.port });
    say({ says: 'listens' });
    return {
        stop: async () => {
            await app.close();
            cluster.worker?.disconnect();
        },
    };
}
/** Asks the program for what all its workers measured, and tells it what this one did when it is asked. */
function measuredTogether() {
    let asked = 0;
    return {
        offer: (registry) => AggregatorRegistry.setRegistries(registry),
        gather: async () => {
            asked += 1;
            const question = asked;
            const answer = heard('measured', (it) => it.question === question);
            say({ says: 'measure', question });
            return (await answer).text;
        },
    };
}
function say(message) {
    process.send?.(message);
}
/** The next message of the kind that is meant. */
function heard(kind, isMeant = () => true) {
    return new Promise((resolve) => {
        const listen = (message) => {
            if (message.says !== kind || !isMeant(message))
                return;
            process.off('message', listen);
            resolve(message);
        };
        process.on('message', listen);
    });
}
