import { Type } from 'typebox';
import { LEAST, publicationRule, requireWholeMonths } from './publication.rules.js';
import { fenNumber, showKey } from './show-summary.js';
import { hiddenCells, isSmall } from './small-cells.rules.js';
import { KEY } from './statement.schema.js';
import { summariseSavings } from './summarise-savings.js';
/** Dimensions of a published table: rows and columns. */
export const DIMENSIONS_MAX = 2;
const FigureShown = {
    suppressed: Type.Boolean({ description: 'true: too few persons or items, or enough of another group’s figure could be computed by it.' }),
    items: Type.Optional(Type.Integer({ description: 'Examinations that were not repeated, reversals taken off.' })),
    amountFen: Type.Optional(Type.Integer({ description: 'The avoided cost in Chinese fen.' })),
};
export const Published = Type.Object({
    rule: Type.Object({ least: Type.Integer(), en: Type.String(), zh: Type.String() }, { description: 'Below how many persons or items there is no figure, and what that means, to be printed with the table.' }),
    suppressedGroups: Type.Integer({ description: 'How many groups have no figure.' }),
    total: Type.Object(FigureShown),
    groups: Type.Array(Type.Object({ ...KEY, ...FigureShown })),
});
const RULE = publicationRule({ en: 'persons or items', zh: '涉及人数或项目数' });
/**
 * The savings of whole months as they may be published: the figures of the summary, but for groups so small that they could be about
 * somebody, and others by which those could be computed. Shares, counts of reversals and of unpriced items are left out, since within a
 * group they may be small again.
 *
 * What several published tables together give away is for their publisher to weigh. Throws `parameter-invalid` for a period that does not
 * begin and end with a month, by which two tables could be subtracted to a few days.
 */
export async function publishSavings(tx, caller, texts, by, now) {
    requireWholeMonths(texts);
    const question = { texts, by: [by], persons: true, interaction: 'publishSavings', asked: { by: by.join(',') } };
    const { total, groups, institutions } = await summariseSavings(tx, caller, question, now);
    const list = groups.flat();
    const hidden = hiddenCells(list.map((it) => ({ key: by.map((name) => it.key[name] ?? ''), items: itemsOf(it), persons: it.persons })), LEAST);
    return {
        rule: RULE,
        suppressedGroups: hidden.size,
        total: showCell(total, isSmall({ items: itemsOf(total), persons: total.persons }, LEAST)),
        groups: list.map((it, place) => ({ ...showKey(it, institutions), ...showCell(it, hidden.has(place)) })),
    };
}
function itemsOf({ savings, reversals }) {
    return savings - reversals;
}
function showCell(figures, suppressed) {
    return suppressed ? { suppressed } : { suppressed, items: itemsOf(figures), amountFen: fenNumber(figures.amountFen) };
}
