import pg from 'pg';

/** A connection that may do what the gateway may not; the caller ends it. */
export async function connectAsOwner(databaseUrl: string): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  return owner;
}
