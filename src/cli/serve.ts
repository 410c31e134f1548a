import type { Config } from '../config.ts';
import { startGateway } from './start-gateway.ts';

/** How long requests under way may take to finish after a signal. */
const STOP_MAX_MS = 25_000;

/** One Ctrl-C may come twice: from the terminal, and from npm or tsx passing it on. */
const SAME_SIGNAL_MS = 1_000;

/** Serves until SIGTERM or SIGINT, then stops in order; answers the exit code. A signal that is sent again ends at once. */
export async function serveCommand(config: Config): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const gateway = await startGateway(config, say);
  say(`Tongjian serves at ${gateway.url} (description: ${gateway.url}/docs)`);

  await untilSignal();
  say('Stopping: requests under way are finished, nothing new is taken.');
  const overdue = setTimeout(() => process.exit(1), STOP_MAX_MS);
  const askedAt = Date.now();
  const again = () => {
    if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
  };
  process.on('SIGTERM', again);
  process.on('SIGINT', again);
  await gateway.stop();
  clearTimeout(overdue);
  return 0;
}

/** Resolves at SIGTERM or SIGINT. */
export async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
