import { recordAccess } from '../access-log/record-access.js';
import { findReasons } from '../catalogue/reasons/find-reasons.js';
import { Failure } from '../failure.js';
import { findStandingVersions } from '../reports/find-standing-versions.js';
import { decodeId, freshNumber } from '../resources/resource-id.js';
import { insertDecisions } from './decision.queries.js';
import { faultsOfEntries, spreadEntries, unansweredItems } from './decision.rules.js';
import { evidenceOf, resultEvidence } from './decision-evidence.js';
import { requireCheck } from './show-check.js';
import { idOfDecision, showDecision } from './show-decision.js';
import { reportsOf, versionsOf } from './shown-reports.rules.js';
/**
 * Keeps a clinician's answers to the items of a check, bound to the very report versions it showed, and posts what recognising saves. All
 * answers or none; what is left unanswered is named, and is no refusal.
 *
 * An item is answered once, by itself or with all of its institution: the same answer again gets the same decision, another one is a
 * `conflict`; of two at once the primary key lets one in and the other waits for it. Nor is anything recognised that its source has corrected
 * or withdrawn since the check, of a panel any report that it rests on (`conflict`). Reasons are those of the list that the check's rules name. Throws `not-found` (no check of this
 * institution), `rule-violated` with every faulty answer.
 *
 * Statements, whatever the number of items: the check, the decisions, the access log; where something is refused the reasons; where something
 * is recognised the reports and the savings account (person, hold, state, rate, entries), or, of what was recognised before, what was posted.
 */
export async function decide(tx, savings, caller, practitioner, request, now) {
    const check = await requireCheck(tx, caller, request.check, 'check');
    const evidence = evidenceOf(check);
    const isRefusing = request.decisions.some((it) => it.decision === 'not-recognised');
    const reasons = isRefusing ? await findReasons(tx, evidence.basis.reasonList) : [];
    const faults = faultsOfEntries(request.decisions, evidence.items, reasons);
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const answers = spreadEntries(request.decisions, evidence.items);
    const denials = new Set(reasons.filter((it) => it.countsAsDenial).map((it) => it.code));
    const standing = await insertDecisions(tx, check, answers.map((it) => ({
        person: check.person,
        check: check.id,
        item: it.item,
        id: freshNumber(),
        institution: caller.institution,
        client: caller.client,
        practitioner,
        decision: it.decision,
        reasonList: it.reason === undefined ? null : evidence.basis.reasonList,
        reason: it.reason ?? null,
        reasonText: it.reasonText ?? null,
        countsAsDenial: it.reason !== undefined && denials.has(it.reason),
        ...resultEvidence(evidence, it.item),
        edition: check.edition,
        rulesVersion: check.rulesVersion,
        decidedAt: now,
    })));
    const decisions = standingFor(answers, standing, check);
    const recognised = decisions.filter((it) => it.decision === 'recognised');
    const [recognisedNow, recognisedBefore] = [recognised.filter((it) => it.isNew), recognised.filter((it) => !it.isNew)];
    await refuseOutdated(tx, check, evidence, answers, recognisedNow);
    const claims = recognisedNow.map((it) => claimOf(it, check, evidence));
    const posted = await savings.post(tx, claims, now);
    const postedBefore = await savings.find(tx, [check.person], recognisedBefore.map((it) => it.id));
    const decided = new Set(decisions.map((it) => it.item));
    const entities = [
        ...decisions.map((it) => `RecognitionDecision/${idOfDecision(it)}`),
        ...versionsOf(evidence.items.filter((it) => decided.has(it.item))),
    ];
    const isNew = decisions.some((it) => it.isNew);
    const action = isNew ? 'C' : 'R';
    await recordAccess(tx, caller, [{ person: check.person, action, interaction: 'decide', entities }], now);
    return {
        isNew,
        answer: {
            check: request.check,
            decisions: decisions.map((it) => showDecision({ ...it, recordText: recordTextOf(it, evidence) }, posted.get(it.id) ?? postedBefore.get(it.id))),
            unanswered: [...unansweredItems(evidence.items, new Set(standing.keys()))],
        },
    };
}
/** What stands for each answer now, in the order of the answers. Throws `conflict` where something else does. */
function standingFor(answers, standing, check) {
    const conflicts = answers.filter((it) => {
        const decision = standing.get(it.item);
        return decision && !isSame(decision, it);
    });
    if (conflicts.length === 0)
        return answers.flatMap((it) => standing.get(it.item) ?? []);
    throw new Failure('conflict', conflicts.map(({ item, path }) => ({
        path,
        en: `"${item}" of this check has been answered otherwise. Take that decision back, and make a new check to decide again.`,
        zh: `本次查询的项目“${item}”已有不同的决定。如需更改，请撤销原决定并重新查询。`,
    })), { person: check.person });
}
/** Throws `conflict` where a report that is recognised now, of a panel that of any member, is no longer the version that the check showed. */
async function refuseOutdated(tx, check, { items }, answers, recognisedNow) {
    const decided = new Set(recognisedNow.map((it) => it.item));
    const reports = items
        .filter((it) => decided.has(it.item))
        .flatMap((it) => reportsOf(it).map((shown) => ({ ...shown, decided: it.item, id: shown.report.replace(/^DiagnosticReport\//, '') })));
    const standing = await findStandingVersions(tx, [...new Set(reports.map((it) => it.id))].flatMap((id) => decodeId(id) ?? []));
    const outdated = reports.filter((it) => standing.get(it.id) !== it.reportVersion);
    if (outdated.length === 0)
        return;
    const pathOf = new Map(answers.map((it) => [it.item, `${it.path}.${it.member}`]));
    throw new Failure('conflict', outdated.map(({ item, decided }) => ({
        path: pathOf.get(decided) ?? 'decisions',
        en: `The report of "${item}"${item === decided ? '' : ` within "${decided}"`} has been corrected or withdrawn since the check. Make a new check and look at it again.`,
        zh: `项目${item === decided ? '' : `“${decided}”中`}“${item}”的报告在查询之后已被更正或撤回。请重新查询并核对结果。`,
    })), { person: check.person });
}
function isSame(decision, answer) {
    return (decision.decision === answer.decision &&
        decision.reason === (answer.reason ?? null) &&
        decision.reasonText === (answer.reasonText ?? null));
}
/** What the check offered for the medical record, of a recognition. */
function recordTextOf({ item, decision }, { items }) {
    return (decision === 'recognised' && items.find((it) => it.item === item)?.recordText) || null;
}
/** The price is the one the check showed, whatever has become of it since. */
function claimOf(decision, check, { items, basis }) {
    const shown = items.find((it) => it.item === decision.item);
    return {
        person: decision.person,
        decision: decision.id,
        check: check.id,
        item: decision.item,
        members: shown?.members?.map((it) => it.item) ?? [],
        institution: decision.institution,
        district: basis.district,
        level: basis.level ?? null,
        insurance: check.insurance,
        department: check.department,
        sourceInstitution: decision.sourceInstitution,
        report: decision.report,
        reportVersion: decision.reportVersion,
        encounter: check.encounter,
        edition: decision.edition,
        rulesVersion: decision.rulesVersion,
        price: shown?.price ?? { amountFen: 0, priced: false, version: null },
    };
}
