/** What of an item is compared. */
export interface NamedItem {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly loinc: string | null;
}

/** An item that an unknown code may mean. */
export interface NearestItem {
  readonly item: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** From 0 to 1; 1: a code or a name is the same but for case, spaces and signs. */
  readonly likeness: number;
}

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
 * Code and words are each compared with code, LOINC code and both names of an item, also with what a name has in brackets
 * (`白细胞计数(WBC)`). Latin letters and Chinese characters alike: the same text, one within the other, a slip in a short one, or shared pairs
 * of characters (Dice's coefficient).
 */
export function nearestItems(words: readonly string[], items: Iterable<NamedItem>): readonly NearestItem[] {
  const asked = [...new Set(words.map(plain))].filter((it) => it !== '');
  return [...items]
    .map((it) => ({ item: it.code, nameZh: it.nameZh, nameEn: it.nameEn, likeness: likenessOf(asked, textsOf(it)) }))
    .filter((it) => it.likeness >= LIKENESS_MIN)
    .sort((a, b) => b.likeness - a.likeness || (a.item < b.item ? -1 : 1))
    .slice(0, NEAREST_MAX);
}

function likenessOf(asked: readonly string[], texts: readonly string[]): number {
  const best = Math.max(0, ...asked.flatMap((one) => texts.map((other) => likeness(one, other))));
  return Math.round(best * 100) / 100;
}

/** Everything an item is called, in plain letters. */
function textsOf({ code, nameZh, nameEn, loinc }: NamedItem): readonly string[] {
  const names = [nameZh, nameEn].flatMap((name) => [name, name.replace(/[（(][^（）()]*[）)]/g, ''), ...inBrackets(name)]);
  return [...new Set([code, loinc ?? '', ...names].map(plain))].filter((it) => it !== '');
}

function inBrackets(name: string): readonly string[] {
  return [...name.matchAll(/[（(]([^（）()]*)[）)]/g)].map(([, text = '']) => text);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const contained = short.length >= 2 && long.includes(short) ? CONTAINED + (1 - CONTAINED) * (short.length / long.length) * 0.9 : 0;
  const alike = long.length <= SHORT_MAX ? 1 - slips(one, other) / long.length : 0;
  // A slip among three letters leaves another abbreviation (ALT, PLT), not the same one.
  return Math.max(hasChinese(short) || short.length > 2 ? contained : 0, short.length > 3 ? alike : alike * 0.8, shared(one, other));
}

function hasChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Twice the pairs of neighbouring characters that both have, in relation to all of them. */
function shared(one: string, other: string): number {
  const [pairs, others] = [pairsOf(one), pairsOf(other)];
  if (pairs.length === 0 || others.length === 0) return 0;
  const left = [...others];
  const both = pairs.filter((it) => {
    const at = left.indexOf(it);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * both.length) / (pairs.length + others.length);
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}

/** Letters added, lost, changed or exchanged with their neighbour between two short texts (optimal string alignment). */
function slips(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const exchanged = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (exchanged) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
