import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
/** A calling system of one institution, known by its public keys (SMART Backend Services). */
export const clients = pgTable('clients', {
    id: text().primaryKey(),
    institution: integer().notNull(),
    name: text().notNull(),
    /** Inline key set, or `null` where `jwksUrl` names one. */
    jwks: jsonb(),
    jwksUrl: text('jwks_url'),
    scopes: text().array().notNull(),
    registeredAt: timestamp('registered_at', { withTimezone: true, precision: 3 }).notNull(),
    removedAt: timestamp('removed_at', { withTimezone: true, precision: 3 }),
    /** `iss` of the JWTs of its CDS Hooks calls; `null` where it makes none. */
    cdsIssuer: text('cds_issuer'),
    /** Base address of the FHIR server that its CDS Hooks calls may have read from; `null`: none. */
    cdsFhirServer: text('cds_fhir_server'),
}, (table) => [
    index('clients_by_institution').on(table.institution),
    index('clients_by_removal').on(table.removedAt),
    // A removed client leaves its issuer to the one that follows it.
    uniqueIndex('clients_by_cds_issuer').on(table.cdsIssuer).where(sql `removed_at is null`),
]);
/** Client assertions seen, so that none is taken twice by any gateway (RFC 7523 §3, jti). */
export const usedAssertions = pgTable('used_assertions', {
    client: text().notNull(),
    jti: text().notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.client, table.jti] }), index('used_assertions_by_expiry').on(table.expiresAt)]);
/** Access tokens taken back before their time (RFC 7009). */
export const revokedTokens = pgTable('revoked_tokens', {
    jti: text().primaryKey(),
    expiresAt: timestamp('expires_at', { withTimezone: true, precision: 3 }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [index('revoked_tokens_by_revocation').on(table.revokedAt)]);
/** The keys that sign access tokens; shared by all gateways of one database. */
export const signingKeys = pgTable('signing_keys', {
    kid: text().primaryKey(),
    privateJwk: jsonb('private_jwk').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
});
