import { objectsOf, textOf } from '../fhir/element.js';
import { expandValueSet, memberKey } from './expand-value-set.js';
import { definitionsFor } from './find-definition.js';
/** Definitions that a profile leads to, one from another; guides have some dozens. */
const DEFINITIONS_MAX = 500;
const kept = new WeakMap();
/**
 * Reads a profile, the profiles of extensions and data types it leads to, and the value sets it binds codes to. Done once for each profile
 * as long as the same packages are loaded.
 */
export function readProfile(registry, reader, row) {
    let known = kept.get(registry);
    if (known?.state !== registry.state) {
        known = { state: registry.state, profiles: new Map() };
        kept.set(registry, known);
    }
    const { profiles } = known;
    const reading = profiles.get(row.id) ?? read(registry, reader, row);
    profiles.set(row.id, reading);
    // What failed is tried again by the next request.
    reading.catch(() => profiles.delete(row.id));
    return reading;
}
async function read(registry, reader, row) {
    const profile = await registry.read(reader, row);
    const definitions = definitionsFor(registry, reader, undefined);
    const structures = new Map();
    const expansions = new Map();
    const waiting = [profile];
    for (let at = waiting.pop(); at !== undefined && structures.size < DEFINITIONS_MAX; at = waiting.pop()) {
        for (const element of elementsOf(at)) {
            const valueSet = textOf(objectsOf(element['binding'])[0]?.['valueSet']);
            if (valueSet !== undefined && !expansions.has(valueSet)) {
                const resource = await definitions.find('ValueSet', valueSet);
                if (resource)
                    expansions.set(valueSet, await expandValueSet(definitions, resource));
            }
            for (const canonical of profilesOf(element)) {
                const other = structures.has(canonical) ? undefined : registry.find('StructureDefinition', canonical);
                if (!other)
                    continue;
                const structure = await registry.read(reader, other);
                structures.set(canonical, structure);
                waiting.push(structure);
            }
        }
    }
    return {
        profile,
        resolve: (canonical) => structures.get(canonical) ?? structures.get(canonical.split('|')[0] ?? ''),
        terminology: {
            members(url) {
                const expansion = expansions.get(url);
                if (!expansion || expansion.unknown.length > 0 || expansion.unusable.length > 0)
                    return 'unknown';
                return (system, code) => (system === undefined ? codesOf(expansion).has(code) : expansion.members.has(memberKey(system, code)));
            },
        },
    };
}
const codes = new WeakMap();
/** The codes of an expansion, whatever their system. */
function codesOf(expansion) {
    const known = codes.get(expansion) ?? new Set([...expansion.members.values()].map((it) => it.code));
    codes.set(expansion, known);
    return known;
}
function elementsOf(profile) {
    return objectsOf(objectsOf(profile['snapshot'])[0]?.['element']);
}
function profilesOf(element) {
    return objectsOf(element['type']).flatMap((type) => (Array.isArray(type['profile']) ? type['profile'].map(String) : []));
}
