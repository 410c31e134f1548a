import { ITEM_SYSTEM, LOINC_SYSTEM, recallItems, recallItemsOfLoinc } from '../catalogue/items/find-items.js';
import { recallLocalCodes } from '../catalogue/mappings/find-mappings.js';
/**
 * What each code of a question stands for in the edition in force: an item or a panel of it, by its code or by its LOINC code, or what the
 * caller's institution has mapped its local code to. A local code for several items is answered like a panel; one for nothing in the edition stands for itself, and nothing.
 *
 * `null` asks for every single item there is, without the panels. By what is remembered; two statements at most, whatever the number of
 * codes.
 */
export async function resolveItems(references, reader, institution, codes, now) {
    if (!codes) {
        const catalogue = await recallItems(references, reader, null, now);
        const single = [...catalogue.items.keys()].filter((it) => !catalogue.members.has(it)).sort();
        return { catalogue, asked: single.map((it) => ({ asked: it, code: it, members: undefined })) };
    }
    const local = new Map((await recallLocalCodes(references, reader, institution, codes)).map((it) => [it.asked, it.items]));
    const loincs = await recallItemsOfLoinc(references, reader, codes.flatMap(loincOf), now);
    const mapped = (asked) => [
        ...loincOf(asked).flatMap((it) => loincs.get(it) ?? []),
        ...(local.get(asked) ?? []),
    ];
    const wanted = [...new Set(codes.flatMap((it) => [plainCode(it), ...mapped(it)]))];
    const catalogue = await recallItems(references, reader, wanted, now);
    return { catalogue, asked: codes.map((it) => resolve(it, [...new Set(mapped(it))], catalogue)) };
}
function resolve(asked, mapped, { items, members }) {
    const code = plainCode(asked);
    if (items.has(code))
        return { asked, code, members: members.get(code) };
    const known = mapped.filter((it) => items.has(it));
    const [only, ...others] = known;
    if (only === undefined)
        return { asked, code: asked, members: undefined };
    return others.length === 0 ? { asked, code: only, members: members.get(only) } : { asked, code: asked, members: known };
}
/** An item code with the code system of the catalogue is that code. */
function plainCode(asked) {
    return asked.startsWith(`${ITEM_SYSTEM}|`) ? asked.slice(ITEM_SYSTEM.length + 1) : asked;
}
/** The LOINC code, where it is one. */
function loincOf(asked) {
    return asked.startsWith(`${LOINC_SYSTEM}|`) ? [asked.slice(LOINC_SYSTEM.length + 1)] : [];
}
