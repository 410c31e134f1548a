/** Reports whose content stands (R4 DiagnosticReport.status). */
const FINAL = ['final', 'amended', 'corrected', 'appended'];
/** Reports and measurements that were taken back, or never came about. */
const WITHDRAWN = ['entered-in-error', 'cancelled'];
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** What breaks one of these is not shown at all. */
const RULES_OF_SHOWING = [
    // Recognition is between institutions. Where the region lets campuses recognise their own, the last hours do not count.
    { reason: 'own-hospital', isBroken: ({ candidate, situation }) => isOwn(candidate, situation) && !isOwnUsable(candidate, situation) },
    { reason: 'withdrawn', isBroken: ({ candidate }) => isWithdrawn(candidate) },
    { reason: 'no-value', isBroken: ({ candidate }) => !candidate.hasValue },
];
/** What breaks one of these may be read, and not recognised. */
const RULES_OF_RECOGNITION = [
    { reason: 'identity-doubt', isBroken: ({ situation }) => situation.identityDoubt },
    { reason: 'not-final', isBroken: ({ candidate }) => !isFinal(candidate) },
    // The window counts from sampling, examination or report, as the list says; its last moment still counts.
    { reason: 'time-unknown', isBroken: ({ validUntil }) => validUntil === undefined },
    { reason: 'stale', isBroken: ({ validUntil, situation }) => validUntil !== undefined && situation.now.getTime() > validUntil },
    { reason: 'intervention-since', isBroken: ({ candidate, window }) => window.withoutTreatment && candidate.treatedSince === 'yes' },
    // Quality is the bottom line: an HR mark by a certificate that covered the sampling or examination and reaches the asking institution.
    { reason: 'no-hr-mark', isBroken: (it) => lacksMark(it, 'no-hr-mark') },
    { reason: 'scope-mismatch', isBroken: (it) => lacksMark(it, 'scope-mismatch') },
    { reason: 'certificate-lapsed', isBroken: (it) => lacksMark(it, 'certificate-lapsed') },
    // Same level mutually, upper to lower; lower to upper only within a common alliance.
    {
        reason: 'level-rule',
        isBroken: ({ candidate, situation }) => situation.rules.levelRule === 'same-or-higher' && !isOfLevel(candidate, situation.receiver),
    },
    // What the list says of the item itself.
    { reason: 'negative-list', isBroken: ({ item }) => item.negative !== null },
    { reason: 'unit-not-comparable', isBroken: ({ candidate }) => candidate.unit === 'not-comparable' },
    { reason: 'originals-missing', isBroken: ({ candidate, item }) => item.originalsRequired && candidate.originals !== 'retrievable' },
];
const NO_REASONS = [];
/** Judges one result of an item by every rule there is. */
export function judgeCandidate(candidate, item, window, situation) {
    const countedFrom = (window.basis === 'reported' ? candidate.reportedAt : candidate.performedAt)?.getTime();
    const validUntil = countedFrom === undefined ? undefined : countedFrom + window.minutes * MINUTE_MS;
    const examined = { candidate, item, window, situation, countedFrom, validUntil };
    const hiding = broken(RULES_OF_SHOWING, examined);
    const isShown = hiding.length === 0;
    return { candidate, isShown, reasons: isShown ? broken(RULES_OF_RECOGNITION, examined) : hiding, countedFrom, validUntil };
}
function broken(rules, examined) {
    let reasons;
    for (const rule of rules) {
        if (!rule.isBroken(examined))
            continue;
        if (reasons)
            reasons.push(rule.reason);
        else
            reasons = [rule.reason];
    }
    return reasons ?? NO_REASONS;
}
/** Recognisable ones first, then the newer, then that of the higher level; the reference settles the rest. Negative: `a` goes first. */
export function byRank(a, b) {
    return (Number(a.reasons.length > 0) - Number(b.reasons.length > 0) ||
        (b.countedFrom ?? 0) - (a.countedFrom ?? 0) ||
        (b.candidate.level ?? 0) - (a.candidate.level ?? 0) ||
        (a.candidate.reference < b.candidate.reference ? -1 : 1));
}
function isOwn(candidate, { receiver }) {
    return candidate.institution === receiver.institution;
}
function isOwnUsable({ performedAt, reportedAt }, { rules, now }) {
    const { recognised, exclusionHours } = rules.ownHospital;
    const at = performedAt ?? reportedAt;
    return recognised && at !== undefined && (exclusionHours === 0 || now.getTime() - at.getTime() > exclusionHours * HOUR_MS);
}
function isWithdrawn({ statuses }) {
    return statuses.some((it) => WITHDRAWN.includes(it));
}
function isFinal({ statuses }) {
    return statuses.every((it) => FINAL.includes(it));
}
function isOfLevel(candidate, receiver) {
    return (candidate.level ?? 0) >= (receiver.level ?? 0) || candidate.alliances.some((it) => receiver.alliances.includes(it));
}
function lacksMark({ candidate: { mark }, situation }, how) {
    return situation.rules.hrMarkRequired && 'reason' in mark && mark.reason === how;
}
