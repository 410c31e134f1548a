import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { PUBLIC_URL } from './gateway.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The program as an operator starts it, a process of its own on a port of its own. */
export interface ServedProgram {
  readonly port: number;
  readonly child: ChildProcess;
  /** Everything it has said to the terminal so far. */
  said(): string;
  /** The processes that wrote log lines about answers to this operation. */
  answerersOf(operation: string): readonly number[];
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts `tongjian serve` with these arguments; resolves when it says that it serves, throws with what it said when it ends before. */
export async function serveProgram(argv: readonly string[], environment: Readonly<Record<string, string>>): Promise<ServedProgram> {
  const port = Number(environment['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve', ...argv], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: String(port), PUBLIC_URL, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, log] = ['', ''];
  child.stdout?.on('data', (text: Buffer) => {
    log += text.toString();
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('Tongjian serves')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
  });
  const answerersOf = (operation: string): readonly number[] => {
    const lines = log.split('\n').filter((it) => it.includes(`"operation":"${operation}"`));
    return [...new Set(lines.map((it) => (JSON.parse(it) as { pid: number }).pid))];
  };
  return { port, child, said: () => said, answerersOf, ended };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
