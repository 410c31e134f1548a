import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { migrate } from '../database/migrate.js';
import { UnusableDatabase } from '../database/unusable-database.js';
import { usccCheckSign } from '../institutions/uscc.rules.js';
import { showRules } from './demo/show-rules.js';
import { DEMO_USAGE, demoCommand, readDemoOptions } from './demo.js';
import { makeOperator } from './operator.js';
import { untilSignal } from './serve.js';
import { startGateway } from './start-gateway.js';
/** The body that runs the exchange of the demo's region; nobody's real code. */
const OPERATOR = { name: '示范市卫生健康委员会', first17: '11500000MB0DEM001' };
/**
 * `tongjian demo`: a gateway on a database of the demo's own (or on the empty one that is given), and the story told against it over HTTP.
 * Answers the exit code: 0 when every invariant held.
 *
 * With `--rules` it prints the rules of recognition instead, without a database and a gateway: 0 when each row gives the verdict it states.
 */
export async function runDemo(config, argv, say) {
    let options;
    try {
        options = readDemoOptions(argv);
    }
    catch (error) {
        if (!(error instanceof TypeError))
            throw error;
        say(`${error.message}\n\n${DEMO_USAGE}`);
        return 2;
    }
    const print = (line) => {
        process.stdout.write(`${line}\n`);
    };
    if (options.rules)
        return showRules(print) ? 0 : 1;
    const database = await provideEmptyDatabase(config, say);
    try {
        const port = await freePort(config.host, config.port);
        const publicUrl = `http://${config.host}:${port}`;
        const logLevel = config.logLevel === 'info' ? 'error' : config.logLevel;
        const operator = await makeOperator(database.url, { name: OPERATOR.name, uscc: OPERATOR.first17 + usccCheckSign(OPERATOR.first17), district: '500000', another: false }, new Date());
        const gateway = await startGateway({ ...config, port, publicUrl, logLevel, databaseUrl: database.url }, say);
        try {
            const code = await demoCommand({ url: publicUrl, operator }, options, print);
            if (options.serve)
                await untilSignal();
            return code;
        }
        finally {
            await gateway.stop();
        }
    }
    finally {
        await database.stop();
    }
}
/** The demo's own database, emptied of the last demo; or the one that is given, which must be empty. */
async function provideEmptyDatabase(config, say) {
    if (config.databaseUrl === undefined) {
        const embedded = await startEmbeddedPostgres(join(config.dataFolder, 'demo'), say);
        await recreate(embedded.url);
        await migrate(embedded.url, say);
        return embedded;
    }
    await migrate(config.databaseUrl, say);
    const client = new pg.Client({ connectionString: config.databaseUrl });
    await client.connect();
    try {
        const { rows } = await client.query('select count(*)::integer as number from clients');
        if (rows[0].number > 0)
            throw new UnusableDatabase('The demo needs an empty database; the one of DATABASE_URL has calling systems already.');
    }
    finally {
        await client.end();
    }
    return { url: config.databaseUrl, stop: async () => undefined };
}
async function recreate(url) {
    const maintenance = new URL(url);
    const name = maintenance.pathname.slice(1);
    maintenance.pathname = '/postgres';
    const client = new pg.Client({ connectionString: maintenance.href });
    await client.connect();
    try {
        await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
        await client.query(`create database ${client.escapeIdentifier(name)}`);
    }
    finally {
        await client.end();
    }
}
/** The wanted port where it is free, else any. */
async function freePort(host, wanted) {
    for (const port of [wanted, 0]) {
        const server = createServer();
        server.listen(port, host);
        const listening = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]);
        if (!listening)
            continue;
        const address = server.address();
        server.close();
        await once(server, 'close');
        if (address && typeof address === 'object')
            return address.port;
    }
    throw new Error(`no port is free on ${host}`);
}
