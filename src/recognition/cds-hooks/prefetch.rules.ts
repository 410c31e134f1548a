import { Failure } from '../../failure.ts';
import { objectsOf } from '../../fhir/element.ts';
import type { Json } from '../../fhir/exact-json.ts';

/**
 * What the calling system sent along under a key (CDS Hooks 2.0, "Prefetch"):
 *
 * - a resource, by itself or as the one match of a searchset;
 * - `nothing`: it looked and there is none;
 * - `several`: so that nobody can say which one is meant;
 * - `missing`: it could not fetch it, or chose not to; an OperationOutcome in its place says the same.
 */
export type Prefetched = { readonly resource: Json } | 'nothing' | 'several' | 'missing';

/** Reads a key of a prefetch. Throws `malformed` for a resource of another type. */
export function readPrefetch(
  prefetch: Readonly<Record<string, Json | null>> | undefined,
  key: string,
  types: readonly string[],
): Prefetched {
  const value = prefetch && Object.hasOwn(prefetch, key) ? prefetch[key] : undefined;
  if (value === undefined) return 'missing';
  if (value === null) return 'nothing';
  const isBundle = value['resourceType'] === 'Bundle';
  const resources = isBundle ? objectsOf(objectsOf(value['entry']).map((it) => it['resource'] ?? null)) : [value];
  const wanted = resources.filter((it) => types.includes(String(it['resourceType'])));
  const [resource] = wanted;
  if (resource) return wanted.length === 1 ? { resource } : 'several';
  if (resources.some((it) => it['resourceType'] === 'OperationOutcome')) return 'missing';
  if (resources.length === 0) return 'nothing';
  throw new Failure('malformed', { path: `prefetch.${key}`, en: `is no ${types.join(' or ')}`, zh: `应为 ${types.join(' 或 ')}` });
}
