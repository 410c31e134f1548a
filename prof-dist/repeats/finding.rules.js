import { beijingDay, beijingDayBounds, monthBegins, monthOf } from '../beijing-time.js';
/**
 * How an examination compares with what was recognisable then:
 *
 * - `nothing`: nothing was recognisable, or what was could not be known.
 * - `explained`: the institution had said, for a reason of the region's list, why it does not recognise what there was.
 * - `repeated`: it had recognised a result, and examined all the same within the time in which that could be recognised.
 * - `unexplained`: something was recognisable, and nothing was said: a lead.
 * - `withdrawn`: the report says this examination no more.
 */
export const OUTCOMES = ['nothing', 'explained', 'repeated', 'unexplained', 'withdrawn'];
/**
 * Judges an examined item. What the clinician was shown before the examination counts, and what he said to it, whenever that reached the
 * exchange: a decision belongs to the moment of its check, so that the order in which reports and decisions arrive makes no difference.
 *
 * - A refusal counts in the same visit, and for as long as the refused result could have been recognised; its last moment still counts.
 * - A recognition counts for as long as the recognised result could have been. Its check must have come before the examination for certain; where
 *   the report names only the day and the check is of that day, nothing is said against anybody.
 * - Of several the last one counts. What was taken back counts as never said.
 */
export function judgeExamination(facts) {
    const { performed, recognisable } = facts;
    const bearing = facts.answers.filter((it) => !it.isRevoked && it.checkedAt <= performed.to && bears(it, facts));
    const certain = bearing.filter((it) => it.kind === 'not-recognised' || it.checkedAt <= performed.from);
    const decision = certain.reduce((last, it) => (!last || isLater(it, last) ? it : last), undefined);
    const judgement = { decision, undone: [], check: lastCheck(facts) };
    if (decision?.kind === 'not-recognised')
        return { ...judgement, outcome: 'explained' };
    if (decision)
        return { ...judgement, outcome: 'repeated', undone: certain.filter((it) => it.kind === 'recognised') };
    return { ...judgement, outcome: recognisable && bearing.length === 0 ? 'unexplained' : 'nothing' };
}
function bears(answer, facts) {
    const { kind, validUntil } = answer;
    const isInTime = validUntil !== undefined && facts.performed.from <= validUntil;
    return isInTime || (kind === 'not-recognised' && isOfVisit(answer, facts));
}
/** What a time of a report covers at most. */
const SECOND_MS = 1_000;
/**
 * Which examinations a decision may bear on (`judgeExamination`), by their earliest moments; `undefined` where none. Their last moment is not before
 * the check: an earlier one is dated by the very day, month or year of the check, which began with it. They were made while the result held, or,
 * of a refusal, in the visit: on its day, and without a limit where it has a number.
 */
export function bearingMoments(scope) {
    const { kind, encounter, checkedAt, validUntil } = scope;
    const isRefused = kind === 'not-recognised';
    if (!isRefused && validUntil === undefined)
        return undefined;
    const [day, month] = [beijingDay(checkedAt), monthOf(checkedAt)];
    const { from, until: nextDay } = beijingDayBounds(day);
    const last = Math.max(validUntil?.getTime() ?? 0, isRefused ? nextDay.getTime() : 0);
    return {
        since: new Date(checkedAt.getTime() - SECOND_MS),
        exactly: [from, monthBegins(month), monthBegins(`${month.slice(0, 4)}-01`)],
        until: isRefused && encounter !== null ? undefined : new Date(last),
    };
}
/** Whether a check was made in the visit of the examination: under its number, or, where one of them has none, on its day in Beijing. */
function isOfVisit({ encounter, checkedAt }, { encounters, performed }) {
    if (encounter !== null && encounters.length > 0)
        return encounters.includes(encounter.normalize('NFKC').trim());
    return beijingDay(checkedAt) === beijingDay(performed.from);
}
function isLater(a, b) {
    const [first, second] = [a, b].map((it) => [it.checkedAt.getTime(), it.decidedAt.getTime()]);
    return first[0] !== second[0] ? first[0] > second[0] : first[1] !== second[1] ? first[1] > second[1] : a.decision > b.decision;
}
/** The last check before the examination that belongs to it: of the visit, or one that showed what was recognisable. */
function lastCheck(facts) {
    const { checks, performed, recognisable } = facts;
    const own = checks.filter((it) => it.checkedAt <= performed.to && (isOfVisit(it, facts) || (recognisable !== undefined && it.shown.includes(recognisable.report))));
    return own.reduce((last, it) => (!last || it.checkedAt > last.checkedAt ? it : last), undefined);
}
/** The evidence to keep with a judgement; `undefined` where there is none. */
export function evidenceFor({ outcome, decision, undone, check }, { recognisable }) {
    if (outcome === 'nothing' || outcome === 'withdrawn')
        return undefined;
    const decisions = [...new Set([...(decision ? [decision.decision] : []), ...undone.map((it) => it.decision)])].sort();
    return {
        ...(recognisable ? { recognisable } : {}),
        ...(check
            ? { check: { id: check.check, checkedAt: check.checkedAt.toISOString(), isReminded: check.isReminded, shown: check.shown } }
            : {}),
        ...(decisions.length > 0 ? { decisions } : {}),
    };
}
/** Whether two judgements of one item come to the same, whenever they were made. */
export function isSameFinding(a, b) {
    const said = ({ version, outcome, performedAt, decision, evidence }) => JSON.stringify([
        version,
        outcome,
        performedAt.getTime(),
        String(decision),
        evidence?.recognisable?.report,
        evidence?.recognisable?.validUntil,
        evidence?.check?.id,
        evidence?.check?.isReminded,
        evidence?.decisions,
    ]);
    return said(a) === said(b);
}
