import { recordAccess } from '../access-log/record-access.js';
import { findOtherReasons } from '../catalogue/reasons/find-reasons.js';
import { Failure } from '../failure.js';
import { findDistricts } from '../institutions/find-districts.js';
import { findInstitutions } from '../institutions/find-institution.js';
import { isAnyDue } from './day.queries.js';
import { DEFINITIONS_VERSION, QUICK_MS } from './definitions.rules.js';
import { areExaminationsTold, sumExaminations } from './examination-figures.queries.js';
import { sumItemTimes } from './figures.queries.js';
import { readIndicatorFilter } from './read-indicator-filter.js';
import { mergeGroups, showFigures, showGroup } from './show-indicators.js';
const GROUPS_MAX = 10_000;
/** The indicators of a period, and in the access log that they were read; `interaction` is what it is called there. */
export async function readIndicators(tx, caller, texts, by, now, interaction = 'readIndicators') {
    const indicators = await calculateIndicators(tx, caller, texts, by);
    const query = new URLSearchParams({ ...texts, by: by.join(',') }).toString();
    await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction, entities: [], query }], now);
    return indicators;
}
/**
 * The indicators of a period, in total and by the dimensions asked for, with the formulas of `definitions.rules.ts`: the one calculation behind
 * every face. Each group names what it is made of. Examinations are told where they have what is asked for. Who shows them writes it into the
 * access log.
 *
 * Throws `parameter-invalid` where there would be more groups than an answer holds. Eight statements at most, whatever the region.
 */
export async function calculateIndicators(tx, caller, texts, by) {
    const filter = await readIndicatorFilter(tx, caller, texts, by);
    const districts = by.includes('district') ? await findDistricts(tx) : new Map();
    const { total, groups: items } = await sumItemTimes(tx, filter, by, districts, QUICK_MS, GROUPS_MAX);
    const examined = areExaminationsTold(filter, by) ? await sumExaminations(tx, filter, by, districts, GROUPS_MAX) : undefined;
    const groups = mergeGroups(by, items, examined?.groups);
    if (groups.length > GROUPS_MAX)
        throw tooManyGroups();
    const others = await findOtherReasons(tx);
    const numbers = groups.flatMap(({ key }) => (key.institution === undefined ? [] : [Number(key.institution)]));
    const institutions = await findInstitutions(tx, [...new Set(numbers)]);
    // What is due is kept by where the patients were; on the side of the sources any of these may be among the figures.
    const isDue = await isAnyDue(tx, filter.side === 'source' ? { ...filter, institutions: undefined } : filter);
    return {
        definitions: DEFINITIONS_VERSION,
        side: filter.side,
        isCurrent: !isDue,
        total: showFigures(total, examined?.total, others),
        groups: groups.map((it) => showGroup(it, { filter, texts, caller, others, institutions })),
    };
}
function tooManyGroups() {
    return new Failure('parameter-invalid', {
        path: 'by',
        en: `These dimensions make more than ${GROUPS_MAX} groups. Ask for fewer dimensions or a shorter period.`,
        zh: `按这些维度分组超过 ${GROUPS_MAX} 组，请减少维度或缩短期间`,
    });
}
