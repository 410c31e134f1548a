/**
 * Has every statement of the connection go without its name from now on. A name belongs to one session of the server; a pooler that lends
 * sessions for a transaction each would find it missing, or find another statement under it.
 */
export function leaveNamesOut(client) {
    const query = client.query.bind(client);
    Object.assign(client, { query: (statement, ...rest) => query(unnamed(statement), ...rest) });
}
/** A statement of the library's own form is what it is, and loses its name in place. */
function unnamed(statement) {
    if (typeof statement !== 'object' || statement === null || !('name' in statement))
        return statement;
    if (!('submit' in statement))
        return { ...statement, name: undefined };
    statement.name = undefined;
    return statement;
}
