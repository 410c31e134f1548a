import { Failure } from '../failure.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { readToken } from '../fhir/search-token.js';
import { PERSON_SYSTEM, URI_SYSTEM } from './audit-shapes.rules.js';
/**
 * Reads `entity.identifier`: the number of a person here (`https://tongjian.example/fhir/NamingSystem/person|…`), the id of a request, the name
 * of a record that is no resource of FHIR, or the policy of a decision. Of no entity is any other system: that meets nothing. Throws
 * `parameter-invalid` for one without a value.
 */
export function readEntityIdentifier(text) {
    const { system, code } = readToken('entity.identifier', text);
    if (code === undefined)
        throw invalid('entity.identifier', 'takes system|value, |value or a value', '格式应为 system|value、|value 或 value');
    const isOf = (its) => system === undefined || system === its;
    return {
        is: 'named',
        ...(isOf(PERSON_SYSTEM) ? { person: personOf(code) } : {}),
        ...(isOf('') ? { request: code, record: isResource(code) ? undefined : code } : {}),
        ...(isOf(URI_SYSTEM) && !code.startsWith('Consent/') ? { policy: code } : {}),
    };
}
const ROLES = new Map([
    ['1', { is: 'patient' }],
    ['4', { is: 'data' }],
    ['24', { is: 'query' }],
]);
/** Reads `entity-role`: 1 patient, 4 what was shown or stored, 24 the request. Throws `parameter-invalid`. */
export function readEntityRole(text) {
    const found = ROLES.get(codeOf('entity-role', text));
    if (found)
        return found;
    throw invalid('entity-role', `takes one of ${[...ROLES.keys()].join(', ')}`, `应为 ${[...ROLES.keys()].join('、')} 之一`);
}
const TYPES = new Map([
    ['1', { is: 'patient' }],
    ['2', { is: 'object' }],
    ['XrequestId', { is: 'request' }],
]);
/** Reads `entity-type`: 1 person, 2 system object, XrequestId, or the type of a resource or record. Throws `parameter-invalid`. */
export function readEntityType(text) {
    const code = codeOf('entity-type', text);
    const found = TYPES.get(code);
    if (found)
        return found;
    if (/^[A-Za-z]{1,64}$/.test(code))
        return { is: 'record', type: code };
    const known = [...TYPES.keys()].join(', ');
    throw invalid('entity-type', `takes one of ${known}, or a type as in Consent`, `应为 ${known} 之一，或如 Consent 的类型`);
}
/** The code of a token, whatever its system: no two systems of entities share one. */
function codeOf(name, text) {
    return readToken(name, text).code ?? '';
}
/** The person that entries must be about to have such an entity; `undefined` where they may be about others. */
export function personAlone(trait) {
    return trait.is === 'named' && trait.request === undefined && trait.policy === undefined ? trait.person : undefined;
}
/** Whether a token means this identifier. */
export function isAsked({ system, code }, identifier) {
    return (system === undefined || system === identifier.system) && (code === undefined || code === identifier.value);
}
/** A key as `personText` writes it: 63 bits; nobody has the key 0, which entries about nobody have, and those shown as such. */
function personOf(code) {
    const key = /^[0-7][0-9a-f]{15}$/.test(code) ? BigInt(`0x${code}`) : 0n;
    return key === 0n ? undefined : key;
}
function isResource(name) {
    return RESOURCE_TYPES.has(/^[A-Za-z]+/.exec(name)?.[0] ?? '');
}
function invalid(name, en, zh) {
    return new Failure('parameter-invalid', { path: name, en: `${name} ${en}`, zh: `${name} ${zh}` });
}
