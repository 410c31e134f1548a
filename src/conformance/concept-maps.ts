import type { Reader } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import type { DefinitionRegistry } from './definition-registry.ts';

/**
 * The concept maps that follow from the catalogue in force, and the mappings of the caller's own institution, as resources with fixed ids. The
 * catalogue hands them in.
 */
export type CatalogueMaps = (reader: Reader, caller: Caller, now: Date) => Promise<readonly Json[]>;

/** Every concept map that is in force without being named: the catalogue's, and those of loaded packages. */
export async function conceptMaps(registry: DefinitionRegistry, reader: Reader, ours: readonly Json[]): Promise<readonly Json[]> {
  return [...ours, ...(await Promise.all(registry.current('ConceptMap').map((it) => registry.read(reader, it))))];
}
