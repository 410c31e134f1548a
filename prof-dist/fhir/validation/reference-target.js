import { isResourceType } from './plan.js';
import { partsOf } from './predicate.js';
/** `Type/id`, also below an address and with a version, or a search for one (in a transaction). */
const TYPED = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$|\?)/;
const contents = new WeakMap();
/** The contained resources by their ids; looked through once for each container. */
function containedIn(root) {
    const known = contents.get(root);
    if (known)
        return known;
    const found = new Map(partsOf(root['contained']).map((it) => [String(it['id']), it]));
    contents.set(root, found);
    return found;
}
/** The type of resource that a Reference leads to, as far as its text or its `type` tells. */
export function targetTypeOf({ reference, type }) {
    const written = typeof reference === 'string' ? TYPED.exec(reference)?.[1] : undefined;
    return written ?? (typeof type === 'string' ? type : undefined);
}
/**
 * What is wrong with where a Reference leads: to a contained resource that is not there (ref-1), or to a type the element may not lead to.
 * What the type is cannot be seen from every reference; those are let through. `targets` absent: any type.
 */
export function referenceFault(it, targets, place) {
    const { reference } = it;
    let target = targetTypeOf(it);
    if (typeof reference === 'string') {
        if (reference.startsWith('#')) {
            const contained = containedIn(place.root).get(reference.slice(1));
            // "#" alone is the container, for what it contains (R4, 2.3.6; ref-1 forgets it).
            if (!contained && (reference !== '#' || place.root === place.resource)) {
                return {
                    kind: 'invariant',
                    en: `leads to "${reference}", which is not among the contained resources (ref-1)`,
                    zh: `引用“${reference}”，但包含资源中没有该资源（ref-1）`,
                };
            }
            target = (contained ?? place.root)['resourceType'];
        }
    }
    if (!targets || !isResourceType(target) || targets.includes(target))
        return undefined;
    return {
        kind: 'value',
        en: `leads to a resource of type ${String(target)}; ${targets.join(', ')} ${targets.length > 1 ? 'are' : 'is'} allowed`,
        zh: `引用了 ${String(target)}，仅允许 ${targets.join('、')}`,
    };
}
