import { recordAccess } from '../access-log/record-access.js';
import { Failure } from '../failure.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { readFilter } from './read-filter.js';
import { sumEntries } from './statement.queries.js';
const GROUPS_MAX = 10_000;
/**
 * The savings of a period, in total and broken down, out of those the caller may see: the one calculation behind summary, published report and
 * MeasureReport. Logged.
 *
 * Throws `parameter-invalid` where there would be more groups than an answer holds. Four statements.
 */
export async function summariseSavings(tx, caller, question, now) {
    const { texts, by, persons = false, interaction, asked } = question;
    const filter = await readFilter(tx, caller, texts);
    const sums = await sumEntries(tx, filter, { by, groupsMax: GROUPS_MAX + 1, persons });
    const groups = sums.groups.flat();
    if (groups.length > GROUPS_MAX)
        throw tooManyGroups();
    const institutions = await findInstitutions(tx, [
        ...new Set(groups.flatMap(({ key }) => [key.institution, key.source].flatMap((it) => (it === undefined ? [] : [Number(it)])))),
    ]);
    const query = new URLSearchParams({ ...texts, ...asked }).toString();
    await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction, entities: [], query }], now);
    return { ...sums, institutions };
}
function tooManyGroups() {
    return new Failure('parameter-invalid', {
        path: 'by',
        en: `These dimensions make more than ${GROUPS_MAX} groups. Ask for fewer dimensions or a shorter period.`,
        zh: `按这些维度分组超过 ${GROUPS_MAX} 组，请减少维度或缩短期间`,
    });
}
