import type { LogAuthentication } from '../security/issue-token.route.ts';
import type { LogFailedAuthentication } from '../security/oauth-error.ts';
import type { AccessRecorder } from './access-recorder.ts';

/** Writes down that a client got a token, and with which scopes. */
export function logAuthentication(log: AccessRecorder): LogAuthentication {
  return (caller, now) =>
    log.record(
      caller,
      [{ person: 0n, action: 'E', interaction: 'issueToken', entities: [], query: `scope=${caller.scopes.join(' ')}` }],
      now,
    );
}

/** Writes down that somebody failed to prove who they are; whom they claimed to be stands in the query. */
export function logFailedAuthentication(log: AccessRecorder): LogFailedAuthentication {
  return (entry, now) => log.recordFailure({ ...entry, caller: null, outcome: 4, person: undefined }, now);
}
