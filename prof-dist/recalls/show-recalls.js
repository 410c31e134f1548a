import { findInstitutions } from '../institutions/find-institution.js';
import { findDecisionStates } from '../recognition/find-recognitions-of-reports.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { reportOf } from './correction.js';
import { noticeOf } from './notice.rules.js';
import { findReliancesOf } from './recall-list.queries.js';
/** Of one recall, looks and recognitions that are shown. */
const RELIANCES_MAX = 200;
const HOUR_MS = 3_600_000;
const DECISION = 'RecognitionDecision/';
/**
 * Recalls as a list shows them, with what their institutions did with the versions before. Three statements, whatever the number of recalls;
 * none for none.
 *
 * The publisher is not told who has only read its report: which institutions see a patient is itself sensitive. Whom it recognised it knows from
 * its list of uses.
 */
export async function showRecalls(reader, rows, now) {
    if (rows.length === 0)
        return [];
    const recalls = rows.map((it) => it.recall);
    const found = await findReliancesOf(reader, recalls, RELIANCES_MAX);
    const states = await findDecisionStates(reader, [...found.values()].flat().flatMap(decisionOf));
    const institutions = await findInstitutions(reader, [...new Set(recalls.flatMap((it) => [it.institution, it.publisher]))]);
    const show = (number) => ({ uscc: institutions.get(number)?.uscc ?? '', name: institutions.get(number)?.name ?? '' });
    return rows.map(({ recall, role }) => {
        const reliances = (found.get(recall.id) ?? []).map((it) => {
            const [decision] = decisionOf(it);
            return { ...it, ...((decision && states.get(decision.id)) ?? { citedAt: null, revokedAt: null }) };
        });
        const bases = basesOf(reliances);
        const isTold = role !== 'source' || bases.includes('recognised');
        const source = show(recall.publisher);
        const listed = {
            ...showRecall(recall, now),
            source,
            ...(isTold ? { receiver: show(recall.institution) } : {}),
            notice: noticeOf({ kind: recall.kind, source: source.name, bases: role === 'receiver' ? bases : [] }),
            ...(role === 'source' ? {} : relianceShown(reliances, bases)),
            ...(role === 'source' || recall.acknowledgedBy === null ? {} : { acknowledgedBy: recall.acknowledgedBy }),
            ...(role === 'source' || recall.note === null ? {} : { note: recall.note }),
        };
        return { recall, listed, reliances };
    });
}
function showRecall(recall, now) {
    const { person, acknowledgedAt, toldAt, dueAt, former, next } = recall;
    const waitedMs = (acknowledgedAt ?? now).getTime() - toldAt.getTime();
    return {
        id: encodeId(recall),
        kind: recall.kind,
        state: acknowledgedAt ? 'acknowledged' : 'open',
        report: reportOf(recall),
        ...(recall.reportVersion === null ? {} : { reportVersion: recall.reportVersion }),
        changes: recall.difference.length,
        correctedAt: recall.correctedAt.toISOString(),
        toldAt: toldAt.toISOString(),
        dueAt: dueAt.toISOString(),
        // A clock that went backwards makes nothing younger than new.
        ageHours: Math.max(0, Math.floor(waitedMs / HOUR_MS)),
        overdue: acknowledgedAt === null && dueAt < now,
        ...(acknowledgedAt ? { acknowledgedAt: acknowledgedAt.toISOString() } : {}),
        ...(former === null ? {} : { supersedes: encodeId({ person, id: former }) }),
        ...(next === null ? {} : { supersededBy: encodeId({ person, id: next }) }),
    };
}
function basesOf(reliances) {
    const recognised = reliances.filter((it) => it.basis === 'recognised');
    return [
        ...(recognised.length > 0 ? ['recognised'] : []),
        ...(recognised.some((it) => it.citedAt) ? ['cited'] : []),
        ...(recognised.some((it) => it.revokedAt) ? ['revoked'] : []),
        ...(reliances.length > recognised.length ? ['read'] : []),
    ];
}
function relianceShown(reliances, bases) {
    const last = Math.max(...reliances.map((it) => it.reliedAt.getTime()));
    return { bases, ...(Number.isFinite(last) ? { lastReliedAt: new Date(last).toISOString() } : {}) };
}
/** The recognition that a reliance is. */
function decisionOf({ source }) {
    const key = source.startsWith(DECISION) ? decodeId(source.slice(DECISION.length)) : undefined;
    return key ? [key] : [];
}
