import { Type } from 'typebox';
import { readMoment } from '../beijing-time.js';
import { Failure } from '../failure.js';
import { findInstitutionsByUscc } from '../institutions/find-institution.js';
import { normaliseUscc } from '../institutions/uscc.rules.js';
import { DEPARTMENT_LENGTH_MAX, ITEM_LENGTH_MAX } from '../recognition/check.schema.js';
import { INSURANCES } from '../recognition/insurance.js';
import { CAUSES } from '../recognition/savings-book.js';
import { allows } from '../security/scope.rules.js';
const Uscc = (description) => Type.Optional(Type.String({ minLength: 18, maxLength: 36, description, examples: ['11500000MB1670604W'] }));
const Day = (description) => Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description, examples: ['2026-03-01'] }));
/** A group of which nobody said what it is. */
const UNKNOWN = 'unknown';
/** The filter of the summary and of the entries: what one answers, the other opens. */
export const FILTER = {
    from: Day('First day, Beijing time.'),
    to: Day('The day after the last one, Beijing time.'),
    month: Type.Optional(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'A month, Beijing time.', examples: ['2026-03'] })),
    institution: Uscc('统一社会信用代码 of the receiving institution, where the examination was not repeated.'),
    source: Uscc('统一社会信用代码 of the institution whose result was recognised.'),
    item: Type.Optional(Type.String({ minLength: 1, maxLength: ITEM_LENGTH_MAX, description: 'Item, as the check answered it.', examples: ['CT-CHEST-PLAIN'] })),
    district: Type.Optional(Type.String({
        pattern: '^\\d{2,6}$',
        description: 'Division code of the receiving institution, or the beginning of one.',
        examples: ['500112'],
    })),
    payer: Type.Optional(Type.Enum([...INSURANCES, UNKNOWN], { description: 'Who would have paid; `unknown`: where nobody said.' })),
    level: Type.Optional(Type.Enum(['1', '2', '3', UNKNOWN], { description: 'Level of the receiving institution; `unknown`: where it has none.' })),
    department: Type.Optional(Type.String({
        maxLength: DEPARTMENT_LENGTH_MAX,
        description: 'Department that asked; empty: where it was not named.',
        examples: ['呼吸内科'],
    })),
    cause: Type.Optional(Type.Enum(CAUSES, { description: 'Reversals for this cause alone.' })),
};
const Filter = Type.Object(FILTER);
/** No institution has this number: an unknown credit code means no entries. */
const NOBODY = 0;
/**
 * The entries a caller means, out of those it may see: the region's with `savings.read`, else its own institution's (as the receiving
 * one). Throws `parameter-invalid` for a day that does not exist. At most one statement.
 */
export async function readFilter(reader, caller, texts) {
    const [institution, source] = [texts.institution, texts.source].map((it) => (it === undefined ? undefined : normaliseUscc(it)));
    const known = await findInstitutionsByUscc(reader, [institution, source].filter((it) => it !== undefined));
    const numberOf = (uscc) => known.get(uscc)?.institution ?? NOBODY;
    const month = monthOf(texts.month);
    return {
        from: latest(readDay('from', texts.from), month?.from),
        to: earliest(readDay('to', texts.to), month?.to),
        institutions: [
            ...(allows(caller.scopes, 'savings.read') ? [] : [caller.institution]),
            ...(institution === undefined ? [] : [numberOf(institution)]),
        ],
        source: source === undefined ? undefined : numberOf(source),
        item: texts.item,
        district: texts.district,
        payer: texts.payer === UNKNOWN ? null : texts.payer,
        level: texts.level === undefined ? undefined : texts.level === UNKNOWN ? null : Number(texts.level),
        department: texts.department === '' ? null : texts.department,
        cause: texts.cause,
    };
}
function readDay(path, text) {
    const day = text === undefined ? undefined : readMoment(text);
    if (text !== undefined && !day) {
        throw new Failure('parameter-invalid', { path, en: `there is no day ${text}`, zh: `日期 ${text} 不存在` });
    }
    return day;
}
function monthOf(month) {
    const from = month === undefined ? undefined : readMoment(`${month}-01`);
    if (month === undefined || !from)
        return undefined;
    const [year, number] = month.split('-').map(Number);
    const next = number === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`;
    return { from, to: readMoment(`${next}-01`) ?? from };
}
function latest(a, b) {
    return a && b ? (a > b ? a : b) : (a ?? b);
}
function earliest(a, b) {
    return a && b ? (a < b ? a : b) : (a ?? b);
}
