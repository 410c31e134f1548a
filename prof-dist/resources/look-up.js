import { Failure } from '../failure.js';
import { nameOf } from './criteria.js';
import { expandOnce } from './expand-once.js';
import { findByCondition } from './find-by-condition.js';
import { hashIdentifier } from './hash.js';
import { readConditionOf } from './read-condition.js';
import { findByIdentifiers, findResources } from './resource.queries.js';
/** A key as a map key. */
export const keyText = (key) => `${key.person}/${key.id}`;
/** So many different searches, each a statement of its own, may one request be conditional on; identifiers are not among them. */
const SEARCHES_MAX = 100;
/** One, several, or many: more is not told. */
const MATCHES_MAX = 6;
/**
 * Asks the store everything at once: all identifiers in one statement, all keys in another, every other search in one of its own. Throws
 * `parameter-invalid` and `not-supported` for criteria that are no search, and `too-large` for too many of them.
 */
export async function lookUp(tx, custody, caller, questions, base, now) {
    const identifiers = new Set();
    const searches = new Map();
    for (const question of questions.criteria) {
        const { criteria, reach } = question;
        if (criteria.identifier)
            identifiers.add(hashIdentifier(criteria.type, criteria.identifier));
        else
            searches.set(`${reach} ${nameOf(criteria)}`, question);
    }
    if (searches.size > SEARCHES_MAX) {
        throw new Failure('too-large', {
            en: `a request may be conditional on ${SEARCHES_MAX} different searches; identifier=system|value is not counted`,
            zh: `单个请求最多可使用 ${SEARCHES_MAX} 个不同的检索条件（identifier=system|value 不计入）`,
        });
    }
    const hits = identifiers.size > 0 ? await findByIdentifiers(tx, caller.institution, [...identifiers]) : [];
    const rows = questions.keys.length > 0 ? await findResources(tx, questions.keys) : [];
    const expand = expandOnce(tx, custody, caller);
    const conditions = new Map();
    const met = new Map();
    for (const [name, { criteria, reach }] of searches) {
        const condition = conditions.get(nameOf(criteria)) ?? (await readConditionOf(expand, caller, criteria, base, now));
        conditions.set(nameOf(criteria), condition);
        met.set(name, await findByCondition(tx, caller, criteria.type, condition, reach, MATCHES_MAX));
    }
    const byKey = new Map(rows.map((it) => [keyText(it), it]));
    const byIdentifier = new Map();
    for (const hit of hits) {
        const list = byIdentifier.get(hit.key);
        if (list)
            list.push(hit);
        else
            byIdentifier.set(hit.key, [hit]);
    }
    const meeting = (criteria, reach) => {
        const found = criteria.identifier
            ? (byIdentifier.get(hashIdentifier(criteria.type, criteria.identifier)) ?? [])
            : (met.get(`${reach} ${nameOf(criteria)}`) ?? []);
        const own = found.filter((it) => it.institution === caller.institution);
        if (own.length > 0 || reach === 'own')
            return own;
        // Several hospitals may know a doctor: an institution's own entry of the directory goes before others', and of those the one that has
        // been there the longest; else anybody could make everybody's references ambiguous by another entry. A search that is no identifier
        // says less, so that several stay several.
        return criteria.identifier ? found.slice(0, 1) : found;
    };
    // What is to be changed is met without its text.
    const changed = questions.criteria.flatMap(({ criteria, reach }) => (reach === 'own' ? meeting(criteria, reach) : []));
    const missing = changed.filter((it) => !byKey.has(keyText(it)));
    if (missing.length > 0)
        for (const row of await findResources(tx, missing))
            byKey.set(keyText(row), row);
    return { byKey, meeting, conditionOf: (criteria) => conditions.get(nameOf(criteria)) };
}
