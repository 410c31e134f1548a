import { narrowedTo } from './narrow-filter.rules.js';
import { concentrationOf, ratesOf, share } from './rates.rules.js';
import { mayOpenRows } from './read-indicator-filter.js';
/** Figures with the rates that follow from them. */
export function showFigures(figures, examined, others) {
    const { itemTimes, personTimes, reasons, decisions, medianMs, p90Ms, quick, quickRefused } = figures;
    return {
        itemTimes: showCounts(itemTimes, examined?.itemTimes),
        personTimes: showCounts(personTimes, examined?.personTimes),
        reasons: concentrationOf(reasons, others),
        timeToDecide: {
            decisions,
            medianSeconds: seconds(medianMs),
            p90Seconds: seconds(p90Ms),
            quickShare: share(quick, decisions),
            quickRefusalShare: share(quickRefused, itemTimes.refused),
        },
    };
}
function showCounts(counts, examined) {
    const rates = ratesOf(counts);
    return examined
        ? { ...counts, ...examined, ...rates, ofExaminations: share(examined.repeats, examined.examinations) }
        : { ...counts, ...rates };
}
function seconds(ms) {
    return ms === null ? null : ms / 1_000;
}
/** A group as it is told: what it is of, its figures, and where this caller can open them. */
export function showGroup(group, showing) {
    const { institution, doctor, ...plain } = group.key;
    const known = institution === undefined ? undefined : showing.institutions.get(Number(institution));
    return {
        ...(institution === undefined ? {} : { institution: { uscc: known?.uscc ?? '', name: known?.name ?? '' } }),
        ...plain,
        ...(doctor === undefined ? {} : { doctor: { identifier: doctor, name: group.doctorName ?? '' } }),
        ...showFigures(group, group.examined, showing.others),
        ...linksOf(group.key, showing),
    };
}
/** The rows of a group, and the decisions and leads where their lists can be narrowed to it. */
function linksOf(key, { filter, texts, caller, institutions }) {
    const { institution, ...plain } = key;
    const uscc = institution === undefined ? undefined : (institutions.get(Number(institution))?.uscc ?? '');
    const narrowed = narrowedTo(texts, { ...plain, ...(uscc === undefined ? {} : { institution: uscc }) });
    if (!narrowed)
        return {};
    const own = institution === undefined ? filter.institutions : [Number(institution)];
    const isOwn = own?.length === 1 && own[0] === caller.institution;
    const rows = `/v1/indicators/item-times?${new URLSearchParams(narrowed).toString()}`;
    const said = Object.entries(narrowed).filter(([name]) => !['side', 'institution', 'district'].includes(name));
    const decisions = new URLSearchParams(Object.fromEntries([...(filter.side === 'source' ? [['role', 'source']] : []), ...said])).toString();
    return {
        ...(mayOpenRows(caller, { side: filter.side, institutions: own }) ? { rows } : {}),
        ...(isOwn && said.every(([name]) => IN_DECISIONS.includes(name)) ? { decisions: `/v1/recognition-decisions?${decisions}` } : {}),
    };
}
/** What the list of decisions can be narrowed by. */
const IN_DECISIONS = ['item', 'from', 'to'];
/** Groups of item-times and of examinations as one list, in the order of the dimensions; what has only one of them has nothing of the other. */
export function mergeGroups(by, groups, examined) {
    if (!examined)
        return groups.map((it) => ({ ...it, examined: undefined }));
    const nameOf = (key) => by.map((it) => key[it] ?? '').join('\u0000');
    const [ofItems, ofExaminations] = [
        new Map(groups.map((it) => [nameOf(it.key), it])),
        new Map(examined.map((it) => [nameOf(it.key), it])),
    ];
    return [...new Set([...ofItems.keys(), ...ofExaminations.keys()])].toSorted().map((name) => ({
        ...(ofItems.get(name) ?? { ...NO_FIGURES, key: ofExaminations.get(name)?.key ?? {}, doctorName: undefined }),
        examined: ofExaminations.get(name) ?? NO_EXAMINATIONS,
    }));
}
const NO_COUNTS = {
    lookUps: 0,
    reminders: 0,
    eligible: 0,
    recognised: 0,
    eligibleRecognised: 0,
    refused: 0,
    excepted: 0,
    unanswered: 0,
};
const NO_FIGURES = {
    itemTimes: NO_COUNTS,
    personTimes: NO_COUNTS,
    reasons: {},
    decisions: 0,
    medianMs: null,
    p90Ms: null,
    quick: 0,
    quickRefused: 0,
};
const NO_EXAMINATIONS = {
    itemTimes: { examinations: 0, repeats: 0 },
    personTimes: { examinations: 0, repeats: 0 },
};
