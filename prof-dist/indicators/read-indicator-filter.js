import { Type } from 'typebox';
import { readMoment } from '../beijing-time.js';
import { Failure } from '../failure.js';
import { findDistricts } from '../institutions/find-districts.js';
import { findInstitutionByUscc } from '../institutions/find-institution.js';
import { normaliseUscc } from '../institutions/uscc.rules.js';
import { ITEM_LENGTH_MAX, Words } from '../recognition/check.schema.js';
import { requireScope } from '../security/require-scope.js';
import { allows } from '../security/scope.rules.js';
const Day = (description) => Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description, examples: ['2026-03-01'] }));
/** The filter of the indicators and of the rows that open them. */
export const INDICATOR_FILTER = {
    from: Day('First day, Beijing time.'),
    to: Day('The day after the last one, Beijing time.'),
    side: Type.Optional(Type.Enum(['receiving', 'source'], {
        default: 'receiving',
        description: 'Where the patients were, or whose results were used; institutions and districts are those of this side.',
    })),
    institution: Type.Optional(Type.String({ minLength: 18, maxLength: 36, description: '统一社会信用代码.', examples: ['11500000MB1670604W'] })),
    district: Type.Optional(Type.String({
        pattern: '^\\d{2,6}$',
        description: 'Division in which the institution lies now, or the beginning of one.',
        examples: ['500112'],
    })),
    department: Type.Optional(Words(100, { description: 'Department, as the calling system names it.', examples: ['呼吸内科'] })),
    doctor: Type.Optional(Words(400, { description: '`system|value`.', examples: ['urn:oid:2.16.156.10011.1.4|D-1001'] })),
    item: Type.Optional(Words(ITEM_LENGTH_MAX, { description: 'Item, as the check answered it.', examples: ['CT-CHEST-PLAIN'] })),
    reason: Type.Optional(Words(100, { description: 'List and code of a reason.', examples: ['national-2022:6'] })),
};
const Filter = Type.Object(INDICATOR_FILTER);
/** No institution has this number: an unknown credit code, and a division without institutions, mean nothing. */
const NOBODY = 0;
const ALWAYS = { from: '1000-01-02', until: '9999-12-31' };
/** What is named of the receiving institution alone, and belongs to people that work there. */
const OF_THE_RECEIVER = ['department', 'doctor'];
/** Whether the caller sees the figures of the whole region. */
function seesRegion(caller) {
    return allows(caller.scopes, 'savings.read') || allows(caller.scopes, 'audit.read');
}
/** Whether the caller may see the rows behind figures, which name doctors: the auditor all, an institution those of its own doctors. */
export function mayOpenRows(caller, { side, institutions }) {
    if (allows(caller.scopes, 'audit.read'))
        return true;
    return side === 'receiving' && institutions !== undefined && institutions.every((it) => it === caller.institution || it === NOBODY);
}
/**
 * The item-times that a caller means, out of those it may see: the region's with `savings.read` or `audit.read`, else those of its own
 * institution on the side that is asked for. Departments and doctors are told to their own institution and to the auditor (`audit.read`), and on
 * the receiving side alone. Throws `parameter-invalid`, `scope-insufficient`. At most two statements.
 */
export async function readIndicatorFilter(reader, caller, { side = 'receiving', ...texts }, by) {
    const uscc = texts.institution === undefined ? undefined : normaliseUscc(texts.institution);
    const named = uscc === undefined ? undefined : [(await findInstitutionByUscc(reader, uscc))?.institution ?? NOBODY];
    const within = texts.district === undefined ? undefined : [...(await findDistricts(reader, texts.district)).keys()];
    const institutions = meeting([seesRegion(caller) ? undefined : [caller.institution], named, within]);
    refuseStrangersStaff(caller, side, { ...texts, institutions }, by);
    return {
        side,
        from: readDay('from', texts.from) ?? ALWAYS.from,
        until: readDay('to', texts.to) ?? ALWAYS.until,
        institutions,
        department: texts.department,
        doctor: texts.doctor,
        item: texts.item,
        reason: texts.reason,
    };
}
function refuseStrangersStaff(caller, side, asked, by) {
    const [wanted] = OF_THE_RECEIVER.filter((it) => by.includes(it) || asked[it] !== undefined);
    if (wanted === undefined)
        return;
    if (side === 'source') {
        throw new Failure('parameter-invalid', {
            path: by.includes(wanted) ? 'by' : wanted,
            en: 'departments and doctors are those of the receiving institutions: ask with side=receiving',
            zh: '科室和医师属于接收机构，请用 side=receiving 查询',
        });
    }
    if (!mayOpenRows(caller, { side, institutions: asked.institutions }))
        requireScope(caller, 'audit.read');
}
/** What is in each of the lists; `undefined` is everything. */
function meeting(lists) {
    const [first, ...others] = lists.filter((it) => it !== undefined);
    return first?.filter((number) => others.every((it) => it.includes(number)));
}
function readDay(path, text) {
    if (text === undefined || readMoment(text))
        return text;
    throw new Failure('parameter-invalid', { path, en: `there is no day ${text}`, zh: `日期 ${text} 不存在` });
}
