import { beijingDay } from '../../beijing-time.js';
import { Failure } from '../../failure.js';
import { compareItems } from './compare-items.rules.js';
import { faultsOfDay, isInForce } from './edition.rules.js';
import { findEdition, insertEdition, listEditions, lockEditions } from './item.queries.js';
/**
 * Adds an edition, or a new revision of one whose day (midnight in Beijing) has not begun. At most five statements, whatever the number of
 * items. Two that load at once take turns: the second sees what the first has loaded.
 *
 * Throws `conflict` for an edition in force that says something else, `rule-violated` for a day that another edition has or that is gone by.
 */
export async function loadEdition(tx, head, items, now) {
    const today = beijingDay(now);
    await lockEditions(tx);
    const all = await listEditions(tx);
    const standing = all.find((it) => it.edition === head.edition);
    if (standing && (await isSame(tx, standing, head, items)))
        return { edition: standing, isNew: false };
    if (standing && isInForce(standing, today))
        throw closed(standing);
    const faults = faultsOfDay(head, all, today);
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const revision = (standing?.revision ?? 0) + 1;
    await insertEdition(tx, head, revision, items, now);
    return { edition: { ...head, revision, loadedAt: now, items: items.length }, isNew: true };
}
async function isSame(tx, standing, head, items) {
    if (standing.title !== head.title || standing.effectiveFrom !== head.effectiveFrom)
        return false;
    const stored = await findEdition(tx, head.edition);
    return stored !== undefined && compareItems(stored.items, items).length === 0;
}
function closed({ edition, effectiveFrom }) {
    return new Failure('conflict', {
        path: 'edition',
        en: `the edition ${edition} has been in force since ${effectiveFrom} and cannot be changed; load a new one that begins today or later`,
        zh: `版本 ${edition} 已于 ${effectiveFrom} 生效，不能更改；请以新版本名称导入自今天或以后生效的目录`,
    });
}
