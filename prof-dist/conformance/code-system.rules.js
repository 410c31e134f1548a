import { objectsOf, textOf } from '../fhir/element.js';
/** Properties by which a code names one above or below it, beside being nested (https://hl7.org/fhir/R4/codesystem-concept-properties.html). */
const UPWARDS = ['parent', 'subsumedBy'];
const DOWNWARDS = ['child'];
/** Reads a CodeSystem resource; what is not of the right form in it is passed over. */
export function readCodeSystem(resource) {
    const concepts = new Map();
    const parents = new Map();
    const children = new Map();
    const place = (above, below) => {
        added(parents, below, above);
        added(children, above, below);
    };
    const walk = (list, above) => {
        for (const it of objectsOf(list)) {
            const code = textOf(it['code']);
            if (code === undefined)
                continue;
            const properties = objectsOf(it['property']);
            if (!concepts.has(code))
                concepts.set(code, conceptOf(code, it, properties));
            if (above !== undefined)
                place(above, code);
            for (const property of properties) {
                const other = textOf(property['valueCode']);
                if (other === undefined)
                    continue;
                if (UPWARDS.includes(String(property['code'])))
                    place(other, code);
                if (DOWNWARDS.includes(String(property['code'])))
                    place(code, other);
            }
            walk(it['concept'], code);
        }
    };
    walk(resource['concept'], undefined);
    return {
        url: textOf(resource['url']) ?? '',
        version: textOf(resource['version']),
        name: textOf(resource['name']),
        isCaseSensitive: resource['caseSensitive'] !== false,
        isComplete: resource['content'] === 'complete',
        concepts,
        parents,
        children,
    };
}
/** The concept of a code, in any case where the code system does not tell cases apart. */
export function conceptIn(system, code) {
    const exact = system.concepts.get(code);
    if (exact || system.isCaseSensitive)
        return exact;
    const known = byLowerCase.get(system) ?? new Map([...system.concepts.values()].toReversed().map((it) => [it.code.toLowerCase(), it]));
    byLowerCase.set(system, known);
    return known.get(code.toLowerCase());
}
/** Made at the first question, since a value set may ask about as many codes as the system has. */
const byLowerCase = new WeakMap();
/** All codes below (or above) a code, itself not among them; a circle ends where it began. */
export function reachedFrom(system, code, direction) {
    const next = direction === 'below' ? system.children : system.parents;
    const reached = new Set();
    const waiting = [code];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        for (const other of next.get(at) ?? []) {
            if (other === code || reached.has(other))
                continue;
            reached.add(other);
            waiting.push(other);
        }
    }
    return reached;
}
const REGEX_MAX_CHARACTERS = 200;
const TESTED_MAX_CHARACTERS = 100;
/** Groups and optional parts of one regex. */
const CHOICES_MAX = 5;
/**
 * The codes that a filter lets through, or why it cannot be used. Operators are those of R4
 * (https://hl7.org/fhir/R4/valueset-filter-operator.html).
 */
export function filterCodes(system, { property, op, value }) {
    const all = [...system.concepts.values()];
    const pick = (test) => new Set(all.filter(test).map((it) => it.code));
    const values = (it) => valuesOf(system, it, property);
    const listed = value.split(',').map((it) => it.trim());
    switch (op) {
        case '=':
            return pick((it) => values(it).includes(value));
        case 'in':
            return pick((it) => values(it).some((own) => listed.includes(own)));
        case 'not-in':
            return pick((it) => !values(it).some((own) => listed.includes(own)));
        case 'exists':
            return pick((it) => values(it).length > 0 === (value === 'true'));
        case 'is-a':
            return new Set([...(system.concepts.has(value) ? [value] : []), ...reachedFrom(system, value, 'below')]);
        case 'descendent-of':
            return reachedFrom(system, value, 'below');
        case 'generalizes':
            return new Set([...(system.concepts.has(value) ? [value] : []), ...reachedFrom(system, value, 'above')]);
        case 'is-not-a': {
            const below = reachedFrom(system, value, 'below');
            return pick((it) => it.code !== value && !below.has(it.code));
        }
        case 'regex': {
            const pattern = regexOf(value);
            return pattern
                ? pick((it) => values(it).some((own) => own.length <= TESTED_MAX_CHARACTERS && pattern.test(own)))
                : { unusable: `the regex "${value}"` };
        }
        default:
            return { unusable: `the operator "${op}"` };
    }
}
/** What a concept has under a name: its code, display or definition, the codes above or below it, or a property. */
function valuesOf(system, concept, property) {
    if (property === 'code' || property === 'concept')
        return [concept.code];
    if (property === 'display')
        return concept.display === undefined ? [] : [concept.display];
    if (property === 'definition')
        return concept.definition === undefined ? [] : [concept.definition];
    if (UPWARDS.includes(property))
        return [...(system.parents.get(concept.code) ?? [])];
    if (DOWNWARDS.includes(property))
        return [...(system.children.get(concept.code) ?? [])];
    return concept.properties.filter((it) => it['code'] === property).map((it) => textOfValue(it));
}
/** The value of a property as text: of a Coding its code. */
function textOfValue(property) {
    const value = Object.entries(property).find(([name]) => name.startsWith('value'))?.[1];
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value['code']) : String(value);
}
/**
 * A pattern of letters, classes and simple repetition: whoever writes a ValueSet may be anybody, and a nested repetition could keep the
 * server busy for hours. It must meet the whole text.
 */
function regexOf(text) {
    if (text.length > REGEX_MAX_CHARACTERS || /\\[1-9]|\(\?[^:]|[*+?}][*+{]|\)[*+{]/.test(text))
        return undefined;
    if ((text.match(/[*+]|\{\d*,\d*\}/g) ?? []).length > 2)
        return undefined;
    // Each way to go doubles what there is to try.
    if ((text.replaceAll('(?:', '(').match(/[?(]/g) ?? []).length > CHOICES_MAX)
        return undefined;
    try {
        return new RegExp(`^(?:${text})$`, 'u');
    }
    catch {
        return undefined;
    }
}
function conceptOf(code, it, properties) {
    const has = (name, member, value) => properties.some((own) => own['code'] === name && own[member] === value);
    return {
        code,
        display: textOf(it['display']),
        definition: textOf(it['definition']),
        designations: objectsOf(it['designation']),
        properties,
        isAbstract: has('notSelectable', 'valueBoolean', true) || has('abstract', 'valueBoolean', true),
        isInactive: has('inactive', 'valueBoolean', true) || ['retired', 'inactive'].some((status) => has('status', 'valueCode', status)),
    };
}
function added(map, key, value) {
    const known = map.get(key);
    if (known)
        known.add(value);
    else
        map.set(key, new Set([value]));
}
