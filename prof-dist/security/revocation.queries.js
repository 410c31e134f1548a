/**
 * Everything taken back after `since`, and the database's own time, to be given as `since` in the next call; one statement.
 *
 * Looks half a minute further back than asked: a row shows up at its commit, which may come later than the time written in it. Without
 * `since` it looks back ten minutes, longer than any token lives. Served by the indexes on the two times.
 */
export async function readRevocations(reader, since) {
    const { rows } = await reader.$client.query({
        name: 'read_revocations',
        text: `
      with bound as (select coalesce($1::timestamptz - interval '30 seconds', now() - interval '10 minutes') as since)
      select 'clock' as kind, '' as id, now() as until
      union all
      select 'token', jti, expires_at from revoked_tokens, bound where revoked_at > bound.since
      union all
      select 'client', id, removed_at + interval '10 minutes' from clients, bound where removed_at > bound.since`,
        values: [since ?? null],
    });
    const revocations = [];
    let at;
    for (const { kind, id, until } of rows) {
        if (kind === 'clock')
            at = until;
        else
            revocations.push({ kind, id, until });
    }
    if (!at)
        throw new Error('The database did not tell its time.');
    return { revocations, at };
}
/**
 * Takes a token back, by the database's clock; again does nothing. Sweeps out what nobody needs to remember, in the same statement.
 */
export async function insertRevokedToken(db, jti, expiresAt) {
    await db.$client.query({
        name: 'insert_revoked_token',
        text: `
      with swept as (delete from revoked_tokens where revoked_at < now() - interval '1 hour')
      insert into revoked_tokens (jti, expires_at, revoked_at) values ($1, $2, now())
      on conflict (jti) do nothing`,
        values: [jti, expiresAt],
    });
}
