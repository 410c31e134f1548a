import { isObject, objectOf, objectsOf, textOf } from '../fhir/element.js';
/** The flat value as Parameters. Nothing of it is lost: `readFlat` reads the same, but for `null`, empty text and empty lists. */
export function writeFlat(parameters, value) {
    return { resourceType: 'Parameters', parameter: written(parameters, value) };
}
function written(parameters, value) {
    return parameters.flatMap(({ member, within, name, repeats, form }) => {
        const given = (within === undefined ? value : objectOf(value[within]))?.[member];
        const values = repeats ? (given ?? []) : [given];
        return values.flatMap((it) => {
            if (it === undefined || it === null || it === '')
                return [];
            return [{ name, ...elementOf(form, it) }];
        });
    });
}
function elementOf(form, value) {
    if (form.kind === 'value')
        return { [`value${form.type.charAt(0).toUpperCase()}${form.type.slice(1)}`]: value };
    const object = objectOf(value) ?? {};
    if (form.kind === 'parts')
        return { part: written(form.parts, object) };
    if (form.kind === 'identifier')
        return { valueIdentifier: object };
    const { id } = object;
    return { valueReference: typeof id !== 'string' ? { identifier: object['identifier'] } : { reference: `Patient/${id}` } };
}
/**
 * Reads Parameters as the flat value they say. Whether that value may be asked is for its schema to decide; here it is told what has no place
 * in it: unknown parameters, one that stands twice, one without a value. `base` is this server's FHIR address, with which its own references may
 * begin.
 */
export function readFlat(parameters, document, base) {
    const reading = new Reading(parameters, base);
    const value = reading.object(parameters, document['parameter'], 'Parameters.parameter', '');
    return { value, issues: reading.issues, placeOf: (path) => reading.placeOf(path) };
}
class Reading {
    issues = [];
    #parameters;
    #base;
    #places = new Map();
    constructor(parameters, base) {
        this.#parameters = parameters;
        this.#base = base;
    }
    /** The flat object that a list of parameters says; `flat` is its own place, with a dot after it where it has one. */
    object(parameters, list, inside, flat) {
        const value = {};
        const said = new Set();
        objectsOf(list).forEach((given, index) => {
            const at = `${inside}[${index}]`;
            const name = textOf(given['name']);
            const parameter = parameters.find((it) => it.name === name);
            if (!parameter)
                return this.#unknown(at, parameters);
            const { member, within, repeats, form } = parameter;
            if (said.has(parameter) && !repeats)
                return this.#wrong(at, `"${name}" stands more than once`, `“${name}”只能出现一次`);
            said.add(parameter);
            const listed = repeats ? (value[member] ?? []) : undefined;
            const place = `${flat}${within === undefined ? '' : `${within}.`}${member}`;
            const read = this.#value(form, given, at, listed ? `${place}[${listed.length}]` : place);
            if (read === undefined)
                return;
            if (listed)
                value[member] = [...listed, read];
            else if (within !== undefined)
                value[within] = { ...objectOf(value[within]), [member]: read };
            else
                value[member] = form.kind === 'reference' ? { ...objectOf(value[member]), ...objectOf(read) } : read;
        });
        return value;
    }
    placeOf(path) {
        for (let known = path; known !== ''; known = known.replace(/(\.[^.[]+|\[\d+\]|^[^.[]+)$/, '')) {
            const place = this.#places.get(known);
            if (place !== undefined)
                return `${place}${path.slice(known.length)}`;
        }
        const [member = ''] = path.split(/[.[]/);
        const name = this.#parameters.find((it) => it.member === member)?.name;
        return name === undefined ? 'Parameters' : `Parameters.parameter.where(name = '${name}')`;
    }
    #value(form, given, at, path) {
        if (form.kind === 'parts') {
            this.#places.set(path, `${at}.part`);
            return this.object(form.parts, given['part'], `${at}.part`, `${path}.`);
        }
        const [member, value] = Object.entries(given).find(([it]) => it.startsWith('value')) ?? [];
        if (member === undefined || value === undefined)
            return this.#wrong(at, 'has no value', '缺少取值');
        this.#places.set(path, `${at}.${member}`);
        if (form.kind === 'value') {
            if (!isObject(value))
                return value;
            return this.#wrong(`${at}.${member}`, `takes value${form.type.charAt(0).toUpperCase()}${form.type.slice(1)}`, '应为简单类型的取值');
        }
        if (form.kind === 'identifier' && member === 'valueIdentifier')
            return identifierIn(value);
        if (form.kind === 'reference')
            return this.#reference(member, value, at, path);
        return this.#wrong(`${at}.${member}`, 'takes valueIdentifier', '应为 valueIdentifier');
    }
    /** A patient: literal or logical reference, or the identifier alone. */
    #reference(member, value, at, path) {
        const place = `${at}.${member}`;
        const object = objectOf(value) ?? {};
        const { reference } = object;
        const identifier = member === 'valueIdentifier' ? object : objectOf(object['identifier']);
        if (member === 'valueReference' && typeof reference === 'string') {
            this.#places.set(`${path}.id`, `${place}.reference`);
            const relative = reference.startsWith(`${this.#base}/`) ? reference.slice(this.#base.length + 1) : reference;
            return { id: relative.replace(/^Patient\//, '') };
        }
        if ((member === 'valueReference' || member === 'valueIdentifier') && identifier) {
            this.#places.set(`${path}.identifier`, member === 'valueIdentifier' ? place : `${place}.identifier`);
            return { identifier: identifierIn(identifier) };
        }
        return this.#wrong(place, 'takes valueReference with a reference or an identifier, or valueIdentifier', '应为带 reference 或 identifier 的 valueReference，或 valueIdentifier');
    }
    #unknown(at, parameters) {
        const names = parameters.map((it) => it.name);
        this.#wrong(`${at}.name`, `is none of the parameters ${names.join(', ')}`, `不是可用参数之一：${names.join('、')}`);
    }
    #wrong(path, en, zh) {
        this.issues.push({ path, en, zh });
    }
}
/** Of an Identifier what flat JSON says of one; what else a FHIR client writes beside (use, type) says nothing here. */
function identifierIn(value) {
    const { system, value: number } = objectOf(value) ?? {};
    return { ...(system === undefined ? {} : { system }), ...(number === undefined ? {} : { value: number }) };
}
