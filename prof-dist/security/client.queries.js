import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { clients } from './security.tables.js';
const COLUMNS = {
    id: clients.id,
    institution: clients.institution,
    name: clients.name,
    jwks: clients.jwks,
    jwksUrl: clients.jwksUrl,
    scopes: clients.scopes,
    registeredAt: clients.registeredAt,
    removedAt: clients.removedAt,
    cdsIssuer: clients.cdsIssuer,
    cdsFhirServer: clients.cdsFhirServer,
};
/** Stores a client; `false` where another one makes CDS Hooks calls under its issuer. */
export async function insertClient(tx, client) {
    const inserted = await tx
        .insert(clients)
        .values({ ...client, scopes: [...client.scopes] })
        .onConflictDoNothing()
        .returning({ id: clients.id });
    return inserted.length === 1;
}
/** The client of an id, removed or not. */
export async function selectClient(reader, id) {
    const rows = await reader.select(COLUMNS).from(clients).where(eq(clients.id, id));
    return rows[0];
}
/** The client that makes CDS Hooks calls under this issuer and was not removed. Served by `clients_by_cds_issuer`. */
export async function selectClientByCdsIssuer(reader, issuer) {
    const rows = await reader
        .select(COLUMNS)
        .from(clients)
        .where(and(eq(clients.cdsIssuer, issuer), isNull(clients.removedAt)));
    return rows[0];
}
/** In the order of registration, which the id completes; `after` is the last client of the page before. */
export async function selectClients(reader, filter, count) {
    const { institution, after } = filter;
    return reader
        .select(COLUMNS)
        .from(clients)
        .where(and(institution === undefined ? undefined : eq(clients.institution, institution), after && sql `(${clients.registeredAt}, ${clients.id}) > (${after.registeredAt.toISOString()}, ${after.id})`))
        .orderBy(asc(clients.registeredAt), asc(clients.id))
        .limit(count);
}
/** Marks the client as removed by the database's clock, which `readRevocations` compares with; `false` where it is already, or unknown. */
export async function markClientRemoved(tx, id) {
    const removed = await tx
        .update(clients)
        .set({ removedAt: sql `now()` })
        .where(and(eq(clients.id, id), isNull(clients.removedAt)))
        .returning({ id: clients.id });
    return removed.length > 0;
}
/** Whether a client that may get tokens has this scope, word for word. */
export async function hasClientWithScope(reader, scope) {
    const rows = await reader
        .select({ id: clients.id })
        .from(clients)
        .where(and(isNull(clients.removedAt), sql `${scope} = any(${clients.scopes})`))
        .limit(1);
    return rows.length > 0;
}
/**
 * Notes that the client has used this assertion; `false` where it had before, on whichever gateway. One statement of its own, outside of
 * any transaction: what fails later must not make the assertion good again.
 */
export async function useAssertion(db, client, jti, expiresAt) {
    const { rowCount } = await db.$client.query({
        name: 'use_assertion',
        text: 'insert into used_assertions (client, jti, expires_at) values ($1, $2, $3) on conflict do nothing',
        values: [client, jti, expiresAt],
    });
    return rowCount === 1;
}
/** Forgets the assertions that expired before this time, and so cannot be used again anyway. */
export async function forgetAssertions(db, before) {
    await db.$client.query({ name: 'forget_assertions', text: 'delete from used_assertions where expires_at < $1', values: [before] });
}
