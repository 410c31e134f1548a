import { onlyOne, requirePreconditions } from './decide-fates.js';
import { keyText } from './look-up.js';
import { requireOwn } from './own-resource.js';
/** What must be looked up to know what deletions and patches are about. */
export function questionsOfAims(aims) {
    return {
        criteria: aims.flatMap(({ criteria }) => (criteria ? [{ criteria, reach: 'own' }] : [])),
        keys: aims.flatMap(({ key }) => key ?? []),
    };
}
/**
 * The institution's own resource that a deletion or patch is about; `undefined` where it names criteria that meet nothing. It may be deleted
 * already. Throws `not-found`, `not-owner` and `precondition-failed`.
 */
export async function findAimed(tx, custody, caller, { path, type, wish }, answers, now) {
    const { key, criteria } = wish.aim;
    const met = key ?? onlyOne(answers.meeting(criteria, 'own'), criteria);
    const row = met && answers.byKey.get(keyText(met));
    if (key)
        await requireOwn(tx, custody, caller, { key, type, path, method: wish.kind === 'delete' ? 'DELETE' : 'PATCH' }, row, now);
    if (row)
        requirePreconditions(path, wish, row);
    return row;
}
/** The resources that deletions take away, in their order. */
export async function findDoomed(tx, custody, caller, removals, answers, now) {
    const doomed = [];
    for (const removal of removals)
        doomed.push({ removal, row: await findAimed(tx, custody, caller, removal, answers, now) });
    return doomed;
}
