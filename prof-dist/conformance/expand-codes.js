import { conceptIn, reachedFrom, readCodeSystem } from './code-system.rules.js';
import { expandValueSet } from './expand-value-set.js';
import { definitionsFor } from './find-definition.js';
/**
 * The codes that a search means: those of a value set (`:in`, `:not-in`), or, with a direction, of `system|code` itself and all codes below
 * or above it (`:below`, `:above`). `undefined` where the value set, the code system or the code is not known here, or not completely.
 */
export async function expandCodes(registry, reader, caller, wanted, direction) {
    const definitions = definitionsFor(registry, reader, caller);
    if (direction === undefined) {
        const resource = await definitions.find('ValueSet', wanted);
        const expansion = resource && (await expandValueSet(definitions, resource));
        if (!expansion || expansion.unknown.length > 0 || expansion.unusable.length > 0)
            return undefined;
        return [...expansion.members.values()].map(({ system, code }) => ({ system, code }));
    }
    const bar = wanted.lastIndexOf('|');
    const resource = bar < 0 ? undefined : await definitions.find('CodeSystem', wanted.slice(0, bar));
    const system = resource && readCodeSystem(resource);
    const concept = system && conceptIn(system, wanted.slice(bar + 1));
    if (!concept)
        return undefined;
    return [concept.code, ...reachedFrom(system, concept.code, direction)].map((code) => ({ system: system.url, code }));
}
