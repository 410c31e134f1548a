/**
 * Whose data a connection reads, and as whom: a primary and its replicas answer the same, a server that was made by itself does not, though its
 * positions look alike.
 */
export async function serverIdentity(connection) {
    const { rows } = await connection.query('select concat_ws($1::text, system_identifier, current_database(), current_user) as identity from pg_control_system()', ['/']);
    return rows[0]?.identity ?? '';
}
