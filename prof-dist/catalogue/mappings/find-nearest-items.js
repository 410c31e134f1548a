import { findItems } from '../items/find-items.js';
import { nearestAmong } from './nearest-item.rules.js';
/**
 * For each code that a check does not know, as it was asked for (`code` or `system|code`), up to three items of the edition in force that it
 * most likely means (`nearest-item.rules.ts`): the nearest mapping gap. One statement; none where nothing is asked.
 */
export async function findNearestItems(reader, asked, at) {
    if (asked.length === 0)
        return new Map();
    const { items } = await findItems(reader, null, at);
    const nearest = nearestAmong(items.values());
    return new Map(asked.map((it) => [it, nearest([it.slice(it.indexOf('|') + 1)])]));
}
