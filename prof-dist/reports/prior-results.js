import { codesOfItem, findItems } from '../catalogue/items/find-items.js';
import { findPermission } from '../consents/find-permission.js';
import { contentsOf } from '../database/client.js';
import { Failure } from '../failure.js';
import { findPersons } from '../persons/find-persons.js';
import { encodeId } from '../resources/resource-id.js';
import { isEmergency } from '../security/caller-headers.rules.js';
import { allows } from '../security/scope.rules.js';
import { findReports } from './prior-results.queries.js';
/**
 * Earlier reports on a patient from every institution, newest first (IHE QEDm, Mobile Query Existing Data [PCC-44]), as far as the patient
 * consents.
 *
 * Without consent it throws `consent-required`, whether or not there is anything to see and whether or not the patient is known. The
 * look-up is committed to the access log before it is returned. Four statements (five with an item), whatever is found.
 */
export async function priorResults(db, custody, caller, patient, wanted, asked, now) {
    const persons = await findPersons(db, caller, { id: patient });
    const permission = await findPermission(db, persons, caller, now);
    if (permission.basis === 'none')
        throw consentRequired(persons[0], permission, caller);
    const codes = wanted.item === undefined ? undefined : await codesOf(db, wanted.item, now);
    const found = await findReports(contentsOf(db), persons, { ...wanted, codes }, permission, caller);
    const reports = found.reports.slice(0, wanted.count);
    const last = found.reports.length > wanted.count ? found.reports[wanted.count - 1] : undefined;
    await custody.record(null, caller, [
        {
            person: persons[0] ?? 0n,
            action: 'E',
            interaction: 'priorResults',
            query: asked,
            entities: reports.map((it) => `${it.type}/${encodeId(it)}/_history/${it.version}`),
            permission,
        },
    ], now);
    return { reports, parts: found.parts, next: last && { time: last.time, id: last.id } };
}
async function codesOf(db, item, now) {
    const { items, edition } = await findItems(db, [item], now);
    const known = items.get(item);
    if (known)
        return codesOfItem(known);
    throw new Failure('parameter-invalid', {
        path: 'item',
        en: `"${item}" is not an item of the catalogue edition in force (${edition ?? 'none'})`,
        zh: `“${item}”不在现行互认项目目录（${edition ?? '无'}）中`,
    });
}
/**
 * The answer before consent; the same for every patient and everything. A clinician with the right to break the glass is told of it, as
 * HL7's example `OperationOutcome/break-the-glass` has it.
 */
function consentRequired(person, decision, caller) {
    const required = {
        en: 'the patient has not consented that this institution sees results of others; record a consent first',
        zh: '患者尚未授权本机构查看外院结果；请先登记授权',
    };
    const isInvited = allows(caller.scopes, 'break-glass') && !isEmergency(caller.purpose);
    return new Failure('consent-required', isInvited ? [required, BREAK_THE_GLASS] : [required], {
        ...(person === undefined ? {} : { person }),
        decision,
    });
}
const BREAK_THE_GLASS = {
    severity: 'information',
    kind: 'suppressed',
    coding: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'ETREAT' },
    en: 'in an emergency you may look all the same: send X-Purpose-Of-Use BTG or ETREAT and the written reason in X-Break-Glass-Reason; it is reviewed afterwards',
    zh: '紧急情况下您仍可调阅：请求头 X-Purpose-Of-Use 取 BTG 或 ETREAT，并在 X-Break-Glass-Reason 中写明理由；事后将予复核',
};
