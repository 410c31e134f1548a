import { desc } from 'drizzle-orm';
import { signingKeys } from './security.tables.js';
/** Newest first; the kid settles a tie, so that every gateway sees the same order. */
export async function readSigningKeys(reader) {
    const rows = await reader
        .select({ kid: signingKeys.kid, privateJwk: signingKeys.privateJwk })
        .from(signingKeys)
        .orderBy(desc(signingKeys.createdAt), signingKeys.kid);
    return rows.map((it) => ({ kid: it.kid, privateJwk: it.privateJwk }));
}
/** Held until the end of the transaction: of several gateways that start on an empty database, one makes the key. */
const FIRST_KEY_LOCK = 7_416_001;
/** Stores the key unless there is one already; waits for another gateway that is just doing the same. */
export async function insertFirstSigningKey(tx, kid, privateJwk, now) {
    await tx.$client.query('select pg_advisory_xact_lock($1)', [FIRST_KEY_LOCK]);
    if ((await readSigningKeys(tx)).length > 0)
        return;
    await tx.insert(signingKeys).values({ kid, privateJwk, createdAt: now });
}
