import { keysOfPerson } from '../persons/find-persons.js';
import { findAnswers } from '../recognition/find-answers.js';
import { findExaminedItems, findRecognisable } from '../recognition/find-recognisable.js';
import { findOfReports } from '../resources/resource.queries.js';
import { encodeId } from '../resources/resource-id.js';
import { codingsOfExamination, contextOf, decidedToExamine, isTakenBack, isToCome, numbersOfVisit, performedOf, } from './examination.rules.js';
import { findNamed } from './find-doctor.js';
import { findStandingFindings, insertFindings } from './finding.queries.js';
import { evidenceFor, isSameFinding, judgeExamination, } from './finding.rules.js';
import { holdLeads } from './lead.queries.js';
import { settleLeads } from './settle-leads.js';
/**
 * Compares a report, as it stands now, with what was recognisable when its examination was decided on, and keeps what it came to: a finding for
 * each item that is judged otherwise than before, a lead opened or settled, and of a repeat the savings reversed that count no more.
 *
 * Judged again, with nothing new, nothing is written; so it does not matter how often, how late or in which order reports and decisions
 * arrive. What was reversed stays reversed when the repeating report is withdrawn: to count again, the result must be recognised anew.
 *
 * Answers the moments of what is judged otherwise now, and of what was before.
 *
 * Statements, whatever the number of items and results: leads held, report, findings; what it refers to; items (3), keys, answers (2), what
 * `findRecognisable` asks; findings, leads (find, add, change, events), the doctor (2). Only a reversal takes its own for each decision.
 */
export async function judgeReport(tx, book, key, now) {
    await holdLeads(tx, key.person);
    const examination = await findExamination(tx, key);
    const standing = await findStandingFindings(tx, key);
    if (examination && isToCome(examination))
        return [];
    const judged = examination && !isTakenBack(examination) ? await judgeItems(tx, examination, standing, now) : [];
    const gone = withdrawn(standing, judged, examination?.version, now);
    const news = [...judged, ...gone].filter(({ row }) => {
        const before = standing.get(row.item);
        return !before || !isSameFinding(before, row);
    });
    if (news.length === 0)
        return [];
    await insertFindings(tx, news.map((it) => it.row));
    const report = `DiagnosticReport/${encodeId(key)}/_history/${examination?.version ?? 0}`;
    const undone = new Map(news.flatMap((it) => it.judgement.undone.map((decision) => [decision.decision, decision.key])));
    for (const decision of undone.values())
        await book.reverse(tx, decision, { kind: 'repeat', report }, now);
    await settleLeads(tx, news, examination, now);
    return news.flatMap(({ row }) => [row, ...(standing.get(row.item) ? [standing.get(row.item)] : [])]);
}
async function findExamination(tx, key) {
    const all = await findOfReports(tx, [key]);
    const row = all.find((it) => it.type === 'DiagnosticReport' && it.id === key.id);
    if (!row || row.content === null)
        return undefined;
    const report = JSON.parse(row.content);
    const parts = all.flatMap((it) => (it.type === 'Observation' && it.content !== null ? [JSON.parse(it.content)] : []));
    const content = { report, parts, isLaboratory: row.category === 'laboratory', recordedAt: row.recordedAt };
    const context = [...(await findNamed(tx, contextOf(report))).values()];
    const ofType = (type) => context.filter((it) => it['resourceType'] === type);
    return {
        ...content,
        key,
        version: row.version,
        institution: row.institution,
        performed: performedOf(content),
        orders: ofType('ServiceRequest'),
        encounters: ofType('Encounter').flatMap(numbersOfVisit),
    };
}
async function judgeItems(tx, examination, standing, now) {
    const { key, institution, performed, orders, encounters } = examination;
    const at = decidedToExamine(performed, orders);
    const { ofParts, ofReport } = codingsOfExamination(examination);
    const { catalogue, byCoding } = await findExaminedItems(tx, institution, [...ofParts, ...ofReport], at);
    const itemsOf = (codings) => new Set(codings.flatMap((it) => byCoding.get(it) ?? []));
    const [measured, reported] = [itemsOf(ofParts), itemsOf(ofReport)];
    const items = measured.size > 0 ? measured : reported;
    if (items.size === 0)
        return [];
    const persons = await keysOfPerson(tx, key.person);
    const answers = await findAnswers(tx, persons, institution, performed.to);
    const wanted = { ...catalogue, items: new Map([...catalogue.items].filter(([code]) => items.has(code))) };
    const past = await findRecognisable(tx, { institution, person: key.person, at, catalogue: wanted, except: key });
    return [...items].sort().map((item) => {
        const facts = {
            performed,
            answers: answers.answersTo(item),
            checks: answers.checksOf(item),
            encounters,
            recognisable: recognisableThen(past, item),
        };
        const judgement = judgeExamination(facts);
        return { item, judgement, row: rowOf(examination, item, judgement, facts, standing.get(item), now) };
    });
}
function recognisableThen({ verdicts, edition, rulesVersion }, item) {
    const found = verdicts.get(item);
    if (found?.verdict !== 'recognisable' || !found.best || !found.window)
        return undefined;
    const { candidate, validUntil } = found.best;
    const { minutes, basis, source } = found.window;
    return {
        report: `${candidate.report}/_history/${candidate.result.report.version}`,
        institution: candidate.institution,
        ...(candidate.performedAt ? { performedAt: candidate.performedAt.toISOString() } : {}),
        ...(candidate.reportedAt ? { reportedAt: candidate.reportedAt.toISOString() } : {}),
        ...(validUntil ? { validUntil: validUntil.toISOString() } : {}),
        window: { minutes, basis, source },
        edition,
        rulesVersion: rulesVersion ?? '',
    };
}
function rowOf({ key, version, institution, performed }, item, judgement, facts, before, now) {
    return {
        person: key.person,
        report: key.id,
        item,
        round: (before?.round ?? 0) + 1,
        version,
        institution,
        outcome: judgement.outcome,
        performedAt: performed.from,
        decisionPerson: judgement.decision?.key.person ?? null,
        decision: judgement.decision?.key.id ?? null,
        evidence: evidenceFor(judgement, facts) ?? null,
        judgedAt: now,
    };
}
/** What was found before and is examined no more: the report was withdrawn or deleted, or corrected so that it does not say it any longer. */
function withdrawn(standing, judged, version, now) {
    const examined = new Set(judged.map((it) => it.item));
    const judgement = { outcome: 'withdrawn', decision: undefined, undone: [], check: undefined };
    return [...standing.values()]
        .filter((it) => !examined.has(it.item))
        .map((before) => ({
        item: before.item,
        judgement,
        row: {
            ...before,
            round: before.round + 1,
            version: version ?? before.version,
            outcome: 'withdrawn',
            decisionPerson: null,
            decision: null,
            evidence: null,
            judgedAt: now,
        },
    }));
}
