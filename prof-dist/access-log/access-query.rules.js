import { readMoment } from '../beijing-time.js';
import { Failure } from '../failure.js';
import { decodeAccessId } from './access-entry-id.js';
/** A clinician as a query names one: `system|value`, or the value alone. */
export function readPractitionerName(text) {
    if (text === undefined)
        return undefined;
    const bar = text.indexOf('|');
    return bar < 0 ? { value: text } : { system: text.slice(0, bar), value: text.slice(bar + 1) };
}
/** A bound in time as a query has it: RFC 3339, or a day in Beijing. Throws `parameter-invalid`, at the parameter's name. */
export function readBound(name, text) {
    const moment = text === undefined ? undefined : readMoment(text);
    if (text === undefined || moment)
        return moment;
    throw new Failure('parameter-invalid', {
        path: name,
        en: 'takes a time as in 2026-03-01T08:00:00+08:00 (write + as %2B), or a day as in 2026-03-01',
        zh: '应为 2026-03-01T08:00:00+08:00 形式的时间（+ 须写作 %2B）或 2026-03-01 形式的日期',
    });
}
/** The place of the entry to go on after, by its id. Throws `parameter-invalid` for a text that is no entry's id. */
export function readAfter(id) {
    const key = id === undefined ? undefined : decodeAccessId(id);
    if (id === undefined || key)
        return key && { at: key.recordedAt, id: key.id };
    throw new Failure('parameter-invalid', {
        path: 'after',
        en: 'takes the id of an entry: its 28 hexadecimal digits',
        zh: '应为访问记录的编号（28 位十六进制数字）',
    });
}
