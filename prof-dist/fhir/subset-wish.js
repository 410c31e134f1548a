import { Failure } from '../failure.js';
const ELEMENT_NAME = /^[a-z]\w*$/i;
/**
 * Reads `_summary` and `_elements` of an address that answers resources (R4, 3.1.1.5.8 and 3.1.1.5.9); `undefined` where they are wanted
 * whole. `_summary=count` is none of them: it asks for no resource. Throws `parameter-invalid` for any other value, and for one given twice.
 */
export function readSubsetWish(parameters) {
    const summary = single(parameters, '_summary');
    const elements = single(parameters, '_elements');
    if (elements !== undefined)
        return { elements: readElements(elements) };
    if (summary === undefined || summary === 'false')
        return undefined;
    if (summary === 'true' || summary === 'text' || summary === 'data')
        return { summary };
    throw new Failure('parameter-invalid', {
        path: '_summary',
        en: 'is true, text, data or false here',
        zh: '此处应为 true、text、data 或 false',
    });
}
function readElements(text) {
    const names = text.split(',').map((it) => it.trim());
    if (names.every((it) => ELEMENT_NAME.test(it)))
        return names;
    throw new Failure('parameter-invalid', {
        path: '_elements',
        en: 'is a list of names of elements at the root of the resource, parted by commas',
        zh: '应为资源根级元素名的列表，以逗号分隔',
    });
}
/** The value of a parameter that may be given once; throws `parameter-invalid` for a second one. */
export function single(parameters, name) {
    const values = parameters.getAll(name);
    if (values.length < 2)
        return values[0];
    throw new Failure('parameter-invalid', { path: name, en: 'may be given once', zh: '只能出现一次' });
}
