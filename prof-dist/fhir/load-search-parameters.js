import { Failure } from '../failure.js';
import { readSearchParameter } from './definitions/read-search-parameter.js';
import { UnreadableExpression } from './definitions/search-expression.js';
import { publishedParameters, replaceLoaded } from './definitions/search-parameters.js';
import { objectsOf, textOf } from './element.js';
import { RESOURCE_TYPES } from './resource-types.js';
import { pathNumber } from './search-hash.js';
/**
 * Offers the search parameters of all loaded packages, and no longer those that were loaded before. Definitions of R4 itself that come along
 * are passed over.
 *
 * Throws `rule-violated` for a definition that this server cannot read, `conflict` for a name that another definition has on the same
 * type; nothing is changed then. What is stored already is found by a new parameter after a reindex.
 */
export function loadSearchParameters(resources) {
    const sources = resources.map(sourceOf);
    const byUrl = new Map(sources.map((it) => [it.url, it]));
    const table = {};
    for (const source of byUrl.values()) {
        for (const type of source.base.some((it) => OF_ALL.has(it)) ? RESOURCE_TYPES : source.base) {
            if (publishedParameters(type).some((it) => it.url === source.url))
                continue;
            const parameter = readParameter(source, type, byUrl);
            const others = [...publishedParameters(type), ...(table[type] ?? [])];
            if (others.some((it) => it.name === parameter.name))
                throw nameTaken(source, type);
            const mixedUp = collision(parameter, others);
            if (mixedUp !== undefined)
                throw unreadable(source.url, `its path "${mixedUp}" has the number of another path of ${type}`);
            table[type] = [...(table[type] ?? []), parameter];
        }
    }
    replaceLoaded(table);
}
function sourceOf(resource) {
    const strings = (value) => Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
    const [expression, multipleOr, multipleAnd] = [textOf(resource['expression']), resource['multipleOr'], resource['multipleAnd']];
    return {
        id: textOf(resource['id']) ?? '',
        url: textOf(resource['url']) ?? '',
        code: textOf(resource['code']) ?? '',
        base: strings(resource['base']),
        type: textOf(resource['type']) ?? '',
        ...(expression !== undefined && { expression }),
        target: strings(resource['target']),
        ...(typeof multipleOr === 'boolean' && { multipleOr }),
        ...(typeof multipleAnd === 'boolean' && { multipleAnd }),
        component: objectsOf(resource['component']).map((it) => ({
            definition: textOf(it['definition']) ?? '',
            expression: textOf(it['expression']) ?? '',
        })),
    };
}
/** Bases of parameters that every type has. */
const OF_ALL = new Set(['Resource', 'DomainResource']);
const TYPES = new Set(['number', 'date', 'string', 'token', 'reference', 'composite', 'quantity', 'uri']);
function readParameter(source, type, byUrl) {
    if (source.code === '' || source.url === '')
        throw unreadable(source.url, 'it has no url or no code');
    if (!TYPES.has(source.type))
        throw unreadable(source.url, `its type is "${source.type}"`);
    try {
        return readSearchParameter(source, type, (url) => byUrl.get(url) ?? publishedSource(type, url));
    }
    catch (error) {
        if (error instanceof UnreadableExpression)
            throw unreadable(source.url, error.message);
        throw error;
    }
}
/** A part of a composite that R4 defines: its type is all that counts. */
function publishedSource(type, url) {
    const found = publishedParameters(type).find((it) => it.url === url);
    return found && { id: found.name, url, code: found.name, base: [type], type: found.type };
}
/** A path whose number is that of another one: their values could not be told apart. */
function collision(parameter, others) {
    const taken = new Map(others.flatMap((it) => it.paths.map(({ path }) => [pathNumber(path), path])));
    return parameter.paths.find(({ path }) => (taken.get(pathNumber(path)) ?? path) !== path)?.path;
}
function unreadable(url, reason) {
    return new Failure('rule-violated', {
        path: 'SearchParameter.expression',
        en: `the search parameter ${url} cannot be offered: ${reason}`,
        zh: `无法提供检索参数 ${url}：${reason}`,
    });
}
function nameTaken({ url, code }, type) {
    return new Failure('conflict', {
        path: 'SearchParameter.code',
        en: `${type} has another search parameter "${code}" than ${url}`,
        zh: `${type} 已有另一个名为“${code}”的检索参数，与 ${url} 冲突`,
    });
}
