import { Failure } from '../failure.js';
/** Fewer persons or items than this are not shown by figure in what is published. */
export const LEAST = 5;
/** The rule of a published table, to be printed with it: what is not shown of less than `LEAST`, in both languages. */
export function publicationRule(few) {
    return {
        least: LEAST,
        en: `Groups of fewer than ${LEAST} ${few.en} are not shown by figure, nor are as many others as it takes that these cannot be computed from totals of rows, columns or all.`,
        zh: `${few.zh}少于 ${LEAST} 的分组不显示数值；为防止由合计推算，另有部分分组同时不显示。`,
    };
}
/**
 * Throws `parameter-invalid` for a period that does not begin and end with a month, by which two published tables could be subtracted to a
 * few days. A bound that is not given is none.
 */
export function requireWholeMonths({ from, to }) {
    const part = Object.entries({ from, to }).find(([, day]) => day !== undefined && !day.endsWith('-01'));
    if (!part)
        return;
    throw new Failure('parameter-invalid', {
        path: part[0],
        en: 'what is published covers whole months: give the first day of a month',
        zh: '公布的数据以整月为单位：请给出某月的第一天',
    });
}
