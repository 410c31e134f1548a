import { markLogged } from '../access-log/logged-callers.js';
import { logOutput } from '../operation/logger.js';
import { buildServer } from '../server.js';
/**
 * The gateway, with look-ups that are not written down: what the access log costs is the difference. It is reached by the bench alone; the
 * gateway that serves has no such switch. Serves until it is told to stop.
 */
export async function serveUnlogged(config) {
    const app = await buildServer({ ...config, logStream: logOutput() });
    app.accessLog.record = async (caller) => markLogged(caller);
    await app.listen({ host: config.host, port: config.port });
    await new Promise((resolve) => process.once('SIGTERM', resolve));
    await app.close();
}
