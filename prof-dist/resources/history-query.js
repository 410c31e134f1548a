import { Failure } from '../failure.js';
import { readDate } from '../fhir/date.js';
import { readSubsetWish, single } from '../fhir/subset-wish.js';
const COUNT_DEFAULT = 50;
const COUNT_MAX = 500;
const KNOWN = ['_since', '_at', '_count', '_summary', '_elements'];
/** They are about how the answer is written, whatever it is. */
const OF_THE_FACE = ['_format', '_pretty'];
/** What `_page` brings back, alone; `undefined` on a first page. */
export function readPage(parameters) {
    const page = single(parameters, '_page');
    if (page !== undefined)
        refuseOthers(parameters, ['_page']);
    return page;
}
/**
 * Reads the parameters of a history (R4, 3.1.0.13): `_since` (an instant), `_at` (a date of any precision), `_count`, `_summary` and
 * `_elements`, each at most once. Throws `parameter-invalid` for any other value, and for any other parameter.
 */
export function readHistoryQuery(parameters) {
    refuseOthers(parameters, KNOWN);
    const isCount = single(parameters, '_summary') === 'count';
    const whole = new URLSearchParams(parameters);
    if (isCount)
        whole.delete('_summary');
    return {
        since: readSince(single(parameters, '_since')),
        at: readAt(single(parameters, '_at')),
        count: isCount ? 0 : readCount(single(parameters, '_count')),
        wish: readSubsetWish(whole),
        used: [...parameters]
            .filter(([name]) => !OF_THE_FACE.includes(name))
            .map(([name, value]) => [name, name === '_count' ? String(readCount(value)) : value]),
    };
}
function refuseOthers(parameters, known) {
    for (const name of parameters.keys()) {
        if (known.includes(name) || OF_THE_FACE.includes(name))
            continue;
        throw new Failure('parameter-invalid', {
            path: name,
            en: `is no parameter here; there are ${known.join(', ')}`,
            zh: `此处不支持该参数；可用参数：${known.join('、')}`,
        });
    }
}
function readSince(text) {
    if (text === undefined)
        return undefined;
    const since = text.includes('T') ? readDate(text)?.from : undefined;
    if (since)
        return since;
    throw new Failure('parameter-invalid', {
        path: '_since',
        en: 'is an instant with its time zone, as in 2026-03-01T08:30:00Z; a plus sign is written %2B',
        zh: '应为带时区的时刻，例如 2026-03-01T08:30:00Z；加号应写为 %2B',
    });
}
function readAt(text) {
    if (text === undefined)
        return undefined;
    const at = readDate(text);
    if (at)
        return at;
    throw new Failure('parameter-invalid', {
        path: '_at',
        en: 'is a date or a time with its zone, as in 2026-03 or 2026-03-01T08:30:00Z; a plus sign is written %2B',
        zh: '应为日期或带时区的时刻，例如 2026-03 或 2026-03-01T08:30:00Z；加号应写为 %2B',
    });
}
function readCount(text) {
    if (text === undefined)
        return COUNT_DEFAULT;
    if (/^\d{1,9}$/.test(text))
        return Math.min(Number(text), COUNT_MAX);
    throw new Failure('parameter-invalid', { path: '_count', en: 'is a whole number', zh: '应为整数' });
}
