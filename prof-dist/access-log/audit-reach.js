import { Failure } from '../failure.js';
import { findInstitutionByUscc } from '../institutions/find-institution.js';
import { requireDoorOfToken } from '../security/require-door-of-token.js';
import { requireScope } from '../security/require-scope.js';
import { allows } from '../security/scope.rules.js';
/**
 * Whose accesses the caller may look at: every institution's with `audit.read` (`undefined`), its own with `system/AuditEvent`.
 *
 * Throws `scope-insufficient` without either of them. Which institutions see a patient is itself sensitive, so that a hospital learns
 * nothing here about the others.
 */
export function auditReach(caller, right) {
    if (allows(caller.scopes, 'audit.read'))
        return undefined;
    requireScope(caller, `system/AuditEvent.${right}`);
    return caller.institution;
}
/**
 * Whose emergency accesses the caller may go over: every institution's with `audit.read` beside `audit.review`, else its own. Throws
 * `scope-insufficient` without `audit.review`: whoever only reads the log judges nobody.
 */
export function reviewReach(caller) {
    requireScope(caller, 'audit.review');
    return allows(caller.scopes, 'audit.read') ? undefined : caller.institution;
}
/** No institution has this number: a credit code nobody has meets nothing. */
const NO_INSTITUTION = 0;
/**
 * The number of the institution to filter by: the one asked for by its credit code, within the caller's reach. Throws
 * `scope-insufficient` for one beyond it, whether or not there is such an institution.
 */
export async function institutionInReach(reader, reach, uscc, path) {
    if (uscc === undefined)
        return reach;
    const asked = (await findInstitutionByUscc(reader, uscc))?.institution ?? NO_INSTITUTION;
    if (reach === undefined || reach === asked)
        return asked;
    throw new Failure('scope-insufficient', {
        path,
        en: 'names another institution; its accesses need the scope audit.read',
        zh: '指定了其他机构；查看其访问记录需要 audit.read 权限',
    });
}
/**
 * What of the log the caller may list: with `patient-log.read` every institution's accesses to the one patient of the token; else as
 * `auditReach` says. Throws `scope-insufficient`.
 */
export function logReach(caller) {
    if (caller.patient !== undefined && allows(caller.scopes, 'patient-log.read'))
        return { institution: undefined, patient: caller.patient };
    // Any other token for one patient is for that patient's results.
    requireDoorOfToken(caller, {});
    return { institution: auditReach(caller, 's'), patient: undefined };
}
/**
 * Throws `scope-insufficient` for a reader bound to an institution or to a patient: its entries leave out what is none of its business
 * (`discreet`, `asPatientSees`), and such an entry does not match what the transparency log is committed to.
 */
export function requireWholeEntries({ institution, patient }) {
    if (institution === undefined && patient === undefined)
        return;
    throw new Failure('scope-insufficient', {
        path: 'leaves',
        en: 'needs the scope audit.read: entries shown to others may leave something out, and would not match their leaves',
        zh: '需要 audit.read 权限：向其他人展示的记录可能略去部分内容，与其叶节点的承诺值不符',
    });
}
