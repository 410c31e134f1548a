import { invalid, partsOf, plain } from './search-words.js';
/** Reads `code`, `system|code`, `|code` or `system|` (R4, 3.1.1.4.10). Throws `parameter-invalid`. */
export function readToken(name, text) {
    const [first = '', second, more] = partsOf(text, '|').map(plain);
    if (more !== undefined)
        throw invalid(name, `"${text}" has more than one bar; a bar of the value is written \\|`, `“${text}”含有多个竖线；值中的竖线须写作 \\|`);
    if (second === undefined)
        return { system: undefined, code: first };
    if (first === '' && second === '')
        throw invalid(name, 'has neither system nor code', '既无系统也无代码');
    return { system: first, code: second === '' ? undefined : second };
}
