import { isObject } from './element.js';
const LITERAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/;
/** `base` is this server's FHIR address: an absolute reference below it is a literal one. */
export function readReference(text, base) {
    if (text.startsWith('#'))
        return { kind: 'contained' };
    if (/^urn:(uuid|oid):/i.test(text))
        return { kind: 'urn', urn: text };
    const conditional = /^([A-Z][A-Za-z]+)\?(.+)$/s.exec(text);
    if (conditional)
        return { kind: 'conditional', type: conditional[1] ?? '', criteria: conditional[2] ?? '' };
    const literal = LITERAL.exec(text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text);
    if (literal)
        return { kind: 'literal', type: literal[1] ?? '', id: literal[2] ?? '', version: literal[3] };
    return { kind: 'external' };
}
/**
 * The one criterion offered for conditional references and creates: `identifier=system|value` (`identifier=|value` where it has none);
 * `undefined` for any other. A value without its bar would mean any system, and a comma alternatives: neither names one resource.
 */
export function readIdentifierCriteria(criteria) {
    // A literal "+" is part of many identifiers; only %20 stands for a space.
    const parameters = [...new URLSearchParams(criteria.replaceAll('+', '%2B'))];
    const [name, text] = parameters[0] ?? [];
    if (parameters.length !== 1 || name !== 'identifier' || !text)
        return undefined;
    const bar = text.indexOf('|');
    if (bar < 0 || bar === text.length - 1 || /(?<!\\),/.test(text))
        return undefined;
    const value = text.slice(bar + 1).replace(/\\([,|$\\])/g, '$1');
    return { system: text.slice(0, bar), value };
}
/** Elements of type uri, url, uuid or oid that a transaction rewrites; canonicals are never rewritten (R4, 3.1.0.11.2). */
const URI_ELEMENT = /^(url|uri|instantiatesUri|value(Uri|Url|Uuid|Oid)|fullUrl)$/;
/** Every link of a resource, contained resources and extensions included. */
export function linksOf(resource) {
    const links = [];
    const visit = (holder, at, name, value) => {
        if (typeof value === 'string') {
            if (name === 'reference')
                links.push({ holder, at, value, kind: 'reference' });
            else if (name === 'div') {
                if (value.includes('urn:'))
                    links.push({ holder, at, value, kind: 'narrative' });
            }
            else if (value.startsWith('urn:') && URI_ELEMENT.test(name))
                links.push({ holder, at, value, kind: 'uri' });
        }
        else if (Array.isArray(value))
            value.forEach((it, index) => visit(value, index, name, it));
        else if (isObject(value))
            for (const member in value)
                visit(value, member, member, value[member]);
    };
    for (const member in resource)
        visit(resource, member, member, resource[member]);
    return links;
}
/** Where in `root` the holder stands, for error messages: `result[2]`. */
export function pathTo(root, link) {
    const known = pathsIn.get(root) ?? pathsOf(root);
    pathsIn.set(root, known);
    const holder = known.get(link.holder) ?? '';
    return (typeof link.at === 'number' ? `${holder}[${link.at}]` : `${holder}.${link.at}`).replace(/^\./, '');
}
/** Kept as long as the resource, which may have as many links as it has elements. */
const pathsIn = new WeakMap();
function pathsOf(root) {
    const paths = new Map();
    const visit = (value, path) => {
        if (Array.isArray(value)) {
            paths.set(value, path);
            for (const [index, it] of value.entries())
                visit(it, `${path}[${index}]`);
        }
        else if (isObject(value)) {
            paths.set(value, path);
            for (const member in value)
                visit(value[member], `${path}.${member}`);
        }
    };
    visit(root, '');
    return paths;
}
