import { hash } from 'node:crypto';
import { publishedParameters } from '../fhir/definitions/search-parameters.js';
import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { operationDefinition } from './operation-definition.js';
import { describe } from './read-package.js';
import { measureDefinition } from './served-measure.js';
/** The package of what this server defines itself. */
export const OWN_PACKAGE = 'tongjian';
/** Comparators of ordered parameters (R4, 3.1.1.4.5). */
const COMPARATORS = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];
/** Modifiers by type of parameter (R4, 3.1.1.4.4). */
const MODIFIERS = {
    string: ['missing', 'exact', 'contains'],
    token: ['missing', 'text', 'not', 'in', 'not-in', 'above', 'below', 'ofType'],
    reference: ['missing', 'type', 'identifier'],
    uri: ['missing', 'above', 'below'],
};
/**
 * What this server defines itself, as resources with fixed names as ids: an OperationDefinition for each operation it serves, a Measure for each it evaluates, and a
 * SearchParameter for each parameter of R4 as it is understood here. All of one version, which changes with the content.
 */
export function ownDefinitions(release, released, { operations, measures }) {
    const served = [
        ...operations.map((it) => operationDefinition(it, released)),
        ...measures.map((it) => measureDefinition(it, released)),
    ];
    const byUrl = new Map();
    for (const type of RESOURCE_TYPES) {
        for (const parameter of publishedParameters(type)) {
            const known = byUrl.get(parameter.url);
            if (known)
                known.types.push(type);
            else
                byUrl.set(parameter.url, { parameter, types: [type] });
        }
    }
    const all = [...served, ...[...byUrl.values()].map(({ parameter, types }) => searchParameter(parameter, types))];
    const version = `${release}+${hash('sha256', JSON.stringify(all)).slice(0, 8)}`;
    return all.map(({ resourceType, id, url, ...it }) => ({ resourceType, id, url, version, ...it }));
}
/** The same as a package, so that they are found, read and kept like the definitions of all others. */
export function ownPackage(release, released, served) {
    const definitions = ownDefinitions(release, released, served).map((it) => {
        const type = it['resourceType'];
        return { file: `${type}-${String(it['id'])}.json`, text: JSON.stringify(it), type, url: String(it['url']), ...describe(type, it) };
    });
    return {
        name: OWN_PACKAGE,
        version: definitions[0]?.version ?? release,
        canonical: null,
        sha256: hash('sha256', definitions.map((it) => it.text).join('\n')),
        definitions,
    };
}
function searchParameter({ name, url, type, targets, multipleOr, multipleAnd, paths, groups }, types) {
    // Of a parameter that every type has, the type is Resource.
    const base = types.length === RESOURCE_TYPES.size ? ['Resource'] : types;
    const places = [...new Set([...paths, ...groups.flatMap((it) => it.components.flatMap((part) => part.paths))].map((it) => it.path))];
    const expression = base.flatMap((it) => paths.map(({ path }) => `${it}.${path}`)).join(' | ');
    const [first] = groups;
    return {
        resourceType: 'SearchParameter',
        id: url.slice(url.lastIndexOf('/') + 1),
        url,
        name,
        status: 'active',
        description: `Parameter ${name} of R4, as this server looks it up: ${places.join(', ') || name}`,
        code: name,
        base,
        type,
        ...(expression === '' ? {} : { expression }),
        ...(targets.length > 0 ? { target: targets } : {}),
        multipleOr,
        multipleAnd,
        ...(['date', 'number', 'quantity'].includes(type) ? { comparator: COMPARATORS } : {}),
        modifier: MODIFIERS[type] ?? ['missing'],
        ...(first
            ? { component: first.components.map((part) => ({ definition: url, expression: part.paths.map((it) => it.path).join(' | ') })) }
            : {}),
    };
}
