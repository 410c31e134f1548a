/** More than these are no help. */
const NEAREST_MAX = 3;
/** Less alike than this are only texts of the same letters. */
const LIKENESS_MIN = 0.5;
/** What is contained in the other is more alike than what merely shares letters. */
const CONTAINED = 0.8;
/** So long are codes and abbreviations, in which one letter is a slip; longer texts are compared by pairs of letters. */
const SHORT_MAX = 12;
/**
 * Up to three items that a code, or the words beside it, most likely mean: the most alike first, then by code. It is a suggestion to whoever
 * makes the mapping, never a mapping: nothing is recognised by it.
 *
 * Code and words are each compared with code and both names of an item, also with what a name has in brackets (`白细胞计数(WBC)`); with its LOINC
 * code only for being the same, since figures that are alike mean nothing. Latin letters and Chinese characters alike: the same text, one within the other, a slip in a short one, or shared pairs
 * of characters (Dice's coefficient).
 *
 * The items are read once, for all that is asked about them.
 */
export function nearestAmong(items) {
    const named = [...items].map((it) => ({
        item: it.code,
        nameZh: it.nameZh,
        nameEn: it.nameEn,
        texts: textsOf(it),
        loinc: plain(it.loinc ?? ''),
    }));
    return (words) => {
        const asked = wordsOf(words);
        return named
            .map(({ texts, loinc, ...it }) => ({ ...it, likeness: asked.some(({ text }) => text === loinc) ? 1 : likenessOf(asked, texts) }))
            .filter((it) => it.likeness >= LIKENESS_MIN)
            .sort((a, b) => b.likeness - a.likeness || (a.item < b.item ? -1 : 1))
            .slice(0, NEAREST_MAX);
    };
}
function likenessOf(asked, texts) {
    let best = 0;
    for (const one of asked) {
        for (const other of texts)
            best = Math.max(best, likeness(one, other));
    }
    return Math.round(best * 100) / 100;
}
/** Everything an item is called, but for its LOINC code. */
function textsOf({ code, nameZh, nameEn }) {
    const names = [nameZh, nameEn].flatMap((name) => [name, name.replace(/[（(][^（）()]*[）)]/g, ''), ...inBrackets(name)]);
    return wordsOf([code, ...names]);
}
function wordsOf(texts) {
    return [...new Set(texts.map(plain))].filter((it) => it !== '').map((text) => ({ text, pairs: pairsOf(text) }));
}
function inBrackets(name) {
    return [...name.matchAll(/[（(]([^（）()]*)[）)]/g)].map(([, text = '']) => text);
}
function plain(text) {
    return text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '');
}
function likeness(one, other) {
    if (one.text === other.text)
        return 1;
    const [short, long] = one.text.length < other.text.length ? [one.text, other.text] : [other.text, one.text];
    // Two Latin letters stand in many a word.
    const isWithin = (short.length > 2 || (short.length === 2 && hasChinese(short))) && long.includes(short);
    const contained = isWithin ? CONTAINED + (1 - CONTAINED) * (short.length / long.length) * 0.9 : 0;
    const alike = !isWithin && mayBeSlip(short, long) ? 1 - slips(short, long) / long.length : 0;
    // A slip among three letters makes another abbreviation (ALT, PLT) more often than the same one.
    return Math.max(contained, short.length > 3 ? alike : alike * 0.8, shared(one, other));
}
/** Whether enough letters are the same for a slip to be worth looking for: each that is not costs one. */
function mayBeSlip(short, long) {
    if (long.length > SHORT_MAX)
        return false;
    let same = 0;
    for (const letter of short)
        if (long.includes(letter))
            same += 1;
    return same >= long.length * LIKENESS_MIN;
}
function hasChinese(text) {
    return /\p{Script=Han}/u.test(text);
}
/** Twice the pairs of neighbouring characters that both have, in relation to all of them. */
function shared(one, other) {
    const all = one.text.length + other.text.length - 2;
    if (all === 0)
        return 0;
    let both = 0;
    for (const [pair, count] of one.pairs)
        both += Math.min(count, other.pairs.get(pair) ?? 0);
    return (2 * both) / all;
}
function pairsOf(text) {
    const pairs = new Map();
    for (let at = 0; at < text.length - 1; at++) {
        const pair = text.slice(at, at + 2);
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    return pairs;
}
/** Letters added, lost, changed or exchanged with their neighbour between two short texts (optimal string alignment). */
function slips(one, other) {
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row++) {
        const next = [row];
        for (let column = 1; column <= other.length; column++) {
            const same = one[row - 1] === other[column - 1];
            let least = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
            const exchanged = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
            if (exchanged)
                least = Math.min(least, (before[column - 2] ?? 0) + 1);
            next.push(least);
        }
        [before, last] = [last, next];
    }
    return last[other.length] ?? 0;
}
