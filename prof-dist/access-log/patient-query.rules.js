import { Failure } from '../failure.js';
/**
 * Whom a query string means: `patient` (an id, with or without `Patient/`) or `patient.identifier` (`system|value`); exactly one of
 * them. `undefined` where neither is given. Throws `parameter-invalid`.
 */
export function readPatientName(id, identifier) {
    if (id !== undefined && identifier !== undefined) {
        throw new Failure('parameter-invalid', {
            path: 'patient',
            en: 'name the patient once: either patient or patient.identifier',
            zh: 'patient 与 patient.identifier 只能使用其中一个',
        });
    }
    if (id !== undefined)
        return { id: id.replace(/^Patient\//, '') };
    if (identifier === undefined)
        return undefined;
    const bar = identifier.indexOf('|');
    const system = identifier.slice(0, bar).trim();
    const value = identifier.slice(bar + 1).trim();
    if (bar > 0 && system !== '' && value !== '')
        return { identifier: { system, value } };
    throw new Failure('parameter-invalid', {
        path: 'patient.identifier',
        en: 'takes system|value, as in urn:oid:2.16.156.10011.1.3|…',
        zh: '格式应为 system|value，例如 urn:oid:2.16.156.10011.1.3|…',
    });
}
/** The same where a patient must be named. */
export function requirePatientName(id, identifier) {
    const name = readPatientName(id, identifier);
    if (name)
        return name;
    throw new Failure('parameter-invalid', {
        path: 'patient.identifier',
        en: 'is missing; name the patient by patient.identifier=system|value or by patient=<id>',
        zh: '缺失；请以 patient.identifier=system|value 或 patient=<id> 指明患者',
    });
}
