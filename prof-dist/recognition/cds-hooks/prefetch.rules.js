import { Failure } from '../../failure.js';
import { objectsOf } from '../../fhir/element.js';
/** Reads a key of a prefetch. Throws `malformed` for a resource of another type. */
export function readPrefetch(prefetch, key, types) {
    const value = prefetch && Object.hasOwn(prefetch, key) ? prefetch[key] : undefined;
    if (value === undefined)
        return 'missing';
    if (value === null)
        return 'nothing';
    const isBundle = value['resourceType'] === 'Bundle';
    const resources = isBundle ? objectsOf(objectsOf(value['entry']).map((it) => it['resource'] ?? null)) : [value];
    const wanted = resources.filter((it) => types.includes(String(it['resourceType'])));
    const [resource] = wanted;
    if (resource)
        return wanted.length === 1 ? { resource } : 'several';
    if (resources.some((it) => it['resourceType'] === 'OperationOutcome'))
        return 'missing';
    if (resources.length === 0)
        return 'nothing';
    throw new Failure('malformed', { path: `prefetch.${key}`, en: `is no ${types.join(' or ')}`, zh: `应为 ${types.join(' 或 ')}` });
}
