import { Failure } from '../failure.ts';
import { isPerson, type ResourceKey } from '../resources/resource-id.ts';

/** The answer for a consent that the caller may not know of, and for one that never was. */
export function consentNotFound(id: string, key: ResourceKey | undefined): Failure {
  return new Failure(
    'not-found',
    { en: `there is no consent ${id} here`, zh: `不存在同意书 ${id}` },
    key && isPerson(key.person) ? { person: key.person } : {},
  );
}
