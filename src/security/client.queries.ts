import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Reader, Transaction } from '../database/client.ts';
import { clients } from './security.tables.ts';

/** A calling system as it is registered. */
export interface Client {
  readonly id: string;
  /** Number of its institution. */
  readonly institution: number;
  readonly name: string;
  /** Inline key set; `null` where `jwksUrl` names one. */
  readonly jwks: unknown;
  readonly jwksUrl: string | null;
  readonly scopes: readonly string[];
  readonly registeredAt: Date;
  /** `null` while it may get tokens. */
  readonly removedAt: Date | null;
  /** Issuer of its CDS Hooks calls; `null` where it makes none. */
  readonly cdsIssuer: string | null;
  /** Base address of the FHIR server its CDS Hooks calls may name, without a slash at its end; `null` where they may name none. */
  readonly cdsFhirServer: string | null;
}

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
export async function insertClient(tx: Transaction, client: Omit<Client, 'removedAt'>): Promise<boolean> {
  const inserted = await tx
    .insert(clients)
    .values({ ...client, scopes: [...client.scopes] })
    .onConflictDoNothing()
    .returning({ id: clients.id });
  return inserted.length === 1;
}

/** The client of an id, removed or not. */
export async function selectClient(reader: Reader, id: string): Promise<Client | undefined> {
  const rows = await reader.select(COLUMNS).from(clients).where(eq(clients.id, id));
  return rows[0];
}

/** The client that makes CDS Hooks calls under this issuer and was not removed. Served by `clients_by_cds_issuer`. */
export async function selectClientByCdsIssuer(reader: Reader, issuer: string): Promise<Client | undefined> {
  const rows = await reader
    .select(COLUMNS)
    .from(clients)
    .where(and(eq(clients.cdsIssuer, issuer), isNull(clients.removedAt)))
    .prepare('select-client-by-cds-issuer')
    .execute();
  return rows[0];
}

/** In the order of registration, which the id completes; `after` is the last client of the page before. */
export async function selectClients(
  reader: Reader,
  filter: { readonly institution?: number; readonly after?: { readonly registeredAt: Date; readonly id: string } },
  count: number,
): Promise<readonly Client[]> {
  const { institution, after } = filter;
  return reader
    .select(COLUMNS)
    .from(clients)
    .where(
      and(
        institution === undefined ? undefined : eq(clients.institution, institution),
        after && sql`(${clients.registeredAt}, ${clients.id}) > (${after.registeredAt.toISOString()}, ${after.id})`,
      ),
    )
    .orderBy(asc(clients.registeredAt), asc(clients.id))
    .limit(count);
}

/** Marks the client as removed by the database's clock, which `readRevocations` compares with; `false` where it is already, or unknown. */
export async function markClientRemoved(tx: Transaction, id: string): Promise<boolean> {
  const removed = await tx
    .update(clients)
    .set({ removedAt: sql`now()` })
    .where(and(eq(clients.id, id), isNull(clients.removedAt)))
    .returning({ id: clients.id });
  return removed.length > 0;
}

/** Whether a client that may get tokens has this scope, word for word. */
export async function hasClientWithScope(reader: Reader, scope: string): Promise<boolean> {
  const rows = await reader
    .select({ id: clients.id })
    .from(clients)
    .where(and(isNull(clients.removedAt), sql`${scope} = any(${clients.scopes})`))
    .limit(1);
  return rows.length > 0;
}

/**
 * Notes that the client has used this assertion; `false` where it had before, on whichever gateway. One statement of its own, outside of
 * any transaction: what fails later must not make the assertion good again.
 */
export async function useAssertion(db: Database, client: string, jti: string, expiresAt: Date): Promise<boolean> {
  const { rowCount } = await db.$client.query({
    name: 'use_assertion',
    text: 'insert into used_assertions (client, jti, expires_at) values ($1, $2, $3) on conflict do nothing',
    values: [client, jti, expiresAt],
  });
  return rowCount === 1;
}

/** Forgets the assertions that expired before this time, and so cannot be used again anyway. */
export async function forgetAssertions(db: Database, before: Date): Promise<void> {
  await db.$client.query({ name: 'forget_assertions', text: 'delete from used_assertions where expires_at < $1', values: [before] });
}
