import fp from 'fastify-plugin';
import type { Limits, Pooler } from '../config.ts';
import { type Database, openDatabase, PLANNED_ONCE } from './client.ts';
import { GATEWAY_ROLE } from './gateway-role.ts';

declare module 'fastify' {
  interface FastifyInstance {
    db: Database;
    /** The same for what is done beside the requests: its statements have more time. */
    roundsDb: Database;
    /**
     * The same for what may take long: reports, exports, large Bundles. Its statements have more time, and its connections are few, so that nothing
     * slow can take those of the others.
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

/** Rounds are done one after the other; what one of them reads beside its transaction takes a second connection. */
const BESIDE = 2;

/** How long somebody waits for one of the few connections, while others read page after page with them. */
const REPORT_WAIT_MS = 30_000;

/**
 * Gives the server `app.db`, `app.roundsDb`, `app.reportDb` and `app.newsDb`, and closes the pools when the server closes. No connection is made
 * until the first statement, so that the server can be described without a database. Every connection works under the gateway's role, whatever
 * its login may do.
 */
export const databasePlugin = fp<DatabasePluginOptions>(
  async (app, { url, poolMax, pooler, statementMs, reportStatementMs, reportPoolMax = 1 }) => {
    const login = { url, pooler, settings: { role: GATEWAY_ROLE } };
    const plannedOnce = { ...login, settings: { ...login.settings, ...PLANNED_ONCE } };
    const quick = statementMs === undefined ? {} : { statementTimeoutMs: statementMs };
    const patient = reportStatementMs === undefined ? {} : { statementTimeoutMs: reportStatementMs };
    const pools = {
      db: openDatabase({ ...plannedOnce, ...quick, poolMax }),
      newsDb: openDatabase({ ...plannedOnce, ...quick, poolMax: 1 }),
      roundsDb: openDatabase({ ...plannedOnce, ...patient, poolMax: BESIDE }),
      reportDb: openDatabase({ ...login, ...patient, poolMax: reportPoolMax, waitMs: REPORT_WAIT_MS }),
    };
    for (const [name, { db }] of Object.entries(pools)) app.decorate(name, db);
    app.addHook('onClose', async () => {
      await Promise.all(Object.values(pools).map((it) => it.close()));
    });
  },
  { name: 'database', fastify: '5.x' },
);
