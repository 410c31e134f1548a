import { Failure } from '../failure.js';
import { examineParts, lockParts, selectWholes } from './nesting.queries.js';
/** How a list of parts is called in the input. */
const MEMBER = { alliances: 'alliances', named_regions: 'regions' };
/**
 * Makes sure that these may be parts of an alliance or a named region, each once and in the order of their codes, and keeps it true until the
 * end of the transaction. Throws `rule-violated` for every one that is not there, and for every one that would close a circle: the whole
 * itself, and what has the whole in it. Two statements.
 */
export async function requireParts(tx, nesting, whole, parts) {
    await lockParts(tx, nesting);
    const examined = await examineParts(tx, nesting, whole, parts);
    const issues = examined.flatMap(({ isKnown, holdsWhole }, index) => {
        const path = `${MEMBER[nesting]}[${index}]`;
        const code = parts[index] ?? '';
        if (holdsWhole) {
            return [
                {
                    path,
                    en: `"${code}" is "${whole}" itself or has it in it; nothing can be in itself`,
                    zh: `“${code}”即“${whole}”本身或已包含“${whole}”，不能循环包含`,
                },
            ];
        }
        return isKnown ? [] : [{ path, en: `there is no "${code}"; set it first`, zh: `“${code}”不存在，请先设置` }];
    });
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    return [...new Set(parts)].sort();
}
/** Makes sure that nothing has this in it any more. Throws `conflict` naming what has. Two statements. */
export async function requireFree(tx, nesting, code) {
    await lockParts(tx, nesting);
    const wholes = await selectWholes(tx, nesting, code);
    if (wholes.length === 0)
        return;
    throw new Failure('conflict', {
        path: 'code',
        en: `"${code}" is a part of ${wholes.join(', ')}; take it out of there first`,
        zh: `“${code}”是 ${wholes.join('、')} 的组成部分，请先将其移出`,
    });
}
