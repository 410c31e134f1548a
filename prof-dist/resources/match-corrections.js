import { Failure } from '../failure.js';
import { codingsOf, identifiersOf, textOf } from '../fhir/element.js';
import { codedText, pathNumber, tokenAt } from '../fhir/search-hash.js';
import { keyText } from './look-up.js';
import { findOfReports } from './resource.queries.js';
import { isPerson } from './resource-id.js';
/** Types that can be parts of a report. */
const MEMBER_TYPES = ['Observation', 'ImagingStudy', 'Specimen', 'ServiceRequest', 'Media', 'DocumentReference'];
/** Follows the links of every report, and of its parts, to what belongs to it. A part belongs to the first report that names it. */
export function findMembers(passages, resolver) {
    const reportOf = new Map();
    const adopted = new Map();
    for (const report of passages) {
        if (report.draft.type !== 'DiagnosticReport' || report.fate.kind === 'existing')
            continue;
        reportOf.set(report, report);
        const waiting = [report];
        for (let passage = waiting.pop(); passage; passage = waiting.pop()) {
            for (const link of passage.links) {
                const target = resolver.follow(passage, link);
                if (!target)
                    continue;
                if ('row' in target) {
                    if (target.row.type === 'Observation' || target.row.type === 'ImagingStudy') {
                        const key = keyText(target.row);
                        if (!adopted.has(key))
                            adopted.set(key, { row: target.row, report });
                    }
                }
                else if (MEMBER_TYPES.includes(target.passage.draft.type) && !reportOf.has(target.passage)) {
                    reportOf.set(target.passage, report);
                    waiting.push(target.passage);
                }
            }
        }
    }
    return { reportOf, adopted: [...adopted.values()] };
}
/**
 * Throws `rule-violated` for a part of a report that is about another person than the report: two patients were mixed up in the request, and
 * nobody here can tell which of them is meant.
 */
export function refuseMixedPersons({ reportOf, adopted }) {
    const issues = [];
    for (const [{ draft, key }, report] of reportOf) {
        if (isOfAnother(key, report))
            issues.push(mixed(`${draft.path}.subject`));
    }
    for (const { row, report } of adopted) {
        if (isOfAnother(row, report))
            issues.push(mixed(`${report.draft.path}.subject`));
    }
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
}
function isOfAnother(part, { key }) {
    return part !== undefined && key !== undefined && isPerson(part.person) && part.person !== key.person;
}
function mixed(path) {
    return { path, en: 'the report and its part are about two persons', zh: '报告与其组成部分分属不同患者' };
}
/**
 * Where a report is corrected, its parts are the parts it had: the same business identifier, or for an Observation the same code, makes a
 * new version of the old one instead of a second result. Answers the results that the corrected report no longer has; they go with it.
 */
export async function matchCorrections(tx, passages, members) {
    const corrected = passages.flatMap((it) => (it.draft.type === 'DiagnosticReport' && it.fate.kind === 'update' ? [it.fate.current] : []));
    if (corrected.length === 0)
        return [];
    const former = (await findOfReports(tx, corrected)).filter((it) => it.type !== 'DiagnosticReport');
    const free = new Map(former.map((it) => [keyText(it), it]));
    for (const passage of passages)
        if (passage.fate.kind === 'update')
            free.delete(keyText(passage.fate.current));
    for (const { row } of members.adopted)
        free.delete(keyText(row));
    for (const [passage, report] of members.reportOf) {
        if (passage.fate.kind !== 'create' || report.fate.kind !== 'update')
            continue;
        const ofReport = [...free.values()].filter((it) => it.type === passage.draft.type && it.report === report.fate.current.id);
        const match = namesOf(passage).flatMap((name) => ofReport.filter((it) => it.tokens.includes(name)))[0];
        if (!match)
            continue;
        passage.fate = { kind: 'update', current: match };
        free.delete(keyText(match));
    }
    return [...free.values()].filter((it) => it.type === 'Observation');
}
/** The tokens by which a part is known again, the surest first. */
function namesOf({ draft }) {
    const identifiers = identifiersOf(draft.content).map(({ system, value }) => tokenAt(pathNumber('identifier'), codedText(system, value)));
    if (draft.type !== 'Observation')
        return identifiers;
    return [
        ...identifiers,
        ...codingsOf(draft.content['code']).map((it) => tokenAt(pathNumber('code'), codedText(textOf(it['system']) ?? '', String(it['code'])))),
    ];
}
