import fp from 'fastify-plugin';
import { openDatabase, PLANNED_ONCE } from './client.js';
import { GATEWAY_ROLE } from './gateway-role.js';
/** Rounds are done one after the other; what one of them reads beside its transaction takes a second connection. */
const BESIDE = 2;
/** How long somebody waits for one of the few connections, while others read page after page with them. */
const REPORT_WAIT_MS = 30_000;
/**
 * Gives the server `app.db`, `app.roundsDb`, `app.reportDb` and `app.newsDb`, and closes the pools when the server closes. No connection is made
 * until the first statement, so that the server can be described without a database. Every connection works under the gateway's role, whatever
 * its login may do.
 */
export const databasePlugin = fp(async (app, { url, poolMax, pooler, statementMs, reportStatementMs, reportPoolMax = 1 }) => {
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
    for (const [name, { db }] of Object.entries(pools))
        app.decorate(name, db);
    app.addHook('onClose', async () => {
        await Promise.all(Object.values(pools).map((it) => it.close()));
    });
}, { name: 'database', fastify: '5.x' });
