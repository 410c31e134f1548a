import { encodeId } from '../resources/resource-id.js';
import { findAnswerRows, findCheckRows, findScopeRows } from './answer.queries.js';
/**
 * What an institution was shown and decided about a human being (all keys of whom are given) by checks up to a moment; decisions that were taken
 * back are among them and say so. Of checks the newest fifty, of decisions the newest five hundred. Two statements.
 */
export async function findAnswers(reader, persons, institution, until) {
    const decisions = await findAnswerRows(reader, persons, institution, until);
    const checks = await findCheckRows(reader, persons, institution, until);
    return {
        answersTo: (item) => decisions.flatMap((row) => answerTo(row, item)),
        checksOf: (item) => checks.flatMap(({ person, id, items, reminded, ...row }) => {
            const asked = items.find((it) => it.item === item) ?? items.find((it) => partOf(it, item));
            const part = asked && (partOf(asked, item) ?? asked);
            if (!asked || !part)
                return [];
            const { candidate } = part;
            return {
                ...row,
                check: encodeId({ person: BigInt(person), id: BigInt(id) }),
                verdict: part.verdict,
                shown: candidate ? [`${candidate.report}/_history/${candidate.reportVersion}`] : [],
                isReminded: reminded.includes(asked.item),
            };
        }),
    };
}
function answerTo({ person, check, id, item: decidedOn, shown, ...row }, item) {
    const part = decidedOn === item ? shown : shown && partOf(shown, item);
    if (decidedOn !== item && !part)
        return [];
    const key = { person: BigInt(person), id: BigInt(id) };
    const validUntil = part?.candidate?.validUntil ?? shown?.candidate?.validUntil;
    return [
        {
            ...row,
            key,
            decision: encodeId(key),
            check: encodeId({ person: key.person, id: BigInt(check) }),
            decidedOn,
            validUntil: validUntil === undefined ? undefined : new Date(validUntil),
        },
    ];
}
function partOf({ members }, item) {
    return members?.find((it) => it.item === item);
}
/** What these decisions were about: whose, where, which items, when the check was made and how long its results held. One statement, none for no decision. */
export async function findDecisionScopes(reader, decisions) {
    if (decisions.length === 0)
        return [];
    const rows = await findScopeRows(reader, decisions);
    return rows.map(({ person, item, shown, ...row }) => ({
        ...row,
        person: BigInt(person),
        items: [item, ...(shown?.members?.map((it) => it.item) ?? [])],
        validUntil: lastOf([shown, ...(shown?.members ?? [])].flatMap((it) => it?.candidate?.validUntil ?? [])),
    }));
}
function lastOf(moments) {
    return moments.length === 0 ? undefined : new Date(Math.max(...moments.map((it) => Date.parse(it))));
}
