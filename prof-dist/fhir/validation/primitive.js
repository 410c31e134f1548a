import { narrativeFault } from './narrative.js';
/** 1 MB: R4, 2.24.0.1, string. */
const STRING_MAX = 1_048_576;
const NOT_TEXT = { kind: 'structure', en: 'must be a string', zh: '必须为字符串' };
const NOT_NUMBER = { kind: 'structure', en: 'must be a number', zh: '必须为数字' };
const NOT_BOOLEAN = { kind: 'structure', en: 'must be true or false', zh: '必须为 true 或 false' };
const TOO_LONG = { kind: 'too-long', en: `is longer than ${STRING_MAX} characters`, zh: `超过 ${STRING_MAX} 个字符` };
const EMPTY = { kind: 'value', en: 'must say something; leave the element out', zh: '内容不能为空，请省略该元素' };
const LAST_DAY = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATE = /^(?!0000)(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/;
const CLOCK = /^T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;
/** The length of the date that the text starts with, 0 when it starts with none that exists. */
function dateLength(text) {
    const match = DATE.exec(text);
    if (!match)
        return 0;
    const [date, year, month, day] = match;
    if (day === undefined || Number(day) <= 28)
        return date.length;
    const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
    const last = month === '02' && isLeap ? 29 : (LAST_DAY[Number(month) - 1] ?? 0);
    return Number(day) <= last ? date.length : 0;
}
const isDate = (text) => text !== '' && dateLength(text) === text.length;
function isDateTime(text) {
    const length = dateLength(text);
    return length > 0 && (text.length === length || (length === 10 && CLOCK.test(text.slice(10))));
}
const isInstant = (text) => dateLength(text) === 10 && CLOCK.test(text.slice(10));
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** White space may stand between the characters (R4, 2.24.0.1). */
function isBase64(text) {
    const dense = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
    return dense.length > 0 && dense.length % 4 === 0 && BASE64.test(dense);
}
function ofText(is, en, zh) {
    const fault = { kind: 'value', en, zh };
    return (value) => {
        if (typeof value !== 'string')
            return NOT_TEXT;
        return is(value) ? undefined : fault;
    };
}
function matching(pattern, en, zh) {
    return ofText((text) => pattern.test(text), en, zh);
}
/** The number is the one read from the text, so that `1.0` counts as whole. */
function whole(min, max) {
    const fault = { kind: 'value', en: `must be a whole number from ${min} to ${max}`, zh: `必须为 ${min} 至 ${max} 的整数` };
    return (value) => {
        if (typeof value !== 'number')
            return NOT_NUMBER;
        return Number.isInteger(value) && value >= min && value <= max ? undefined : fault;
    };
}
const text = (value) => {
    if (typeof value !== 'string')
        return NOT_TEXT;
    if (value.length > STRING_MAX)
        return TOO_LONG;
    return value.charCodeAt(0) > 0x20 || /\S/.test(value) ? undefined : EMPTY;
};
const NO_SPACE = /^\S+$/;
const uri = matching(NO_SPACE, 'must be an address without spaces', '必须为不含空格的地址（URI）');
/** The form of each primitive type, after R4, 2.24.0.1. A string that holds nothing but white space says nothing and is refused as well. */
const CHECKS = new Map([
    ['string', text],
    ['markdown', text],
    ['boolean', (value) => (typeof value === 'boolean' ? undefined : NOT_BOOLEAN)],
    ['decimal', (value) => (typeof value === 'number' ? undefined : NOT_NUMBER)],
    ['integer', whole(-2_147_483_648, 2_147_483_647)],
    ['unsignedInt', whole(0, 2_147_483_647)],
    ['positiveInt', whole(1, 2_147_483_647)],
    ['uri', uri],
    ['url', uri],
    ['canonical', uri],
    ['oid', matching(/^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/, 'must be urn:oid: and an object identifier', '必须为 urn:oid: 加对象标识符')],
    [
        'uuid',
        matching(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be urn:uuid: and a UUID in small letters', '必须为 urn:uuid: 加小写 UUID'),
    ],
    ['id', matching(/^[A-Za-z0-9.-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "."', '必须为 1 至 64 个字母、数字、“-”或“.”')],
    [
        'code',
        matching(/^\S+(?:\s\S+)*$/, 'must be a code without leading, trailing or doubled spaces', '必须为代码，首尾不得有空格，中间不得有连续空格'),
    ],
    [
        'date',
        ofText(isDate, 'must be a date that exists: YYYY, YYYY-MM or YYYY-MM-DD', '必须为存在的日期，格式为 YYYY、YYYY-MM 或 YYYY-MM-DD'),
    ],
    [
        'dateTime',
        ofText(isDateTime, 'must be a date that exists, with seconds and a time zone if it has a time, such as 2026-03-01T08:30:00+08:00', '必须为存在的日期；带时间时须精确到秒并带时区，例如 2026-03-01T08:30:00+08:00'),
    ],
    [
        'instant',
        ofText(isInstant, 'must be a date and time with seconds and a time zone, such as 2026-03-01T08:30:00+08:00', '必须为精确到秒并带时区的时间，例如 2026-03-01T08:30:00+08:00'),
    ],
    [
        'time',
        matching(TIME, 'must be a time of day with seconds and without a zone, such as 08:30:00', '必须为精确到秒且不带时区的时刻，例如 08:30:00'),
    ],
    ['base64Binary', ofText(isBase64, 'must be base64', '必须为 base64 编码')],
    ['xhtml', narrativeFault],
]);
/** The check of a primitive type of R4; every one has one. */
export function primitiveCheck(type) {
    const check = CHECKS.get(type);
    if (!check)
        throw new Error(`no form is known for the primitive type ${type}`);
    return check;
}
