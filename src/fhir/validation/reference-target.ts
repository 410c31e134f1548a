import type { Json } from '../exact-json.ts';
import { isResourceType } from './plan.ts';
import { type Place, partsOf } from './predicate.ts';
import type { Fault } from './primitive.ts';

/** `Type/id`, also below an address and with a version, or a search for one (in a transaction). */
const TYPED = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$|\?)/;

const contents = new WeakMap<Json, ReadonlyMap<string, Json>>();

/** The contained resources by their ids; looked through once for each container. */
function containedIn(root: Json): ReadonlyMap<string, Json> {
  const known = contents.get(root);
  if (known) return known;
  const found = new Map(partsOf(root['contained']).map((it) => [String(it['id']), it]));
  contents.set(root, found);
  return found;
}

/** The type of resource that a Reference leads to, as far as its text or its `type` tells. */
export function targetTypeOf({ reference, type }: Json): string | undefined {
  const written = typeof reference === 'string' ? TYPED.exec(reference)?.[1] : undefined;
  return written ?? (typeof type === 'string' ? type : undefined);
}

/**
 * What is wrong with where a Reference leads: to a contained resource that is not there (ref-1), or to a type the element may not lead to.
 * What the type is cannot be seen from every reference; those are let through. `targets` absent: any type.
 */
export function referenceFault(it: Json, targets: readonly string[] | undefined, place: Place): Fault | undefined {
  const { reference } = it;
  let target: unknown = targetTypeOf(it);
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
  if (!targets || !isResourceType(target as string) || targets.includes(target as string)) return undefined;
  return {
    kind: 'value',
    en: `leads to a resource of type ${String(target)}; ${targets.join(', ')} ${targets.length > 1 ? 'are' : 'is'} allowed`,
    zh: `引用了 ${String(target)}，仅允许 ${targets.join('、')}`,
  };
}
