/** The parameters of a flat object. Throws where two members would be one parameter, or a member has a form that has none. */
export function flatParameters(schema) {
    return parametersOf(schema);
}
/** What an operation takes in, for its definition. */
export function inParameters(parameters) {
    return parameters.map(({ name, repeats, required, documentation, form }) => ({
        name,
        type: typeOf(form) ?? 'Element',
        ...(repeats ? { max: '*' } : {}),
        min: required ? 1 : 0,
        documentation,
    }));
}
/** What an operation answers with, for its definition. */
export function outParameters(parameters) {
    return parameters.map(({ name, repeats, required, documentation, form }) => {
        const type = typeOf(form);
        return {
            name,
            ...(type === undefined ? {} : { type }),
            min: required ? 1 : 0,
            ...(repeats ? { max: '*' } : {}),
            documentation,
            ...(form.kind === 'parts' ? { part: outParameters(form.parts) } : {}),
        };
    });
}
function typeOf(form) {
    if (form.kind === 'value')
        return form.type;
    if (form.kind === 'parts')
        return undefined;
    return form.kind === 'identifier' ? 'Identifier' : 'Reference';
}
function parametersOf(schema) {
    const parameters = Object.entries(schema.properties ?? {}).flatMap(([member, it]) => {
        const parameter = parameterOf(member, it, schema.required?.includes(member) ?? false);
        return parameter.form.kind === 'reference' ? [parameter, ...traitsOf(member, it)] : [parameter];
    });
    const names = new Set(parameters.map((it) => it.name));
    if (names.size < parameters.length)
        throw new Error(`two of these members are one parameter: ${[...names].join(', ')}`);
    return parameters;
}
function parameterOf(member, schema, required) {
    const some = schema.anyOf?.filter((it) => it.type !== 'null') ?? [];
    if (schema.anyOf && some.length === 1) {
        return { ...parameterOf(member, some[0], false), documentation: schema.description ?? some[0]?.description ?? member };
    }
    const repeats = schema.type === 'array';
    const form = formOf(member, repeats ? (schema.items ?? {}) : schema);
    return {
        member,
        name: repeats ? singular(member) : member,
        repeats,
        // Of a list that may be empty nothing need be said.
        required: required && !repeats,
        documentation: schema.description ?? member,
        form,
    };
}
/** What is said of somebody beside who it is. */
function traitsOf(member, schema) {
    const traits = Object.entries(membersOf(schema)).filter(([name]) => !WHO.includes(name));
    return traits.map(([name, it]) => ({ ...parameterOf(name, it, false), within: member }));
}
/** The members of an object, or of the objects that it may be. */
function membersOf(schema) {
    return Object.assign({}, schema.properties, ...(schema.anyOf ?? []).map((it) => it.properties));
}
const WHO = ['identifier', 'id'];
function formOf(member, schema) {
    const members = Object.keys(membersOf(schema));
    if (members.length === 2 && members.includes('system') && members.includes('value'))
        return { kind: 'identifier' };
    if (schema.anyOf && WHO.every((it) => members.includes(it)))
        return { kind: 'reference' };
    if (schema.type === 'object')
        return { kind: 'parts', parts: parametersOf(schema) };
    if (schema.enum)
        return { kind: 'value', type: 'code' };
    if (schema.type === 'string')
        return { kind: 'value', type: schema.format === 'date-time' ? 'dateTime' : 'string' };
    if (schema.type === 'number')
        return { kind: 'value', type: 'decimal' };
    if (schema.type === 'integer' || schema.type === 'boolean')
        return { kind: 'value', type: schema.type };
    throw new Error(`"${member}" has a form that no parameter has`);
}
/** `items` is `item`, `categories` is `category`, `studies` is `study`. */
function singular(name) {
    return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '');
}
