import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
const READY_MAX_MS = 180_000;
const PAUSE_MS = 10;
const OUTPUT_CHARACTERS_MAX = 4_000;
/**
 * Starts a command of this program on a free port of this machine, with nothing but `settings` for its environment, and resolves when it
 * says at `/health/ready` that it can serve. Its log lines are made and thrown away. `profile` is a folder for a profile of its
 * processor time, written when it ends.
 */
export async function startProgram(command, settings, profile) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const environment = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...settings };
    const start = () => startProcess(command, environment, url, profile);
    let running = await start();
    return {
        url,
        get pid() {
            return running.child.pid;
        },
        get readyMs() {
            return running.readyMs;
        },
        stop: () => stopProcess(running),
        startAgain: async () => {
            running = await start();
        },
    };
}
async function startProcess(command, environment, url, profile) {
    const [, main = ''] = process.argv;
    const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const startedAt = performance.now();
    const child = spawn(process.execPath, [...process.execArgv, ...profiling, main, ...command], {
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
        said = (said + chunk.toString('utf8')).slice(-OUTPUT_CHARACTERS_MAX);
    });
    const ended = once(child, 'exit');
    for (;; await sleep(PAUSE_MS)) {
        if (child.exitCode !== null || child.signalCode !== null)
            throw new Error(`"${command.join(' ')}" ended at once: ${said}`);
        const isServing = await isReady(url);
        const readyMs = performance.now() - startedAt;
        if (isServing)
            return { child, ended, readyMs };
        if (readyMs < READY_MAX_MS)
            continue;
        await stopProcess({ child, ended });
        throw new Error(`"${command.join(' ')}" was not ready within ${READY_MAX_MS / 1_000} s: ${said}`);
    }
}
async function stopProcess({ child, ended }) {
    if (child.exitCode === null && child.signalCode === null)
        child.kill('SIGTERM');
    await ended;
}
async function isReady(url) {
    return fetch(`${url}/health/ready`).then(async (it) => {
        await it.arrayBuffer();
        return it.ok;
    }, () => false);
}
async function freePort() {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    if (address === null || typeof address === 'string')
        throw new Error('no port is free');
    return address.port;
}
