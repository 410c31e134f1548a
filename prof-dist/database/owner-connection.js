import pg from 'pg';
import { causeOf, databaseFailure } from './outage.js';
import { UnusableDatabase } from './unusable-database.js';
/** One connection; whoever opened it ends it. Throws UnusableDatabase where the database cannot be reached. */
export async function connectTo(url) {
    const client = new pg.Client({ connectionString: url, application_name: 'tongjian migrate', connectionTimeoutMillis: 10_000 });
    // A lost connection fails the statement under way; the event on top of it would end the process.
    client.on('error', () => undefined);
    await client.connect().catch((error) => {
        throw unreachable(error, url);
    });
    return client;
}
/** The same for what changes the tables themselves: it may take its time, and with its end the locks of its session are gone. */
export async function connectAsOwner(url) {
    const client = await connectTo(url);
    try {
        await client.query('set statement_timeout = 0');
    }
    catch (error) {
        await client.end();
        throw error;
    }
    return client;
}
/** Says where and why; never the password. */
function unreachable(error, url) {
    if (!databaseFailure(error))
        return error;
    const { hostname, pathname } = new URL(url);
    return new UnusableDatabase(`The database "${pathname.slice(1)}" at ${decodeURIComponent(hostname)} cannot be used: ${causeOf(error).message}.`, { cause: error });
}
