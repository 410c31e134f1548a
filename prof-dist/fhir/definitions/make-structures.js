import { codesOf, resourcesOf } from './make-value-sets.js';
/** What every element or resource has: said once, at `Element`, `Extension` and `DomainResource`. */
const SAID_ONCE = new Map([
    ['ele-1', 'Element'],
    ['ext-1', 'Extension'],
]);
/** Invariants that the files hold and R4 (4.0.1) does not. */
const NOT_R4 = new Set(['evv-1']);
/** Elements are published one by one too, but for those with a name beyond 64 characters with its prefix `de-`. */
const ELEMENT_NAME_MAX = 61;
const STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';
/**
 * The table of `structures.ts`, made of the definitions that HL7 publishes: every type of R4 with its elements and invariants, every value
 * set that a code must be from and that can be written down. The same files give the same text.
 *
 * The StructureDefinitions in the files hold elements that are not of 4.0.1; the definitions of single elements (`dataelements.json`) are
 * as they were published, so that these decide.
 */
export function makeStructures(read) {
    const published = new Map();
    for (const one of resourcesOf(read('dataelements.json'))) {
        for (const element of one.snapshot.element)
            if (!published.has(element.path))
                published.set(element.path, element);
    }
    const definitions = ['profiles-types.json', 'profiles-resources.json']
        .flatMap((it) => resourcesOf(read(it)))
        .filter((it) => it.resourceType === 'StructureDefinition' && it.kind !== 'logical' && it.fhirVersion === '4.0.1');
    const byName = new Map(definitions.map((it) => [it.name, it]));
    const types = new Map();
    const bound = new Set();
    for (const definition of definitions) {
        for (const [name, type] of typesOf(definition, byName, published)) {
            types.set(name, type);
            for (const { required } of Object.values(type.elements))
                if (required)
                    bound.add(required);
        }
    }
    return `{\n"types": {\n${lines(types, showType)}\n},\n"valueSets": {\n${lines(codesOf(bound, read), JSON.stringify)}\n}\n}\n`;
}
/** The type itself and each of its nested parts, under their paths. */
function typesOf(definition, byName, published) {
    const base = definition.baseDefinition?.replace(STRUCTURE, '');
    const inherited = new Set();
    const inheritedKeys = new Set(['ele-1']);
    for (let it = base ? byName.get(base) : undefined; it; it = byName.get(it.baseDefinition?.replace(STRUCTURE, '') ?? '')) {
        for (const element of it.snapshot.element)
            inherited.add(element.path.slice(it.name.length + 1));
        for (const { key } of it.snapshot.element[0]?.constraint ?? [])
            inheritedKeys.add(key);
    }
    if (definition.name === 'Element')
        inheritedKeys.clear();
    const root = definition.snapshot.element[0];
    const type = root.path;
    const elements = [...definition.snapshot.element.slice(1), ...missing(definition, published)];
    const own = made(definition.kind, base, (root.constraint ?? []).filter((it) => !inheritedKeys.has(it.key)));
    const types = new Map([[definition.name, own]]);
    for (const element of elements) {
        const steps = element.path.split('.');
        const name = steps.pop();
        const holder = steps.join('.');
        const restricts = definition.derivation === 'constraint';
        if (restricts ? element.max !== '0' : holder === type && inherited.has(name))
            continue;
        if (holder !== type && /^(id|extension|modifierExtension)$/.test(name))
            continue;
        const parent = holder === type ? own : types.get(holder);
        if (!parent || !(restricts || isPublished(element, elements, published, definition.kind)))
            continue;
        const truth = (restricts ? undefined : published.get(element.path)) ?? element;
        parent.elements[name] = elementOf(truth);
        const nested = truth.type?.[0]?.code ?? '';
        if (nested === 'BackboneElement' || (nested === 'Element' && elements.some((it) => it.path.startsWith(`${element.path}.`)))) {
            types.set(element.path, made('part', nested, (truth.constraint ?? []).filter((it) => !SAID_ONCE.has(it.key) && !NOT_R4.has(it.key))));
        }
    }
    return types;
}
function made(kind, base, constraints) {
    return { kind, ...(base && { base }), ...(constraints.length > 0 && { constraints: constraints.map(constraintOf) }), elements: {} };
}
/** Elements of R4 that the StructureDefinition has lost. */
function missing(definition, published) {
    if (definition.derivation === 'constraint')
        return [];
    const held = new Set(definition.snapshot.element.map((it) => it.path));
    return [...published.values()].filter((it) => it.path.startsWith(`${definition.name}.`) && !held.has(it.path));
}
function isPublished(element, elements, published, kind) {
    const { path } = element;
    if (published.has(path) || element.contentReference || path.length > ELEMENT_NAME_MAX || kind === 'primitive-type')
        return true;
    // What all elements have is not published for each.
    if (/^[A-Za-z]+\.(id|extension|modifierExtension)$/.test(path))
        return true;
    const nested = element.type?.[0]?.code;
    if (nested !== 'BackboneElement' && nested !== 'Element')
        return false;
    return elements.some((it) => it.path.startsWith(`${path}.`) && published.has(it.path));
}
function elementOf(element) {
    const types = element.contentReference
        ? [element.contentReference.slice(1)]
        : (element.type ?? []).map((it) => typeCode(it, element.path));
    const targets = new Set((element.type ?? []).flatMap((it) => (it.code === 'Reference' ? (it.targetProfile ?? []) : [])).map((it) => it.replace(STRUCTURE, '')));
    targets.delete('Resource');
    const constraints = (element.constraint ?? []).filter((it) => !SAID_ONCE.has(it.key));
    const isNested = /^(BackboneElement|Element)$/.test(types[0] ?? '');
    const valueSet = element.binding?.strength === 'required' ? element.binding.valueSet?.replace(/\|.*$/, '') : undefined;
    return {
        ...(element.min > 0 && { min: element.min }),
        ...(element.max !== '1' && { max: element.max }),
        types: isNested && element.path.includes('.') ? [element.path] : types,
        ...(targets.size > 0 && { targets: [...targets] }),
        ...(valueSet && { required: valueSet }),
        ...(element.isSummary && { summary: true }),
        ...(element.isModifier && { modifier: true }),
        ...(element.type?.[0]?.code.startsWith('http:') && { bare: true }),
        ...(constraints.length > 0 && !isNested && { constraints: constraints.map(constraintOf) }),
    };
}
/** `SimpleQuantity` is the one profile that R4 names as the type of elements. */
function typeCode({ code, profile, extension }, path) {
    if (profile?.some((it) => it === `${STRUCTURE}SimpleQuantity`))
        return 'SimpleQuantity';
    if (!code.startsWith('http:'))
        return code;
    // Ids of resources are said to be strings, yet "id" by the text (R4, 2.26 Resource) and by their use in addresses.
    if (path === 'Resource.id')
        return 'id';
    return extension?.find((it) => it.url.endsWith('/structuredefinition-fhir-type'))?.valueUrl ?? 'string';
}
function constraintOf({ key, severity, human, expression }) {
    return { key, severity, human, ...(expression && { expression }) };
}
/** One line for each member, so that a difference can be read. */
function lines(members, show) {
    return [...members].map(([name, member]) => `${JSON.stringify(name)}: ${show(member)}`).join(',\n');
}
function showType(type) {
    const { elements, ...rest } = type;
    const members = Object.entries(elements).map(([name, it]) => `  ${JSON.stringify(name)}: ${JSON.stringify(it)}`);
    const head = JSON.stringify(rest).slice(0, -1);
    return `${head},"elements":{${members.length > 0 ? `\n${members.join(',\n')}\n` : ''}}}`;
}
