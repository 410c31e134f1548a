import { Type } from 'typebox';
import { Failure } from '../failure.js';
import { LEAST, publicationRule, requireWholeMonths } from '../savings/publication.rules.js';
import { hiddenCells, isSmall } from '../savings/small-cells.rules.js';
import { PublishedKey } from './indicators.schema.js';
import { readIndicators } from './read-indicators.js';
/** Dimensions of a published table: rows and columns. People that work somewhere are none of them. */
export const PUBLISHED_DIMENSIONS = ['institution', 'month', 'district', 'item'];
const DIMENSIONS_MAX = 2;
const Rate = (description) => Type.Optional(Type.Union([Type.Number(), Type.Null()], { description }));
const cell = {
    suppressed: Type.Boolean({
        description: 'true: too few reminders or person-times, recognised or not, or enough of another group’s figure could be computed by it.',
    }),
    reminders: Type.Optional(Type.Integer()),
    recognised: Type.Optional(Type.Integer()),
    ofReminders: Rate('Recognised of the reminders.'),
    ofEligible: Rate('Left out by itself where too few were eligible, recognised or not, or where another group’s could be computed by it.'),
};
export const PublishedIndicators = Type.Object({
    definitions: Type.String({ description: 'Version of the definitions.' }),
    side: Type.Enum(['receiving', 'source']),
    rule: Type.Object({ least: Type.Integer(), en: Type.String(), zh: Type.String() }, { description: 'To be printed with the table.' }),
    suppressedGroups: Type.Integer(),
    total: Type.Object(cell),
    groups: Type.Array(Type.Object({ ...PublishedKey, ...cell })),
});
const RULE = publicationRule({
    en: 'reminders or person-times, or of fewer that were recognised or that were not,',
    zh: '提醒、互认或未互认的项次或人次',
});
/**
 * The indicators of whole months as they may be published: by item-times, for groups that are not small, by the rule of the savings
 * (`savings/small-cells.rules.ts`). A group is small by any count that is told of it: the reminders, those recognised, and what is left of
 * them. The rate of the eligible has counts of its own, which may be small in a group that is not, and is left out there. Reasons and times
 * to decide are left out altogether.
 *
 * Throws `parameter-invalid` for a period that does not begin and end with a month, for other dimensions, and for more than two.
 */
export async function publishIndicators(tx, caller, texts, by, now) {
    requireWholeMonths(texts);
    requirePublishable(by);
    const { definitions, side, total, groups } = await readIndicators(tx, caller, texts, by, now, 'publishIndicators');
    const [hidden, withoutEligible] = [hiddenBy(REMINDED, groups, by), hiddenBy(ELIGIBLE, groups, by)];
    return {
        definitions,
        side,
        rule: RULE,
        suppressedGroups: hidden.size,
        total: showCell(total, isSmallBy(REMINDED, total), isSmallBy(ELIGIBLE, total)),
        groups: groups.map((it, place) => ({ ...showPublishedKey(it), ...showCell(it, hidden.has(place), withoutEligible.has(place)) })),
    };
}
const REMINDED = { whole: 'reminders', part: 'recognised' };
const ELIGIBLE = { whole: 'eligible', part: 'eligibleRecognised' };
/** How many are behind each count that a rate tells. Of what is left, so many visits at least: others may be among those of the part. */
function sizesOf({ whole, part }) {
    return [
        ({ itemTimes, personTimes }) => ({ items: itemTimes[whole], persons: personTimes[whole] }),
        ({ itemTimes, personTimes }) => ({ items: itemTimes[part], persons: personTimes[part] }),
        ({ itemTimes, personTimes }) => ({ items: itemTimes[whole] - itemTimes[part], persons: personTimes[whole] - personTimes[part] }),
    ];
}
function isSmallBy(rate, figures) {
    return sizesOf(rate).some((sizeOf) => isSmall(sizeOf(figures), LEAST));
}
/** The places of the groups that any count of a rate hides: in each line as many as each of the counts needs. */
function hiddenBy(rate, groups, by) {
    const keyOf = (group) => by.map((name) => JSON.stringify(group[name] ?? ''));
    const tables = sizesOf(rate).map((sizeOf) => groups.map((it) => ({ ...sizeOf(it), key: keyOf(it) })));
    return new Set(tables.flatMap((cells) => [...hiddenCells(cells, LEAST)]));
}
function showCell({ itemTimes: { reminders, recognised, ofReminders, ofEligible } }, suppressed, isWithoutEligible) {
    if (suppressed)
        return { suppressed };
    return { suppressed, reminders, recognised, ofReminders, ...(isWithoutEligible ? {} : { ofEligible }) };
}
function showPublishedKey({ institution, month, district, item }) {
    return {
        ...(institution ? { institution } : {}),
        ...(month === undefined ? {} : { month }),
        ...(district === undefined ? {} : { district }),
        ...(item === undefined ? {} : { item }),
    };
}
function requirePublishable(by) {
    if (by.length <= DIMENSIONS_MAX && by.every((it) => PUBLISHED_DIMENSIONS.includes(it)))
        return;
    throw new Failure('parameter-invalid', {
        path: 'by',
        en: `what is published is by two of ${PUBLISHED_DIMENSIONS.join(', ')} at most`,
        zh: `公布的数据至多按两个维度分组，可选：${PUBLISHED_DIMENSIONS.join('、')}`,
    });
}
