import { keysOfPerson } from '../persons/find-persons.js';
import { findDecisionScopes } from '../recognition/find-answers.js';
import { findResources } from '../resources/resource.queries.js';
import { decodeId, encodeId, isPerson } from '../resources/resource-id.js';
import { findExaminedReports } from './finding.queries.js';
import { bearingMoments } from './finding.rules.js';
import { judgeReport } from './judge-report.js';
import { namedIn, WRITING } from './occasion.rules.js';
/**
 * Compares every examination with what was recognisable then, as its report reaches the exchange, is corrected or withdrawn; and again whenever a
 * decision that bears on it is made or taken back.
 */
export function followExaminations(book, notice = async () => undefined) {
    return {
        name: 'repeats',
        wants: { actions: WRITING },
        async handle(tx, entries, now) {
            const judged = [];
            for (const report of await concerned(tx, entries))
                judged.push(...(await judgeReport(tx, book, report, now)));
            if (judged.length > 0)
                await notice(tx, judged, now);
        },
    };
}
/** The reports that entries of the log are about, each once. */
async function concerned(tx, entries) {
    const named = entries.flatMap(namedIn);
    const keysOf = (type) => named.filter((it) => it.type === type).flatMap((it) => decodeId(it.id) ?? []);
    const reports = [
        ...keysOf('DiagnosticReport'),
        ...(await reportsOfParts(tx, keysOf('Observation'))),
        ...(await reportsOfDecisions(tx, keysOf('RecognitionDecision'))),
    ].filter((it) => isPerson(it.person));
    return [...new Map(reports.map((it) => [encodeId(it), it])).values()];
}
async function reportsOfParts(tx, parts) {
    if (parts.length === 0)
        return [];
    return (await findResources(tx, parts)).flatMap(({ person, report }) => (report === null ? [] : { person, id: report }));
}
/** Of each decision only the reports whose judgement it can change: of what was examined before its check none. */
async function reportsOfDecisions(tx, decisions) {
    const reports = [];
    for (const scope of await findDecisionScopes(tx, decisions)) {
        const moments = bearingMoments(scope);
        if (!moments)
            continue;
        const persons = await keysOfPerson(tx, scope.person);
        reports.push(...(await findExaminedReports(tx, { persons, institution: scope.institution, items: scope.items, ...moments })));
    }
    return reports;
}
