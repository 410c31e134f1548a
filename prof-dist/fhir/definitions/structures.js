import { readFileSync } from 'node:fs';
let table;
const structures = new Map();
const valueSets = new Map();
/** The members of a type or of a nested part (`Observation.component`), by their names in JSON; none for a type that R4 does not have. */
export function elementsOf(type) {
    return structureOf(type)?.elements ?? NO_ELEMENTS;
}
/** A type of R4 or a nested part of one; `undefined` when there is none of the name. Made of the generated table at the first call for it. */
export function structureOf(type) {
    const known = structures.get(type);
    if (known || structures.has(type))
        return known;
    const structure = build(type);
    structures.set(type, structure);
    return structure;
}
/** The codes, by system, of a value set that R4 requires somewhere; `undefined` for any other, and where they cannot be listed. */
export function requiredCodes(valueSet) {
    if (valueSets.has(valueSet))
        return valueSets.get(valueSet);
    const row = readTable().valueSets[valueSet];
    const codes = row && new Map(Object.entries(row).map(([system, its]) => [system, new Set(its)]));
    valueSets.set(valueSet, codes);
    return codes;
}
/** Names of all types of R4 of the kind; abstract ones are not among the resources. */
export function namesOf(kind) {
    return Object.entries(readTable().types).flatMap(([name, it]) => (it.kind === kind && !ABSTRACT.has(name) ? [name] : []));
}
let baseInvariants;
/** Whether base R4 has an invariant of the key. */
export function isBaseInvariant(key) {
    baseInvariants ??= new Set(Object.values(readTable().types).flatMap((type) => [...(type.constraints ?? []), ...Object.values(type.elements).flatMap((it) => it.constraints ?? [])].map((it) => it.key)));
    return baseInvariants.has(key);
}
const NO_ELEMENTS = new Map();
const NO_CONSTRAINTS = [];
const ABSTRACT = new Set(['Resource', 'DomainResource']);
function readTable() {
    table ??= JSON.parse(readFileSync(new URL('structures.json', import.meta.url), 'utf8'));
    return table;
}
function build(type) {
    const types = readTable().types;
    const row = Object.hasOwn(types, type) ? types[type] : undefined;
    if (!row)
        return undefined;
    const base = row.base ? structureOf(row.base) : undefined;
    const elements = new Map(base?.elements);
    for (const [name, it] of Object.entries(row.elements)) {
        if (!name.endsWith('[x]'))
            elements.set(name, elementOf(it, it.types, undefined));
        else
            for (const form of it.types)
                elements.set(`${name.slice(0, -3)}${suffixOf(form)}`, elementOf(it, [form], name));
    }
    return { kind: row.kind, elements, constraints: [...(base?.constraints ?? []), ...(row.constraints ?? [])] };
}
function suffixOf(type) {
    return type === 'SimpleQuantity' ? 'Quantity' : `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}
function elementOf(row, types, choice) {
    const { min = 0, max = '1', targets, required } = row;
    return {
        min,
        max: max === '*' ? '*' : Number(max),
        types,
        ...(targets && types.includes('Reference') && { targets }),
        ...(required && { binding: { valueSet: required, codes: requiredCodes(required) } }),
        isSummary: row.summary ?? false,
        isModifier: row.modifier ?? false,
        ...(choice && { choice }),
        isBare: row.bare ?? false,
        constraints: row.constraints ?? NO_CONSTRAINTS,
    };
}
