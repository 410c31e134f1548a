import { Failure } from '../failure.js';
import { hashIdentifier } from '../resources/hash.js';
import { findByIdentifiers, findResources } from '../resources/resource.queries.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
import { ID_CARD_SYSTEM } from './id-card.rules.js';
import { joinMerged } from './join-merged.js';
import { findMerges, insertMergeEnds, insertMerges } from './merge.queries.js';
import { leadsBack, readReplacement } from './merge.rules.js';
import { findDocumentsOf, lockLinks } from './person.queries.js';
/**
 * Merges and their reversal (IHE ITI-104, Resolve Duplicate Patient): an inactive Patient with a link `replaced-by` makes its own person and
 * the survivor's one human being, from this version on until a later one no longer says so. Nothing is moved: every resource, consent and
 * log entry stays with the key it was stored under. A deletion says nothing about who is who, so that a merge outlives it.
 *
 * Only Patients of the caller's own institution are merged; another institution's is the same person by a common identity document and in
 * no other way. Two merges at once come one after the other. Throws `rule-violated` for a link that cannot be followed, leads to itself or
 * in a circle, `reference-unresolved` for a survivor that is not known here, `identity-mismatch` where one person would have two identity
 * cards. No statement for new Patients that are not replaced, one for new versions of Patients.
 */
export async function keepMerges(tx, caller, stored, now) {
    const wishes = stored.flatMap((it) => (it.type === 'Patient' && it.content ? [readWish(it, it.content)] : []));
    const concerned = wishes.filter((it) => it.survivor !== undefined || it.version > 1);
    if (concerned.length === 0)
        return;
    const begun = concerned.some((it) => it.survivor !== undefined);
    if (begun)
        await lockLinks(tx);
    const standing = new Map((await findMerges(tx, concerned.map((it) => it.key.person))).map((it) => [encodeId(it.subsumed), it]));
    if (!begun && !concerned.some((it) => standing.has(encodeId(it.key))))
        return;
    if (!begun)
        await lockLinks(tx);
    const survivors = await findSurvivors(tx, caller, concerned);
    const merges = [];
    const ends = [];
    concerned.forEach(({ key, version }, index) => {
        const former = standing.get(encodeId(key));
        const survivor = survivors[index];
        if (former && survivor && encodeId(former.survivor) === encodeId(survivor))
            return;
        if (former)
            ends.push({ merge: former, endedBy: version });
        if (survivor)
            merges.push({ subsumed: key, version, survivor });
    });
    if (ends.length > 0)
        await insertMergeEnds(tx, ends, now);
    if (merges.length > 0)
        await insertMerges(tx, caller.institution, merges, now);
    const all = [...merges, ...ends.map((it) => it.merge)];
    if (all.length === 0)
        return;
    const inForce = await joinMerged(tx, all.flatMap((it) => [it.subsumed.person, it.survivor.person]), ends.length > 0);
    if (merges.length > 0)
        await refuseImpossible(tx, merges, inForce);
}
function readWish({ person, id, version }, content) {
    const { survivor, issues } = readReplacement(content);
    if (issues.length > 0) {
        throw new Failure('rule-violated', issues.map((it) => ({ ...it, path: `Patient.${it.path}` })), { person });
    }
    return { key: { person, id }, version, survivor };
}
/** Where each wish leads, in their order. Throws `reference-unresolved` for what is not a Patient of the caller's institution. */
async function findSurvivors(tx, caller, wishes) {
    const hashes = wishes.flatMap(({ survivor }) => survivor && 'identifier' in survivor ? [hashIdentifier('Patient', survivor.identifier)] : []);
    const keys = wishes.flatMap(({ survivor }) => (survivor && 'reference' in survivor ? (keyOf(survivor.reference) ?? []) : []));
    const named = hashes.length > 0 ? await findByIdentifiers(tx, caller.institution, hashes) : [];
    const pointed = keys.length > 0 ? await findResources(tx, keys) : [];
    return wishes.map(({ key, survivor }) => {
        if (!survivor)
            return undefined;
        const own = encodeId(key);
        const found = 'identifier' in survivor
            ? named.filter((it) => it.key === hashIdentifier('Patient', survivor.identifier))
            : pointed.filter((it) => encodeId(it) === encodeId(keyOf(survivor.reference) ?? NOBODY));
        const patients = found.filter((it) => it.type === 'Patient' && !it.deleted && it.institution === caller.institution);
        if (patients.length === 1 && encodeId(patients[0]) === own)
            throw refused(key, 'is this Patient itself', '指向该患者本身');
        // The replaced record may carry the survivor's number as well; it is the other one that is meant.
        const others = patients.filter((it) => encodeId(it) !== own);
        if (others.length !== 1)
            throw unknownSurvivor(key);
        return others[0];
    });
}
const NOBODY = { person: 0n, id: 0n };
/** A stored reference to a Patient of this server is a relative one. */
function keyOf(reference) {
    return decodeId(/^Patient\/([^/]+)/.exec(reference)?.[1] ?? '');
}
/** A circle leaves nobody standing; two identity cards are two human beings. */
async function refuseImpossible(tx, merges, inForce) {
    const replacedBy = new Map(inForce.map((it) => [encodeId(it.subsumed), encodeId(it.survivor)]));
    const documents = await findDocumentsOf(tx, merges.map((it) => it.subsumed.person));
    for (const { subsumed } of merges) {
        if (leadsBack(encodeId(subsumed), replacedBy)) {
            throw refused(subsumed, 'leads in a circle: the Patient named is itself replaced by this one', '形成循环：所指患者本身已被该患者替代');
        }
        const cards = documents.filter((it) => it.of === subsumed.person && it.system === ID_CARD_SYSTEM);
        if (new Set(cards.map((it) => it.value)).size > 1)
            throw twoCards(subsumed);
    }
}
function refused({ person }, en, zh) {
    return new Failure('rule-violated', { path: LINK, en, zh }, { person });
}
/** The same for a Patient that is not there, is another institution's, or is several. */
function unknownSurvivor({ person }) {
    return new Failure('reference-unresolved', {
        path: LINK,
        en: 'is not exactly one Patient of this institution; Patients of other institutions are one person by a common identity document alone',
        zh: '不是本机构的唯一一名患者；与其他机构的患者只能凭共同的身份证件确认为同一人',
    }, { person });
}
function twoCards({ person }) {
    return new Failure('identity-mismatch', {
        path: LINK,
        en: 'would make two people with different identity card numbers one person',
        zh: '将使身份证号码不同的两人成为同一人',
    }, { person });
}
const LINK = 'Patient.link.other';
