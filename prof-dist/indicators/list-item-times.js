import { recordAccess } from '../access-log/record-access.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { requireScope } from '../security/require-scope.js';
import { listItemTimes } from './figures.queries.js';
import { mayOpenRows, readIndicatorFilter } from './read-indicator-filter.js';
/**
 * A page of the item-times that figures are made of, by day, institution, visit, item and source; with the same filter they add up to the
 * figures. They name doctors, so an institution sees its own, the auditor all (`scope-insufficient`). Five statements at most.
 */
export async function readItemTimes(tx, caller, texts, page, now) {
    const filter = await readIndicatorFilter(tx, caller, texts, []);
    if (!mayOpenRows(caller, filter))
        requireScope(caller, 'audit.read');
    const found = await listItemTimes(tx, filter, page.after, page.limit + 1);
    const rows = found.slice(0, page.limit);
    const institutions = await findInstitutions(tx, [...new Set(rows.flatMap((it) => [it.institution, it.source]))]);
    const query = new URLSearchParams(texts).toString();
    await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'listItemTimes', entities: [], query }], now);
    const last = found.length > page.limit ? rows.at(-1) : undefined;
    return { itemTimes: rows.map((it) => showItemTime(it, institutions)), last };
}
function showItemTime(row, institutions) {
    const { institution, source, doctor, doctorName, outcome, reason, decidedMs, ...plain } = row;
    const show = (number) => ({ uscc: institutions.get(number)?.uscc ?? '', name: institutions.get(number)?.name ?? '' });
    return {
        ...plain,
        institution: show(institution),
        source: show(source),
        doctor: { identifier: doctor, name: doctorName },
        ...(outcome === null ? {} : { outcome }),
        ...(reason === null ? {} : { reason }),
        ...(decidedMs === null ? {} : { decidedSeconds: decidedMs / 1_000 }),
    };
}
