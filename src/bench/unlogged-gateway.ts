import { markLogged } from '../access-log/logged-callers.ts';
import type { Config } from '../config.ts';
import { logOutput } from '../operation/logger.ts';
import { buildServer } from '../server.ts';

/**
 * The gateway, with look-ups that are not written down: what the access log costs is the difference. It is reached by the bench alone; the
 * gateway that serves has no such switch. Serves until it is told to stop.
 */
export async function serveUnlogged(config: Omit<Config, 'databaseUrl'> & { readonly databaseUrl: string }): Promise<void> {
  const app = await buildServer({ ...config, logStream: logOutput() });
  app.accessLog.record = async (caller) => markLogged(caller);
  await app.listen({ host: config.host, port: config.port });
  await new Promise<void>((resolve) => process.once('SIGTERM', resolve));
  await app.close();
}
