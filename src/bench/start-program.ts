import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** This program once more, as a process of its own that serves HTTP. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  /** From its start until it said that it can serve. */
  readonly readyMs: number;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Starts it once more under the same address, after `stop`. */
  startAgain(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly readyMs: number;
}

/** As the container starts it: objects that live for one request are collected more often, and so in less memory. */
const NODE_FLAGS = ['--max-semi-space-size=8'];

const READY_MAX_MS = 180_000;
const PAUSE_MS = 10;
const OUTPUT_CHARACTERS_MAX = 4_000;

/**
 * Starts a command of this program on a free port of this machine, with nothing but `settings` for its environment, and resolves when it
 * says at `/health/ready` that it can serve. Its log lines are made and thrown away. `profile` is a folder for a profile of its
 * processor time, written when it ends.
 */
export async function startProgram(
  command: readonly string[],
  settings: Readonly<Record<string, string>>,
  profile?: string,
): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...settings };
  const start = () => startProcess(command, environment, url, profile);
  let running = await start();
  return {
    url,
    get pid() {
      return running.child.pid as number;
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

async function startProcess(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  url: string,
  profile: string | undefined,
): Promise<Running> {
  const [, main = ''] = process.argv;
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, ...NODE_FLAGS, ...profiling, main, ...command], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-OUTPUT_CHARACTERS_MAX);
  });
  const ended = once(child, 'exit');
  for (; ; await sleep(PAUSE_MS)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`"${command.join(' ')}" ended at once: ${said}`);
    const isServing = await isReady(url);
    const readyMs = performance.now() - startedAt;
    if (isServing) return { child, ended, readyMs };
    if (readyMs < READY_MAX_MS) continue;
    await stopProcess({ child, ended });
    throw new Error(`"${command.join(' ')}" was not ready within ${READY_MAX_MS / 1_000} s: ${said}`);
  }
}

async function stopProcess({ child, ended }: Pick<Running, 'child' | 'ended'>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended;
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    async (it) => {
      await it.arrayBuffer();
      return it.ok;
    },
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
