import { Failure } from '../failure.js';
import { meansVersion } from '../fhir/entity-tag.rules.js';
/**
 * Takes the two headers of a change, or the two members of a Bundle entry at `place` (`Bundle.entry[3].request`). Throws `parameter-invalid`
 * for what is no list of entity tags.
 */
export function readPreconditions(ifMatch, ifNoneMatch, place) {
    return {
        ...(ifMatch === undefined ? {} : { ifMatch: tagsOf(ifMatch, place ? `${place}.ifMatch` : 'If-Match') }),
        ...(ifNoneMatch === undefined ? {} : { ifNoneMatch: tagsOf(ifNoneMatch, place ? `${place}.ifNoneMatch` : 'If-None-Match') }),
    };
}
/** Whether the preconditions hold for what stands there now, which may be nothing. What is deleted is no match for `*`. */
export function holdPreconditions({ ifMatch, ifNoneMatch }, standing) {
    return (ifMatch === undefined || isMeant(ifMatch, standing)) && (ifNoneMatch === undefined || !isMeant(ifNoneMatch, standing));
}
/** Whether the caller has said which version it replaces. */
export const isVersionNamed = ({ ifMatch }) => ifMatch !== undefined && ifMatch.trim() !== '*';
function isMeant(tags, standing) {
    if (standing === undefined)
        return false;
    return tags.trim() === '*' ? !standing.deleted : meansVersion(tags, standing.version) === true;
}
function tagsOf(tags, path) {
    if (meansVersion(tags, 0) !== undefined)
        return tags;
    throw new Failure('parameter-invalid', {
        path,
        en: 'takes versions as in W/"3", several of them parted by commas, or *',
        zh: '应为形如 W/"3" 的版本号（可用逗号分隔多个）或 *',
    });
}
