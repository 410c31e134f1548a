/**
 * The item-times of one institution and day, of what was asked (in order) and looked up there; `definitions.rules.ts` says what they are.
 *
 * A visit is the encounter, of a caller that numbers none the patient; a look-up, which names no encounter, belongs to the first visit of the
 * patient on that day, and to the department that asked then, if there is one. The same events give the same rows, in whatever order they came in.
 */
export function countDay(asked, lookUps) {
    const inOrder = asked.toSorted((a, b) => a.checkedAt.getTime() - b.checkedAt.getTime() || compare(a.check, b.check));
    const groups = groupsOf(inOrder);
    const drafts = new Map([...groups].map(([key, group]) => [key, draftsOfItem(group)]));
    const firstOf = new Map(inOrder.toReversed().map((it) => [it.person, it]));
    for (const lookUp of lookUps) {
        const first = firstOf.get(lookUp.person) ?? { ...lookUp, encounter: null, department: null };
        const key = keyOf({ visit: visitOf(first), item: lookUp.item });
        drafts.set(key, withLookUp(drafts.get(key) ?? [], lookUp, first));
    }
    const all = [...drafts.values()].flat();
    const numbers = new Map([...new Set(all.map((it) => it.visit))].toSorted(compare).map((it, index) => [it, index + 1]));
    return {
        asked: groups.size,
        itemTimes: all
            .map((it) => ({ ...it, visit: numbers.get(it.visit) ?? 0 }))
            .toSorted((a, b) => a.visit - b.visit || compare(a.item, b.item) || a.source - b.source),
    };
}
/** What was asked, by visit and item. */
function groupsOf(asked) {
    const groups = new Map();
    for (const it of asked) {
        const key = keyOf({ visit: visitOf(it), item: it.item });
        const group = groups.get(key);
        if (group)
            group.push(it);
        else
            groups.set(key, [it]);
    }
    return groups;
}
function keyOf({ visit, item }) {
    return `${visit}\u0000${item}`;
}
function visitOf({ person, encounter }) {
    return encounter === null ? `${person}` : `${person} ${encounter.normalize('NFKC').trim()}`;
}
/** One item of a visit: what is counted of it, and a row more for each other institution whose result of it was shown. */
function draftsOfItem(group) {
    const shown = group.filter((it) => it.source !== null);
    const reminders = shown.filter((it) => it.isRecognisable);
    const answered = reminders
        .filter((it) => it.answer !== null)
        .toSorted(byAnswer)
        .at(-1);
    const main = answered ?? reminders[0] ?? shown[0];
    if (!main)
        return [];
    const { answer } = answered ?? {};
    const { system, value, name } = answer?.practitioner ?? main.practitioner;
    const about = {
        visit: visitOf(main),
        item: main.item,
        department: main.department ?? '',
        doctor: `${system}|${value}`,
        doctorName: name,
    };
    return [...new Set([main.source ?? 0, ...shown.map((it) => it.source ?? 0)])].map((source, index) => ({
        ...about,
        ...LOOKED_AT,
        source,
        ...(index === 0 && {
            isMain: true,
            isReminded: reminders.length > 0,
            isEligible: reminders.some((it) => it.isAtOrderEntry),
            outcome: answer ? outcomeOf(answer) : null,
            reason: answer?.reason ?? null,
            // A clock that went backwards in between makes it no less than nothing.
            decidedMs: answer ? Math.max(0, answer.decidedAt.getTime() - main.checkedAt.getTime()) : null,
        }),
    }));
}
/** What is true of a row that says of one more institution that its results were looked at. */
const LOOKED_AT = { isMain: false, isReminded: false, isEligible: false, outcome: null, reason: null, decidedMs: null };
/** The last answer is the one that counts; of two at the same moment the one of the higher number. */
function byAnswer({ answer: a }, { answer: b }) {
    if (!a || !b)
        return 0;
    return a.decidedAt.getTime() - b.decidedAt.getTime() || compare(a.id, b.id);
}
function outcomeOf({ isRecognised, countsAsDenial }) {
    if (isRecognised)
        return 'recognised';
    return countsAsDenial ? 'refused' : 'excepted';
}
/** A look-up is an item-time of its own, unless the item was shown in that visit anyway: then it adds whose results were looked at. */
function withLookUp(drafts, { practitioner: { system, value, name }, item, sources }, first) {
    const own = { department: first.department ?? '', doctor: `${system}|${value}`, doctorName: name };
    const { department, doctor, doctorName } = drafts[0] ?? own;
    const about = { visit: visitOf(first), item, department, doctor, doctorName };
    const added = sources.filter((it) => !drafts.some(({ source }) => source === it)).toSorted((a, b) => a - b);
    return [...drafts, ...added.map((source, index) => ({ ...about, ...LOOKED_AT, source, isMain: drafts.length === 0 && index === 0 }))];
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
