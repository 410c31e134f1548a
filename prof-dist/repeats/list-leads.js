import { actionOfList } from '../access-log/access-filter.rules.js';
import { recordAccess } from '../access-log/record-access.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { encodeId } from '../resources/resource-id.js';
import { listLeadRows } from './lead.queries.js';
/**
 * Leads of those within reach, the latest examination first. Of the patient they name no more than the institution's own report; what was
 * recognisable elsewhere is not among it (`showLead`). Reading the list is logged for every person on it, as a query or as
 * what is exported. Three statements a page.
 */
export async function listLeads(tx, caller, question, page, now) {
    const found = await listLeadRows(tx, question.filter, { ...page, limit: page.limit + 1 });
    const rows = found.slice(0, page.limit);
    const institutions = await findInstitutions(tx, [...new Set(rows.map((it) => it.institution))]);
    const shown = new Map(rows.length === 0 ? [[0n, []]] : []);
    for (const row of rows)
        shown.set(row.person, [...(shown.get(row.person) ?? []), `Lead/${encodeId(row)}`]);
    const accesses = [...shown].map(([person, entities]) => ({
        person,
        action: actionOfList(question.interaction),
        interaction: question.interaction,
        entities,
        query: question.asked,
    }));
    await recordAccess(tx, caller, accesses, now);
    const last = found.length > page.limit ? rows.at(-1) : undefined;
    return { leads: rows.map((it) => leadShown(it, institutions)), next: last && { at: last.performedAt, id: last.id } };
}
/** A lead as lists show it. */
export function leadShown(lead, institutions) {
    const { doctorSystem: system, doctorValue: value, doctorName: name } = lead;
    return {
        id: encodeId(lead),
        state: lead.state,
        ...(lead.outcome === null ? {} : { outcome: lead.outcome }),
        institution: institutionShown(institutions.get(lead.institution)),
        item: lead.item,
        report: `DiagnosticReport/${encodeId({ person: lead.person, id: lead.report })}`,
        performedAt: lead.performedAt.toISOString(),
        ...(system === null && value === null && name === null ? {} : { doctor: { system, value, name } }),
        openedAt: lead.openedAt.toISOString(),
        changedAt: lead.changedAt.toISOString(),
        ...(lead.reviewer === null ? {} : { reviewer: { ...lead.reviewer } }),
    };
}
export function institutionShown(institution) {
    return { uscc: institution?.uscc ?? '', name: institution?.name ?? '' };
}
