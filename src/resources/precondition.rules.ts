import { Failure } from '../failure.ts';
import { meansVersion } from '../fhir/entity-tag.rules.ts';

/** On which state of a resource a change of it depends: If-Match and If-None-Match, as they were sent. */
export interface Preconditions {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
}

/** What is known of a resource that is about to be changed. */
interface Standing {
  readonly version: number;
  readonly deleted: boolean;
}

/**
 * Takes the two headers of a change, or the two members of a Bundle entry at `place` (`Bundle.entry[3].request`). Throws `parameter-invalid`
 * for what is no list of entity tags.
 */
export function readPreconditions(ifMatch: string | undefined, ifNoneMatch: string | undefined, place?: string): Preconditions {
  return {
    ...(ifMatch === undefined ? {} : { ifMatch: tagsOf(ifMatch, place ? `${place}.ifMatch` : 'If-Match') }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch: tagsOf(ifNoneMatch, place ? `${place}.ifNoneMatch` : 'If-None-Match') }),
  };
}

/** Whether the preconditions hold for what stands there now, which may be nothing. What is deleted is no match for `*`. */
export function holdPreconditions({ ifMatch, ifNoneMatch }: Preconditions, standing: Standing | undefined): boolean {
  return (ifMatch === undefined || isMeant(ifMatch, standing)) && (ifNoneMatch === undefined || !isMeant(ifNoneMatch, standing));
}

/** Whether the caller has said which version it replaces. */
export const isVersionNamed = ({ ifMatch }: Preconditions): boolean => ifMatch !== undefined && ifMatch.trim() !== '*';

function isMeant(tags: string, standing: Standing | undefined): boolean {
  if (standing === undefined) return false;
  return tags.trim() === '*' ? !standing.deleted : meansVersion(tags, standing.version) === true;
}

function tagsOf(tags: string, path: string): string {
  if (meansVersion(tags, 0) !== undefined) return tags;
  throw new Failure('parameter-invalid', {
    path,
    en: 'takes versions as in W/"3", several of them parted by commas, or *',
    zh: '应为形如 W/"3" 的版本号（可用逗号分隔多个）或 *',
  });
}
