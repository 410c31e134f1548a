import type pg from 'pg';

/** insufficient_privilege, feature_not_supported, undefined_file: the server or the login does not have it. */
const UNAVAILABLE = ['42501', '0A000', '58P01'];

/**
 * Has the server read every index of the tables once, so that the system has them in memory as far as they fit: what is written goes into pages all
 * over them, which a server that has been at work for a day does not fetch from disk. Answers whether it could: that needs the extension `pg_prewarm`
 * and a login that may make it.
 */
export async function warmIndexes(session: pg.Client): Promise<boolean> {
  try {
    await session.query('create extension if not exists pg_prewarm');
  } catch (error) {
    if (!UNAVAILABLE.includes(String((error as { readonly code?: unknown }).code))) throw error;
    return false;
  }
  await session.query(
    `select sum(pg_prewarm(oid::regclass, 'read')) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'i'`,
  );
  return true;
}
