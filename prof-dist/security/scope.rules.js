import { RESOURCE_TYPES } from '../fhir/resource-types.js';
/** The scopes beside FHIR: one for each job that no FHIR resource stands for. */
export const PLAIN_SCOPES = [
    'operator',
    'recognition.check',
    'recognition.decide',
    'break-glass',
    'audit.read',
    'audit.review',
    'patient-log.read',
    'savings.read',
    'leads.review',
];
/** SMART v1 permissions in the letters of v2 (SMART App Launch 2.2, "Scopes for requesting FHIR resources"). */
const V1_PERMISSIONS = { read: 'rs', write: 'cud', '*': 'cruds' };
/** Letters each at most once and in this order only, as SMART v2 has it. */
const RESOURCE_SCOPE = /^system\/(\*|[A-Z][A-Za-z]{1,63})\.(?:(c?r?u?d?s?)|(read|write|\*))$/;
/**
 * One scope taken apart, or `undefined`: `system/Type.cruds` of SMART v2, `system/Type.read|write|*` of v1, or a plain one.
 *
 * A scope is understood as a whole or not at all: letters in another order, a type that FHIR R4 does not have, `user/` and `patient/` (nobody logs in here) and a
 * `?param=value` part (rows are not narrowed by scope) are no scopes of this server.
 */
export function parseScope(text) {
    const plain = PLAIN_SCOPES.find((it) => it === text);
    if (plain)
        return { plain };
    const [, type, v2, v1] = RESOURCE_SCOPE.exec(text) ?? [];
    const permissions = v2 || (v1 && V1_PERMISSIONS[v1]);
    if (!type || !permissions || (type !== '*' && !RESOURCE_TYPES.has(type)))
        return undefined;
    return { type, permissions };
}
/**
 * Whether the granted scopes cover the needed one, letter by letter; several grants may do so together. `*` as the needed type is
 * covered by `*` only. An unknown scope grants nothing and is never covered.
 */
export function allows(granted, needed) {
    const wanted = parseScope(needed);
    if (!wanted)
        return false;
    if ('plain' in wanted)
        return granted.includes(wanted.plain);
    const missing = new Set(wanted.permissions);
    for (const text of granted) {
        const scope = parseScope(text);
        if (!scope || 'plain' in scope || (scope.type !== '*' && scope.type !== wanted.type))
            continue;
        for (const letter of scope.permissions)
            missing.delete(letter);
        if (missing.size === 0)
            return true;
    }
    return false;
}
/**
 * The scopes a client gets for the ones it asks for: all of them, as they were written (v1 stays v1), or none. A narrowed grant would
 * surface later as a refusal that nobody can explain.
 */
export function grantScopes(registered, requested) {
    const unknown = requested.find((it) => !parseScope(it));
    if (unknown !== undefined)
        return { unknown };
    const refused = requested.find((it) => !allows(registered, it));
    if (refused !== undefined)
        return { refused };
    return { scopes: [...new Set(requested)] };
}
