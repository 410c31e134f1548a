import fp from 'fastify-plugin';
import type { Limits, Pooler } from '../config.ts';
import { type Database, openDatabase } from './client.ts';
import { GATEWAY_ROLE } from './gateway-role.ts';

declare module 'fastify' {
  interface FastifyInstance {
    db: Database;
    /**
     * The same for what may take long: reports, exports, large Bundles, and what is done beside the requests. Its statements have more time, and
     * its connections are few, so that nothing slow can take those of the others.
     */
    reportDb: Database;
    /**
     * One connection for what every request has to know before it is let in (which tokens were taken back, which packages are loaded): it must not
     * stand in the line of those that were let in.
     */
    newsDb: Database;
  }
}

interface DatabasePluginOptions extends Partial<Pick<Limits, 'statementMs' | 'reportStatementMs' | 'reportPoolMax'>> {
  readonly url: string;
  readonly poolMax: number;
  readonly pooler?: Pooler | undefined;
}

/** One more, so that reports do not hold up what is done beside the requests. */
const BESIDE = 1;

/** How long somebody waits for one of the few connections, while others read page after page with them. */
const REPORT_WAIT_MS = 30_000;

/**
 * Gives the server `app.db`, `app.reportDb` and `app.newsDb`, and closes the pools when the server closes. No connection is made until the first statement, so
 * that the server can be described without a database. Every connection works under the gateway's role, whatever its login may do.
 */
export const databasePlugin = fp<DatabasePluginOptions>(
  async (app, { url, poolMax, pooler, statementMs, reportStatementMs, reportPoolMax = 1 }) => {
    const login = { url, pooler, settings: { role: GATEWAY_ROLE } };
    const everyday = openDatabase({ ...login, poolMax, ...(statementMs !== undefined && { statementTimeoutMs: statementMs }) });
    const reports = openDatabase({
      ...login,
      poolMax: reportPoolMax + BESIDE,
      waitMs: REPORT_WAIT_MS,
      ...(reportStatementMs !== undefined && { statementTimeoutMs: reportStatementMs }),
    });
    const news = openDatabase({ ...login, poolMax: 1, ...(statementMs !== undefined && { statementTimeoutMs: statementMs }) });
    app.decorate('db', everyday.db);
    app.decorate('newsDb', news.db);
    app.decorate('reportDb', reports.db);
    app.addHook('onClose', async () => {
      await Promise.all([everyday.close(), reports.close(), news.close()]);
    });
  },
  { name: 'database', fastify: '5.x' },
);
