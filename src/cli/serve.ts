import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { readPackageFiles } from './load-packages.ts';
import { startGateway } from './start-gateway.ts';

/** How long requests under way may take to finish after a signal. */
const STOP_MAX_MS = 25_000;

/** One Ctrl-C may come twice: from the terminal, and from npm or tsx passing it on. */
const SAME_SIGNAL_MS = 1_000;

const USAGE = `Usage: tongjian serve [--package <file.tgz>]...

Serves requests until it is told to stop.

  --package  a FHIR package (published guide) to load before; may stand several times
`;

/** Serves until SIGTERM or SIGINT, then stops in order; answers the exit code. A signal that is sent again ends at once. */
export async function serveCommand(config: Config, argv: readonly string[]): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const files = readArguments(argv);
  if (typeof files === 'string') {
    say(files);
    return files === USAGE ? 0 : 2;
  }
  const packages = await readPackageFiles(files);
  const gateway = await startGateway(config, say, packages);
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

/** The files of `--package`, or what is to be said instead. */
function readArguments(argv: readonly string[]): readonly string[] | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { package: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
    });
    return values.help ? USAGE : (values.package ?? []);
  } catch (error) {
    return `${(error as Error).message}\n\n${USAGE}`;
  }
}

/** Resolves at SIGTERM or SIGINT. */
export async function untilSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
