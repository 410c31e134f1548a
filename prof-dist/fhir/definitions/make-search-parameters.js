import { RESOURCE_TYPES } from '../resource-types.js';
import { FURTHER_PARAMETERS } from './further-search-parameters.js';
import { readSearchParameter } from './read-search-parameter.js';
/** Parameters of R4 that are not offered, and why. */
export const NOT_OFFERED = {
    'Bundle-composition': 'looks at a resource inside of the Bundle, to which nothing refers',
    'Bundle-message': 'looks at a resource inside of the Bundle, to which nothing refers',
    'DeviceDefinition-classification': 'looks at an element that R4 (4.0.1) does not have',
    'DomainResource-text': 'has no expression: text search over narratives',
    'Location-near': 'special: distances on the globe',
    'Resource-content': 'has no expression: text search over everything',
    'Resource-query': 'has no expression: names a query that a server defines',
};
/**
 * The table of search parameters as it is checked in, made of `search-parameters.json` of the published definitions and the few
 * beside it; one line a parameter.
 *
 * Throws for an expression that cannot be read, so that none is left out by accident.
 */
export function makeSearchParameters(read) {
    const bundle = read('search-parameters.json');
    const sources = [...bundle.entry.map((it) => it.resource), ...FURTHER_PARAMETERS].filter((it) => !(it.id in NOT_OFFERED));
    const byUrl = new Map(sources.map((it) => [it.url, it]));
    const types = ['Resource', ...[...RESOURCE_TYPES].toSorted()];
    const lists = types.flatMap((type) => {
        const own = sources.filter((it) => it.base.includes(type) || (type === 'Resource' && it.base.includes('DomainResource')));
        const rows = own
            .toSorted((one, other) => (one.code < other.code ? -1 : 1))
            .map((it) => `  ${JSON.stringify(rowOf(readSearchParameter(it, type, (url) => byUrl.get(url))))}`);
        return rows.length === 0 ? [] : [`"${type}": [\n${rows.join(',\n')}\n]`];
    });
    return `{\n${lists.join(',\n')}\n}\n`;
}
/** What is the same for most parameters is left out. */
function rowOf({ name, type, url, paths, targets, groups, multipleOr, multipleAnd }) {
    return {
        name,
        type,
        url,
        ...(paths.length > 0 && { paths }),
        ...(targets.length > 0 && { targets }),
        ...(groups.length > 0 && { groups }),
        ...(!multipleOr && { multipleOr }),
        ...(!multipleAnd && { multipleAnd }),
    };
}
