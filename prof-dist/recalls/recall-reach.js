import { requireScope } from '../security/require-scope.js';
import { allows } from '../security/scope.rules.js';
/** Throws `scope-insufficient` for a caller that may see no recalls: those who check, and those who read reports. */
export function requireRecallScope(caller) {
    if (!allows(caller.scopes, 'recognition.check'))
        requireScope(caller, 'system/DiagnosticReport.r');
}
/** Whose recalls a role may list. Throws `scope-insufficient`; every institution's need `audit.read`. */
export function reachOf(caller, role) {
    if (role === 'region') {
        requireScope(caller, 'audit.read');
        return {};
    }
    requireRecallScope(caller);
    return role === 'receiver' ? { institution: caller.institution } : { publisher: caller.institution };
}
/** As whom the caller may see one recall; `undefined`: not at all, and it is as unknown as one that never was. */
export function roleIn(caller, recall) {
    const isReader = allows(caller.scopes, 'recognition.check') || allows(caller.scopes, 'system/DiagnosticReport.r');
    if (isReader && recall.institution === caller.institution)
        return 'receiver';
    if (isReader && recall.publisher === caller.institution)
        return 'source';
    return allows(caller.scopes, 'audit.read') ? 'region' : undefined;
}
