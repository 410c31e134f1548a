const logged = new WeakSet();
/** The request of this caller has an entry in the log that is committed. */
export function markLogged(caller) {
    logged.add(caller);
}
/** Whether an entry for the request of this caller is committed. A caller is one object for the whole of a request. */
export function isLogged(caller) {
    return logged.has(caller);
}
