import { Failure } from '../failure.js';
import { searchParameter } from './definitions/search-parameters.js';
import { isPercentEncoded } from './request-url.js';
import { nameParts, readCriterion } from './search-criterion.js';
import { readCount, readElements, readInclusion, readSort, readWord } from './search-results.js';
import { subjectsOf } from './search-subjects.js';
import { joined } from './search-terms.js';
import { invalid, unknownParameter, unknownWords } from './search-words.js';
const PARAMETERS_MAX = 50;
const COUNT_DEFAULT = 50;
const SUMMARIES = ['true', 'text', 'data', 'count', 'false'];
/** Parameters that say how the answer is written; they are read where it is written. */
const MANNERS = new Set(['_format', '_pretty']);
/** Parameters of the result, each at most once. */
const ONCE = new Set(['_sort', '_count', '_total', '_summary', '_elements', '_page']);
/** Not offered, and never passed over: without them a search finds something else altogether. */
const NEVER_IGNORED = new Set(['_query', '_filter']);
/**
 * Reads the parameters of a search on a type (R4, 3.1.1), given after their %-decoding. Each is used, or refused: `not-supported` for
 * names, modifiers and chains that are not offered, `parameter-invalid` for values of the wrong form. A lenient search leaves out parameters that the
 * type does not have, and says so; a modifier or value is never passed over.
 */
export async function readSearch(type, parameters, context) {
    const used = [];
    const ignored = [];
    const conditions = [];
    const subjects = [];
    const inclusions = [];
    const once = new Map();
    for (const [name, value] of parameters) {
        if (MANNERS.has(name))
            continue;
        if (used.length + ignored.length >= PARAMETERS_MAX)
            throw tooMany();
        if (value === '')
            throw invalid(name, 'has no value', '缺少取值');
        const inclusion = /^_(include|revinclude)(:.*)?$/.exec(name);
        if (ONCE.has(name)) {
            if (once.has(name))
                throw invalid(name, 'is there twice', '重复出现');
            once.set(name, value);
        }
        else if (inclusion)
            inclusions.push(readInclusion(type, kindOf(name, inclusion), inclusion[2] !== undefined, value, context));
        else if (isUnknown(type, name)) {
            if (context.handling !== 'lenient' || NEVER_IGNORED.has(name))
                throw unknownParameter(type, name);
            ignored.push({ path: name, ...unknownWords(type, name) });
            continue;
        }
        else {
            conditions.push(await readCriterion(type, name, value, context));
            const named = subjectsOf(type, name, value, context);
            if (named)
                subjects.push(named);
        }
        if (name !== '_page')
            used.push([name, value]);
    }
    const read = (name, reader) => {
        const value = once.get(name);
        return value === undefined ? undefined : reader(value);
    };
    const count = read('_count', readCount) ?? COUNT_DEFAULT;
    const summary = read('_summary', (it) => readWord('_summary', it, SUMMARIES));
    if (summary === 'text' && inclusions.length > 0)
        throw invalid('_summary', 'text does not go with _include', '_summary=text 不能与 _include 同用');
    return {
        type,
        condition: joined('all', conditions),
        subjects: joinedSubjects(subjects),
        sort: read('_sort', (it) => readSort(type, it)) ?? [],
        inclusions,
        count,
        total: read('_total', (it) => readWord('_total', it, ['none', 'estimate', 'accurate'])),
        summary,
        elements: read('_elements', readElements),
        page: once.get('_page'),
        used: used.map(([name, value]) => [name, name === '_count' ? String(count) : value]),
        ignored,
    };
}
/**
 * Reads the criteria of a conditional request or reference, such as `identifier=a|b&status=final` (R4, 3.1.0.5.1), with or without a question
 * mark before them. A plus stands for itself, since it is part of many identifiers; a space is `%20`.
 *
 * Throws as `readSearch` does, also for parameters that are about the result, and where nothing is asked for.
 */
export async function readCriteria(type, text, context) {
    if (!isPercentEncoded(text))
        throw new Failure('parameter-invalid', { en: 'is no percent-encoded UTF-8', zh: '不是 UTF-8 百分号编码' });
    const pairs = [...new URLSearchParams(text.replace(/^\?/, '').replaceAll('+', '%2B'))];
    if (pairs.length === 0)
        throw new Failure('parameter-invalid', { en: 'there is no criterion', zh: '缺少条件' });
    if (pairs.length > PARAMETERS_MAX)
        throw tooMany();
    const conditions = [];
    for (const [name, value] of pairs) {
        if (value === '')
            throw invalid(name, 'has no value', '缺少取值');
        conditions.push(await readCriterion(type, name, value, context));
    }
    return joined('all', conditions);
}
function isUnknown(type, name) {
    return !name.startsWith('_has:') && searchParameter(type, nameParts(name).parameter) === undefined;
}
function kindOf(name, [, kind, modifier]) {
    if (modifier !== undefined && modifier !== ':iterate')
        throw invalid(name, 'takes no modifier but :iterate', '只支持修饰符 :iterate');
    return kind === 'include' ? 'include' : 'revinclude';
}
function joinedSubjects(subjects) {
    if (subjects.length === 0)
        return undefined;
    return { ids: [...new Set(subjects.flatMap((it) => it.ids))], identifiers: subjects.flatMap((it) => it.identifiers) };
}
function tooMany() {
    return new Failure('parameter-invalid', {
        en: `a search takes at most ${PARAMETERS_MAX} parameters`,
        zh: `一次检索最多允许 ${PARAMETERS_MAX} 个参数`,
    });
}
