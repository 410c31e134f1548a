import { COLUMNS, cellsOf } from './edition-columns.rules.js';
/** Every item that is not the same in both, in the order of the codes; of those on one side only, the cells that say something. */
export function compareItems(before, after) {
    const former = new Map(before.map((it) => [it.code, it]));
    const later = new Map(after.map((it) => [it.code, it]));
    return [...new Set([...former.keys(), ...later.keys()])]
        .toSorted()
        .flatMap((code) => differenceOf(code, former.get(code), later.get(code)) ?? []);
}
function differenceOf(code, before, after) {
    const [was, is] = [before && cellsOf(before), after && cellsOf(after)];
    const fields = COLUMNS.map((field) => ({ field, before: was?.[field] ?? null, after: is?.[field] ?? null })).filter((it) => it.before !== it.after && (it.before || it.after));
    if (fields.length === 0)
        return undefined;
    return { code, change: was ? (is ? 'changed' : 'removed') : 'added', fields };
}
