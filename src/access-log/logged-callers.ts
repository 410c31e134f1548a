import type { Caller } from '../security/caller.ts';

const logged = new WeakSet<Caller>();

/** The request of this caller has an entry in the log that is committed. */
export function markLogged(caller: Caller): void {
  logged.add(caller);
}

/** Whether an entry for the request of this caller is committed. A caller is one object for the whole of a request. */
export function isLogged(caller: Caller): boolean {
  return logged.has(caller);
}
