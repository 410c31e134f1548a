import { encodeAccessId } from '../access-log/access-entry-id.js';
import { findShowings } from '../access-log/find-showings.js';
import { findRuleSets } from '../catalogue/rules/find-rule-set.js';
import { RECALL_HOURS } from '../catalogue/rules/rule-set.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { everyKeyOf } from '../persons/find-persons.js';
import { findEncounters, findRecognitionsOfReports } from '../recognition/find-recognitions-of-reports.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { insertRecalls, insertReliances } from './correction.queries.js';
import { recallNumber, reportOf } from './correction.js';
import { readEntity, reliesOn } from './reliance.rules.js';
const HOUR_MS = 3_600_000;
const CHECK = 'RecognitionCheck/';
/**
 * Tells each institution but the publisher that recognised or read what these corrections replaced, once, and keeps how each of them relied on
 * it. Whoever was told before is not told again; what is new of how it relied on it is added.
 *
 * A recognition is reversed in the savings account where the rules of the region of its institution say so, the result it rests on is concerned
 * and it was not revoked. Nine statements at most, and those of each reversal.
 */
export async function tellInstitutions(tx, savings, corrections, now) {
    if (corrections.length === 0)
        return;
    const found = await findReliances(tx, corrections);
    if (found.length === 0)
        return;
    const rules = await rulesOf(tx, [...new Set(found.map((it) => it.institution))], now);
    await insertRecalls(tx, [...new Map(found.map((it) => [it.reliance.recall, it])).values()].map(({ correction, institution, reliance: { person, recall } }) => ({
        person,
        id: recall,
        correction: correction.id,
        institution,
        publisher: correction.institution,
        toldAt: now,
        dueAt: new Date(now.getTime() + (rules.get(institution)?.recallHours ?? RECALL_HOURS) * HOUR_MS),
        rulesVersion: rules.get(institution)?.version ?? '',
    })));
    const added = new Set(await insertReliances(tx, found.map((it) => it.reliance)));
    for (const { correction, institution, reliance, recognition } of found) {
        const isReversed = added.has(reliance) && reliance.isConcerned && rules.get(institution)?.recallReverses === true;
        if (!isReversed || !recognition || recognition.isRevoked)
            continue;
        await savings.reverse(tx, recognition, { kind: 'recall', report: versionOf(correction) }, now);
    }
}
/** The version that shows that the recognised result was not right: of the report, else of the first part that was changed. */
function versionOf(correction) {
    const report = reportOf(correction);
    const [changed = report] = correction.difference.map((it) => it.reference);
    const reference = correction.reportVersion === null ? changed : report;
    return `${reference}/_history/${correction.versions[reference] ?? 1}`;
}
async function findReliances(tx, corrections) {
    const keys = await everyKeyOf(tx, corrections.map((it) => it.person));
    const persons = [...new Set([...keys.values()].flat())];
    const showings = await findShowings(tx, persons, [...new Set(corrections.flatMap((it) => it.parts))]);
    const recognitions = await findRecognitionsOfReports(tx, persons, new Set(corrections.map(reportOf)));
    const encounters = await findEncounters(tx, showings.flatMap(checkOf));
    return corrections.flatMap((correction) => [
        ...recognitions.flatMap((it) => relianceByRecognition(correction, it)),
        ...showings.flatMap((it) => relianceByShowing(correction, it, encounters)),
    ]);
}
function relianceByRecognition(correction, recognition) {
    const { institution, practitioner, encounter, item, decidedAt } = recognition;
    const report = reportOf(correction);
    const shown = recognition.shown.filter((it) => it.report === report);
    const entities = shown.flatMap((it) => [`${it.report}/_history/${it.reportVersion}`, it.result]);
    const isRelied = institution !== correction.institution && reliesOn({ entities, at: decidedAt }, { ...correction, report });
    if (!isRelied)
        return [];
    const results = [...new Set(shown.map((it) => it.result))];
    const changed = new Set(correction.difference.map((it) => it.reference));
    const reliance = {
        person: correction.person,
        recall: recallNumber(correction.id, institution),
        source: `RecognitionDecision/${encodeId(recognition)}`,
        basis: 'recognised',
        practitioner,
        encounter,
        item,
        isConcerned: correction.isWhole || results.some((it) => it === report || changed.has(it)),
        results: [...new Set([report, ...results])],
        reliedAt: decidedAt,
    };
    return [{ correction, institution, reliance, recognition }];
}
function relianceByShowing(correction, entry, encounters) {
    const { institution, entities, recordedAt, practitionerSystem: system, practitionerValue: value, practitionerName: name } = entry;
    const report = reportOf(correction);
    const isRelied = institution !== null && institution !== correction.institution && reliesOn({ entities, at: recordedAt }, { ...correction, report });
    if (!isRelied)
        return [];
    const named = [...new Set(entities.map((it) => readEntity(it).reference))].filter((it) => correction.parts.includes(it));
    const results = named.filter((it) => it !== report);
    const changed = new Set(correction.difference.map((it) => it.reference));
    const [check] = checkOf(entry);
    const reliance = {
        person: correction.person,
        recall: recallNumber(correction.id, institution),
        source: `AuditEvent/${encodeAccessId(entry)}`,
        basis: 'read',
        practitioner: system !== null && value !== null ? { system, value, name: name ?? '' } : null,
        encounter: (check && encounters.get(check.id)) ?? null,
        item: null,
        isConcerned: correction.isWhole || results.length === 0 || results.some((it) => changed.has(it)),
        results: named,
        reliedAt: recordedAt,
    };
    return [{ correction, institution, reliance }];
}
/** The check that an entry is of. */
function checkOf({ entities }) {
    return entities.filter((it) => it.startsWith(CHECK)).flatMap((it) => decodeId(it.slice(CHECK.length)) ?? []);
}
async function rulesOf(tx, numbers, now) {
    const institutions = await findInstitutions(tx, numbers);
    const rules = await findRuleSets(tx, [...new Set([...institutions.values()].map((it) => it.district))], now);
    return new Map([...institutions].flatMap(([number, { district }]) => (rules.has(district) ? [[number, rules.get(district)]] : [])));
}
