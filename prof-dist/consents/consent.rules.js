import { CATEGORIES } from '../resources/category.js';
import { NO_PERMISSION } from '../resources/custody.js';
import { SENSITIVITIES } from '../resources/sensitivity.js';
import { isEmergency } from '../security/caller-headers.rules.js';
import { applies, onFile, withInherited } from './applicable.rules.js';
import { opensInEmergency, opensNormalData, policyUri } from './implicit-policy.rules.js';
import { rowDenial, rowPermit } from './row-rule.rules.js';
/** Everything, whatever it is labelled. */
const EVERYTHING = { categories: [], period: null, data: null, highest: null, sensitivities: null, onlySensitive: false };
/** What is not above normal and not sensitive (the data of the implicit policies). */
const NORMAL = { ...EVERYTHING, highest: 'N', sensitivities: [] };
/**
 * Everything this caller may see of the results of other institutions, and why.
 *
 * A row is covered that at least one permit is about and no denial: a denial in force wins, whoever else permits, but not over the exceptions
 * inside of the same consent. Nested rules are exceptions to the root; among those that are about a row, deny wins. Purposes are never
 * put together: a consent for one says nothing about another. What carries a sensitivity label needs a permit that names it.
 *
 * Only where no consent is on file, the region's implicit policy holds; one that is over is as good as none, one that is about somebody or
 * something else is on file all the same. In an emergency none is needed (`standsInEmergency`), but where the policy is to deny.
 */
export function decidePermission(consents, question) {
    const stated = statedBy(consents, question);
    if (question.emergency && opensInEmergency(question.policy)) {
        return permissionOf('emergency', { ...stated, permits: [...stated.permits, EVERYTHING] });
    }
    const isOnFile = onFile(consents, question.at).length > 0;
    if (!isOnFile && !question.emergency && opensNormalData(question.policy, question.purpose)) {
        return permissionOf('policy', { permits: [NORMAL], denials: [], consents: [policyUri(question.policy)] });
    }
    return permissionOf('consent', stated);
}
/** What each consent on file says to a question, in the order of their references; exceptions with what they take over from the root. */
export function rulesAbout(consents, question) {
    return onFile(consents, question.at)
        .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
        .map(({ reference, rules }) => {
        const isAsked = (it) => applies(it, question) && (it.type === 'permit' || stands(it, rules, question));
        const nested = rules.nested.map((it) => withInherited(it, rules.root)).filter(isAsked);
        return {
            reference,
            root: isAsked(rules.root) ? rules.root : undefined,
            permits: nested.filter((it) => it.type === 'permit'),
            denials: nested.filter((it) => it.type === 'deny'),
        };
    });
}
function statedBy(consents, question) {
    const about = rulesAbout(consents, question).map(({ reference, root, permits, denials }) => {
        const exceptions = permits.map(rowPermit);
        return {
            reference,
            permits: [...(root?.type === 'permit' ? [rowPermit(root)] : []), ...exceptions],
            denials: [...(root?.type === 'deny' ? [rowDenial(root, exceptions)] : []), ...denials.map((it) => rowDenial(it, []))],
        };
    });
    return {
        permits: about.flatMap((it) => it.permits),
        denials: about.flatMap((it) => it.denials),
        consents: about.filter((it) => it.permits.length > 0).map((it) => it.reference),
    };
}
function stands(denial, rules, { emergency, policy }) {
    return !(emergency && opensInEmergency(policy)) || standsInEmergency(denial, rules);
}
/**
 * The policy for emergencies, which break-glass needs beside the right and the purpose (IHE PCF): whether a denial stands against one.
 *
 * To save life or health no consent is needed (个人信息保护法 art. 13 (4)), nor the separate one for sensitive information (art. 29), so neither
 * a missing consent nor a general denial stands in the way, and sensitive information is shown too. But it must be necessary (art. 28): a
 * denial stands that names an emergency purpose, itself or in an exception, since it was given for this very case; and so does one that names a
 * kind of sensitive information, for that kind.
 */
function standsInEmergency(denial, { root, nested }) {
    if (denial.purposes.length > 0)
        return true;
    if (rowDenial(denial, []).sensitivities.length > 0)
        return true;
    return denial === root && nested.some((it) => it.purposes.some(isEmergency));
}
/** A denial that says nothing of rows but their category. */
function isWhole({ period, data, atLeast, sensitivities, except }) {
    return period === null && data === null && atLeast === null && sensitivities.length === 0 && except.length === 0;
}
/** A permit that says nothing of rows but their category; it may be about what is labelled. */
function isWide({ period, data, highest }) {
    return period === null && data === null && highest === null;
}
function isAbout({ categories }, category) {
    return categories.length === 0 || categories.includes(category);
}
function permissionOf(basis, { permits, denials, consents }) {
    const whole = denials.filter(isWhole);
    const categories = CATEGORIES.filter((it) => permits.some((permit) => isAbout(permit, it)) && !whole.some((denial) => isAbout(denial, it)));
    if (categories.length === 0)
        return NO_PERMISSION;
    // What belongs to no category is permitted only by what is about everything, and only while no category at all is denied.
    const uncategorised = whole.length === 0 && permits.some((it) => it.categories.length === 0);
    const named = basis === 'emergency' ? SENSITIVITIES : SENSITIVITIES.filter((it) => permits.some((permit) => permit.sensitivities?.includes(it)));
    const sensitivities = named.filter((it) => !denials.some((denial) => denial.except.length === 0 && denial.sensitivities.includes(it)));
    const permission = { basis, categories, uncategorised, sensitivities, consents };
    return isSaidByLists(permission, permits, denials) ? permission : { ...permission, rows: { permits, denials } };
}
/** Whether categories and sensitivities say the same as the rules: the usual case, for which statements are prepared. */
function isSaidByLists(permission, permits, denials) {
    if (!denials.every(isWhole))
        return false;
    if (permission.basis === 'emergency')
        return true;
    if (!permits.every(isWide))
        return false;
    const plain = permits.filter((it) => !it.onlySensitive);
    const [sensitive, another] = permits.filter((it) => it.onlySensitive);
    const isPlain = permission.categories.every((it) => plain.some((permit) => isAbout(permit, it)));
    if (!isPlain || (permission.uncategorised && !plain.some((it) => it.categories.length === 0)))
        return false;
    if (!sensitive)
        return true;
    const isKnown = sensitive.sensitivities?.every((it) => SENSITIVITIES.some((known) => known === it)) ?? false;
    return another === undefined && isKnown && sensitive.categories.length === 0;
}
/**
 * Whether an institution may know of a consent: one it recorded itself, or a permit by which it may look. What others recorded against it
 * stays between them and the patient, and so does what is for single clinicians.
 */
export function isVisible(consent, institution, now) {
    if (consent.recordedBy === institution)
        return true;
    const { type, validUntil, recipients } = consent.rules.root;
    const isOver = validUntil !== null && new Date(validUntil) < now;
    const { institutions, organizations, people } = recipients;
    const isForAll = institutions.length + organizations.length + people.length === 0;
    return consent.active && !isOver && type === 'permit' && (isForAll || institutions.includes(institution));
}
