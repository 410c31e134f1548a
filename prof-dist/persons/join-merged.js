import { Failure } from '../failure.js';
import { findMerges, replaceMergedPersons } from './merge.queries.js';
import { groupsOf, KEYS_OF_ONE_MAX, pairsBeyond } from './merge.rules.js';
import { findDocumentLinks, findLinks } from './person.queries.js';
/**
 * Brings `merged_persons` in line with the documents and the merges in force, for everybody these keys stand for or stood for. To be called
 * under `lockLinks`, after what was changed is written. Answers the merges in force among them. `parted`: a merge has ended. Four statements,
 * two where nobody is merged.
 *
 * Throws `rule-violated` where somebody would have more keys than any human being has records.
 */
export async function joinMerged(tx, touched, parted = false) {
    // What was one until now and what becomes one: each table holds every pair of what it joins.
    const first = [...new Set([...touched, ...(await findLinks(tx, touched))])];
    const merges = await findMerges(tx, first);
    if (merges.length === 0 && !parted)
        return merges;
    const keys = [...new Set([...first, ...merges.map((it) => it.survivor.person)])];
    const documents = await findDocumentLinks(tx, keys);
    const groups = groupsOf(keys, [...documents, ...merges.map((it) => [it.subsumed.person, it.survivor.person])]);
    if (groups.some((it) => it.length > KEYS_OF_ONE_MAX))
        throw tooMany(touched[0]);
    await replaceMergedPersons(tx, keys, pairsBeyond(groups, documents));
    return merges;
}
function tooMany(person) {
    return new Failure('rule-violated', {
        path: 'Patient.link',
        en: `would make more than ${KEYS_OF_ONE_MAX} records one person`,
        zh: `将使超过 ${KEYS_OF_ONE_MAX} 份记录成为同一人`,
    }, person === undefined ? {} : { person });
}
