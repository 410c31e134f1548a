import { recordAccess } from '../access-log/record-access.js';
import { findItems } from '../catalogue/items/find-items.js';
import { findPermission } from '../consents/find-permission.js';
import { holdConsents } from '../consents/hold-consents.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { keysOfPerson } from '../persons/find-persons.js';
import { encodeId } from '../resources/resource-id.js';
import { findStandingFindings } from './finding.queries.js';
import { findLeadEvents } from './lead.queries.js';
import { requireLead } from './lead-reach.js';
import { institutionShown, leadShown } from './list-leads.js';
/**
 * A lead with what it rests on and everything that happened to it. Throws `not-found`, also for one beyond reach.
 *
 * What was recognisable belongs to another institution. An institution is told of it what a check of its own has shown it, or what the patient
 * consents to now that it sees; a consent that was withdrawn since takes it away. Auditors (`reach` undefined) see it as they see the log. At most eleven
 * statements.
 */
export async function showLead(tx, caller, { id, reach }, now) {
    const lead = await requireLead(tx, reach, id);
    await recordAccess(tx, caller, [{ person: lead.person, action: 'R', interaction: 'showLead', entities: entitiesOf(lead) }], now);
    return await leadWithEvidence(tx, caller, lead, reach, now);
}
/**
 * What an access to a lead names: the lead alone. It says that reports exist, and when they were made, but nothing of their results: who follows it up
 * has read none of them, and is not told when one is corrected.
 */
export function entitiesOf(lead) {
    return [`Lead/${encodeId(lead)}`];
}
/** The same for one that has just been stepped on with; the access is for the caller to log. */
export async function leadWithEvidence(tx, caller, lead, reach, now) {
    const finding = (await findStandingFindings(tx, { person: lead.person, id: lead.report })).get(lead.item);
    const events = await findLeadEvents(tx, lead);
    const isTold = reach === undefined || (await mayBeTold(tx, caller, lead, finding?.evidence ?? {}, now));
    const source = finding?.evidence?.recognisable?.institution;
    const numbers = [lead.institution, ...(source === undefined ? [] : [source]), ...events.flatMap((it) => it.institution ?? [])];
    const institutions = await findInstitutions(tx, [...new Set(numbers)]);
    return {
        ...leadShown(lead, institutions),
        reportVersion: finding?.version ?? 0,
        evidence: evidenceShown(finding, isTold, institutions),
        events: events.map((it) => eventShown(it, institutions)),
    };
}
async function mayBeTold(tx, caller, lead, { recognisable, check }, now) {
    if (!recognisable || check?.shown.includes(recognisable.report))
        return true;
    const persons = await keysOfPerson(tx, lead.person);
    await holdConsents(tx, persons);
    const { categories, sensitivities, rows } = await findPermission(tx, persons, caller, now);
    // Where the permission is for single rows, which one this is cannot be told from here.
    if (rows)
        return false;
    const item = (await findItems(tx, [lead.item], now)).items.get(lead.item);
    if (!item)
        return false;
    return categories.includes(item.kind) && (item.sensitivity === null || sensitivities.includes(item.sensitivity));
}
function evidenceShown(finding, isTold, institutions) {
    const { recognisable, check } = finding?.evidence ?? {};
    const source = recognisable && institutionShown(institutions.get(recognisable.institution));
    return {
        isWithheld: !isTold,
        ...(recognisable && source && isTold ? { recognisable: { ...withoutNumber(recognisable), source } } : {}),
        ...(check ? { check: { ...check, shown: [...check.shown] } } : {}),
    };
}
function withoutNumber({ institution: _institution, ...said }) {
    return said;
}
function eventShown(event, institutions) {
    return {
        kind: event.kind,
        at: event.at.toISOString(),
        ...(event.outcome === null ? {} : { outcome: event.outcome }),
        ...(event.text === null ? {} : { text: event.text }),
        ...(event.institution === null ? {} : { institution: institutionShown(institutions.get(event.institution)) }),
        ...(event.practitioner === null ? {} : { practitioner: { ...event.practitioner } }),
    };
}
