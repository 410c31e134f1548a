import type { Reader } from '../database/client.ts';
import { requiredCodes } from '../fhir/definitions/structures.ts';
import type { Json } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import type { DefinitionRegistry } from './definition-registry.ts';
import { findPublished } from './published.queries.ts';
import type { DefinitionType } from './read-package.ts';

/** A look at everything that defines something, for one request. */
export interface Definitions {
  /**
   * The resource of a canonical (`url` or `url|version`): of the catalogue, else of a loaded package, else of base R4 (value sets that it requires somewhere), else of
   * the caller's own institution. What another institution publishes speaks for no address, since anybody may publish under any: it is used
   * where it is named by its id, or sent.
   */
  find(type: DefinitionType, canonical: string): Promise<Json | undefined>;
}

/** Without a caller only what the catalogue, packages and base R4 define. Each canonical is looked up once. */
export function definitionsFor(registry: DefinitionRegistry, reader: Reader, caller: Caller | undefined): Definitions {
  const known = new Map<string, Promise<Json | undefined>>();
  const look = async (type: DefinitionType, canonical: string): Promise<Json | undefined> => {
    const ours = await registry.ofCatalogue(reader, type, canonical);
    if (ours) return ours;
    const row = registry.find(type, canonical);
    if (row) return registry.read(reader, row);
    const [url = '', version] = canonical.split('|');
    const base = baseDefinition(type, url);
    if (base) return base;
    return caller && findPublished(reader, caller.institution, type, url, version);
  };
  return {
    find(type, canonical) {
      const key = `${type} ${canonical}`;
      const found = known.get(key) ?? look(type, canonical);
      known.set(key, found);
      return found;
    },
  };
}

/** A value set that R4 requires somewhere, with the codes alone. */
function baseDefinition(type: DefinitionType, url: string): Json | undefined {
  const codes = type === 'ValueSet' ? requiredCodes(url) : undefined;
  if (!codes) return undefined;
  return {
    resourceType: 'ValueSet',
    url,
    version: '4.0.1',
    status: 'active',
    compose: { include: [...codes].map(([system, its]) => ({ system, concept: [...its].map((code) => ({ code })) })) },
  };
}
