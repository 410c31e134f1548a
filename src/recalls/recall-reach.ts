import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import { allows } from '../security/scope.rules.ts';
import type { Recall, RecallFilter } from './recall-list.queries.ts';

/** As whom somebody looks at recalls: who is told, who published the report, who watches over the region. */
export type Role = 'receiver' | 'source' | 'region';

/** Throws `scope-insufficient` for a caller that may see no recalls: those who check, and those who read reports. */
export function requireRecallScope(caller: Caller): void {
  if (!allows(caller.scopes, 'recognition.check')) requireScope(caller, 'system/DiagnosticReport.r');
}

/** Whose recalls a role may list. Throws `scope-insufficient`; every institution's need `audit.read`. */
export function reachOf(caller: Caller, role: Role): Pick<RecallFilter, 'institution' | 'publisher'> {
  if (role === 'region') {
    requireScope(caller, 'audit.read');
    return {};
  }
  requireRecallScope(caller);
  return role === 'receiver' ? { institution: caller.institution } : { publisher: caller.institution };
}

/** As whom the caller may see one recall; `undefined`: not at all, and it is as unknown as one that never was. */
export function roleIn(caller: Caller, recall: Pick<Recall, 'institution' | 'publisher'>): Role | undefined {
  const isReader = allows(caller.scopes, 'recognition.check') || allows(caller.scopes, 'system/DiagnosticReport.r');
  if (isReader && recall.institution === caller.institution) return 'receiver';
  if (isReader && recall.publisher === caller.institution) return 'source';
  return allows(caller.scopes, 'audit.read') ? 'region' : undefined;
}
