import type { Draft } from './draft.ts';
import { hashIdentifier } from './hash.ts';
import type { Answers } from './look-up.ts';

/**
 * What must be locked before conditions are asked again: of creates those that meet nothing yet, of updates all, since each follows another.
 * An identifier is locked by itself; any other search could be fulfilled by whatever is written, so that it locks its type.
 */
export function locksOf(drafts: readonly Draft[], answers: Answers): readonly string[] {
  return drafts.flatMap(({ wish }) => {
    const criteria = wish.kind === 'create' ? wish.ifNoneExist : wish.aim.criteria;
    if (!criteria || (wish.kind === 'create' && answers.meeting(criteria, 'own-and-shared').length > 0)) return [];
    return [criteria.identifier ? hashIdentifier(criteria.type, criteria.identifier) : `search ${criteria.type}`];
  });
}
