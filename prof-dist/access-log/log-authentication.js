/** Writes down that a client got a token, and with which scopes. */
export function logAuthentication(log) {
    return (caller, now) => log.record(caller, [{ person: 0n, action: 'E', interaction: 'issueToken', entities: [], query: `scope=${caller.scopes.join(' ')}` }], now);
}
/** Writes down that somebody failed to prove who they are; whom they claimed to be stands in the query. */
export function logFailedAuthentication(log) {
    return (entry, now) => log.recordFailure({ ...entry, caller: null, outcome: 4, person: undefined }, now);
}
