import { Failure } from '../failure.js';
import { isObject, objectsOf, textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
/** The parameters of a call, by their names; each value as it stood in `value[x]` or `resource`. */
export class OperationInput {
    #values;
    /** The Parameters resource, where one was sent. */
    document;
    constructor(values, document) {
        this.#values = values;
        this.document = document;
    }
    /** Every value, in the order given. */
    all(name) {
        return this.#values.get(name) ?? [];
    }
    /** The first value as text; a number as its digits. */
    text(name) {
        const [value] = this.all(name);
        return typeof value === 'string' || typeof value === 'number' ? textOf(String(value)) : undefined;
    }
    /** The first value, if it is a resource or of a data type with parts. */
    object(name) {
        const [value] = this.all(name);
        return isObject(value) ? value : undefined;
    }
    /** `true` or `false` as a boolean or in words. Throws `parameter-invalid` for anything else. */
    flag(name) {
        const [value] = this.all(name);
        if (value === undefined || value === false || value === 'false')
            return false;
        if (value === true || value === 'true')
            return true;
        throw invalid(name, 'takes true or false', '应为 true 或 false');
    }
    /** A whole number from 0 on. Throws `parameter-invalid` for anything else. */
    number(name) {
        const text = this.text(name);
        if (text === undefined)
            return undefined;
        if (!/^\d{1,9}$/.test(text))
            throw invalid(name, 'takes a whole number', '应为非负整数');
        return Number(text);
    }
}
/** What belongs to the request and not to the operation. */
const GENERAL = ['_format', '_pretty', '_summary', '_elements'];
/**
 * Reads the input of an operation from the query and, where there is one, the Parameters resource of the body
 * (https://hl7.org/fhir/R4/operations.html#request). Throws `malformed` for a body that is none, `not-supported` for parameters the operation
 * does not take here, `parameter-invalid` for a repeated one that may stand once.
 */
export function readOperationInput(parameters, query, body) {
    const values = new Map();
    const add = (name, value) => {
        const parameter = parameters.find((it) => it.name === name);
        if (!parameter) {
            throw new Failure('not-supported', {
                path: name,
                en: `"${name}" is not a parameter of this operation here; these are: ${parameters.map((it) => it.name).join(', ')}`,
                zh: `此操作不支持参数“${name}”；可用参数：${parameters.map((it) => it.name).join('、')}`,
            });
        }
        const list = values.get(name) ?? [];
        if (list.length > 0 && parameter.max !== '*')
            throw invalid(name, 'stands more than once', '只能出现一次');
        values.set(name, [...list, value]);
    };
    for (const [name, value] of Object.entries(query)) {
        if (value === undefined || GENERAL.includes(name))
            continue;
        for (const it of Array.isArray(value) ? value : [value])
            add(name, it);
    }
    if (body === undefined || body === '')
        return new OperationInput(values, undefined);
    const document = parseExactJson(body, 'Parameters');
    if (document.value['resourceType'] !== 'Parameters') {
        throw new Failure('malformed', {
            path: 'Parameters.resourceType',
            kind: 'structure',
            en: 'the body of an operation is a Parameters resource',
            zh: '操作的请求体应为 Parameters 资源',
        });
    }
    objectsOf(document.value['parameter']).forEach((it, index) => {
        const name = textOf(it['name']);
        const value = it['resource'] ?? Object.entries(it).find(([member]) => member.startsWith('value'))?.[1];
        if (name === undefined || value === undefined || value === null) {
            throw new Failure('malformed', {
                path: `Parameters.parameter[${index}]`,
                kind: 'required',
                en: 'needs a name and a value or resource',
                zh: '须有 name，以及取值或资源',
            });
        }
        add(name, value);
    });
    return new OperationInput(values, document);
}
/** The Failure of a parameter: its name with what is wrong with it. */
export function invalid(path, en, zh) {
    return new Failure('parameter-invalid', { path, kind: 'invalid', en: `${path} ${en}`, zh: `${path} ${zh}` });
}
/** The answer of an operation; parameters without a value are left out. */
export function parametersOf(out) {
    return {
        resourceType: 'Parameters',
        parameter: out.flatMap(([name, member, value]) => (value === undefined ? [] : [{ name, [member]: value }])),
    };
}
