import { requiredCodes } from '../fhir/definitions/structures.js';
import { findPublished } from './published.queries.js';
/** Without a caller only what the catalogue, packages and base R4 define. Each canonical is looked up once. */
export function definitionsFor(registry, reader, caller) {
    const known = new Map();
    const look = async (type, canonical) => {
        const ours = await registry.ofCatalogue(reader, type, canonical);
        if (ours)
            return ours;
        const row = registry.find(type, canonical);
        if (row)
            return registry.read(reader, row);
        const [url = '', version] = canonical.split('|');
        const base = baseDefinition(type, url);
        if (base)
            return base;
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
function baseDefinition(type, url) {
    const codes = type === 'ValueSet' ? requiredCodes(url) : undefined;
    if (!codes)
        return undefined;
    return {
        resourceType: 'ValueSet',
        url,
        version: '4.0.1',
        status: 'active',
        compose: { include: [...codes].map(([system, its]) => ({ system, concept: [...its].map((code) => ({ code })) })) },
    };
}
