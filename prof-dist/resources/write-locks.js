import { hashIdentifier } from './hash.js';
import { keyText } from './look-up.js';
/**
 * What must be locked before conditions are asked again: of creates those that meet nothing yet, of updates all, since each follows another.
 * An identifier is locked by itself; any other search could be fulfilled by whatever is written, so that it locks its type.
 */
export function locksOf(drafts, answers) {
    return drafts.flatMap(({ wish }) => {
        const criteria = wish.kind === 'create' ? wish.ifNoneExist : wish.aim.criteria;
        if (!criteria || (wish.kind === 'create' && answers.meeting(criteria, 'own-and-shared').length > 0))
            return [];
        return [criteria.identifier ? hashIdentifier(criteria.type, criteria.identifier) : `search ${criteria.type}`];
    });
}
/** The resources that updates and deletions name by their ids, to be locked one by one. */
export function keysChanged(demands) {
    return demands.flatMap(({ wish }) => (wish.kind === 'create' || wish.kind === 'patch' || !wish.aim.key ? [] : keyText(wish.aim.key)));
}
