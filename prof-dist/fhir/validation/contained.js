import { isObject } from '../element.js';
import { has, listOf } from './predicate.js';
/** What is wrong with a contained resource as such (R4, 2.3.6; dom-2 to dom-5). `links` are the `#` links of the whole container. */
export function containedFaults(it, links) {
    const faults = [];
    const meta = isObject(it['meta']) ? it['meta'] : {};
    const add = (en, zh) => faults.push({ kind: 'invariant', en, zh });
    if (it['contained'] !== undefined)
        add('must not contain resources itself (dom-2)', '被包含的资源不得再包含资源（dom-2）');
    if (!links.has(`#${String(it['id'])}`) && !refersToContainer(it)) {
        add('must be referred to from the resource, or refer to it (dom-3)', '被包含的资源必须被引用，或引用其容器（dom-3）');
    }
    if (has(meta, 'versionId') || has(meta, 'lastUpdated')) {
        add('must not have meta.versionId or meta.lastUpdated (dom-4)', '不得包含 meta.versionId 或 meta.lastUpdated（dom-4）');
    }
    if (has(meta, 'security'))
        add('must not have meta.security (dom-5)', '不得包含 meta.security（dom-5）');
    return faults;
}
function refersToContainer(value) {
    if (Array.isArray(value))
        return value.some(refersToContainer);
    if (!isObject(value))
        return false;
    return Object.entries(value).some(([name, it]) => (name === 'reference' && it === '#') || listOf(it).some(refersToContainer));
}
