import { recordAccess } from '../access-log/record-access.js';
import { encodePlace } from '../faces/page-cursor.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { encodeId } from '../resources/resource-id.js';
import { findCheck } from './check.queries.js';
import { findDecisionsOfCheck, listDecisionRows } from './decision.queries.js';
import { unansweredItems } from './decision.rules.js';
import { evidenceOf } from './decision-evidence.js';
import { idOfDecision, showDecision } from './show-decision.js';
/**
 * Decisions the caller's institution made, the newest first, with what became of each. Of one check it also says which items are unanswered,
 * whatever else the list is narrowed to. `asked` is the request as it came, for the log. Three statements a page, five of one check.
 */
export async function listDecisions(tx, savings, caller, filter, asked, now) {
    const { rows, next } = await pageOf(tx, { ...filter, role: 'receiver', institution: caller.institution });
    const postings = await savings.find(tx, [...new Set(rows.map((it) => it.person))], rows.map((it) => it.id));
    const unanswered = filter.check && (await unansweredOf(tx, caller, filter.check));
    await recordAccess(tx, caller, accessesOf(rows, asked, (it) => `RecognitionDecision/${idOfDecision(it)}`, unanswered?.length ? filter.check : undefined), now);
    return { decisions: rows.map((it) => showDecision(it, postings.get(it.id))), next, unanswered };
}
/** Items of a check that are unanswered; `undefined` where the caller's institution has made no such check. */
async function unansweredOf(tx, caller, key) {
    const check = await findCheck(tx, key, caller.institution);
    if (!check)
        return undefined;
    const answered = await findDecisionsOfCheck(tx, key);
    return unansweredItems(evidenceOf(check).items, new Set(answered.keys()));
}
/**
 * Recognitions of results of the caller's institution by others, the newest first. Of the patient it says no more than the own report
 * does: neither the visit, nor the clinician, nor the receiving institution's names for them. Three statements a page.
 */
export async function listUses(tx, caller, filter, asked, now) {
    const { rows, next } = await pageOf(tx, { ...filter, role: 'source', decision: 'recognised', institution: caller.institution });
    const institutions = await findInstitutions(tx, [...new Set(rows.map((it) => it.institution))]);
    await recordAccess(tx, caller, accessesOf(rows, asked, (it) => `${it.report}/_history/${it.reportVersion}`), now);
    return {
        decisions: rows.map((it) => ({
            item: it.item,
            decision: 'recognised',
            report: it.report,
            reportVersion: it.reportVersion,
            receiver: { uscc: institutions.get(it.institution)?.uscc ?? '', name: institutions.get(it.institution)?.name ?? '' },
            decidedAt: it.decidedAt.toISOString(),
            ...(it.citedAt ? { citedAt: it.citedAt.toISOString() } : {}),
            ...(it.revokedAt ? { revokedAt: it.revokedAt.toISOString() } : {}),
        })),
        next,
    };
}
async function pageOf(tx, filter) {
    const found = await listDecisionRows(tx, { ...filter, limit: filter.limit + 1 });
    const rows = found.slice(0, filter.limit);
    const last = found.length > filter.limit ? rows.at(-1) : undefined;
    return { rows, next: encodePlace(last && { at: last.decidedAt, id: last.id }) };
}
/** One access a person, or one that names nobody for an empty page. `check`: one whose unanswered items were told. */
function accessesOf(rows, asked, entityOf, check) {
    const entities = new Map();
    if (check)
        entities.set(check.person, new Set([`RecognitionCheck/${encodeId(check)}`]));
    for (const row of rows) {
        const ofPerson = entities.get(row.person) ?? new Set();
        entities.set(row.person, ofPerson.add(entityOf(row)));
    }
    if (entities.size === 0)
        entities.set(0n, new Set());
    return [...entities].map(([person, shown]) => ({
        person,
        action: 'E',
        interaction: 'listDecisions',
        entities: [...shown],
        query: asked,
    }));
}
