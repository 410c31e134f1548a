import { linksOf } from '../fhir/reference.js';
import { allows } from '../security/scope.rules.js';
import { acceptDrafts } from './accept-drafts.js';
import { assignCompartments } from './assign-compartments.js';
import { Collision } from './collision.js';
import { decideFates, reportKeyOf } from './decide-fates.js';
import { isPatching, isRemoval } from './draft.js';
import { draftsOfPatches } from './draft-of-patch.js';
import { findDoomed, questionsOfAims } from './find-aimed.js';
import { carriedOn, labelsOf, saysExamination } from './label.rules.js';
import { keyText, lookUp } from './look-up.js';
import { findMembers, matchCorrections, refuseMixedPersons } from './match-corrections.js';
import { accessesOf, outcomeOf, removalOf, repeatedOutcomes, storedOutcome } from './outcome-of.js';
import { requireOwn } from './own-resource.js';
import { isVersionNamed } from './precondition.rules.js';
import { findEarlier, insertVersions } from './publication.queries.js';
import { refuseReferred } from './refuse-referred.js';
import { questionsOf, ReferenceResolver } from './resolve-references.js';
import { lockIdentifiers } from './resource.queries.js';
import { keysChanged, locksOf } from './write-locks.js';
import { writeDeletion, writeVersions } from './write-versions.js';
/**
 * Does what one request demands, all or nothing, and answers what became of each demand, in the order given. Their order means nothing: what
 * is deleted is gone before anything is made, and references mean what stands there at the end (R4, 3.1.0.11.2).
 *
 * A request with reports is idempotent: the same text sent again gets the answer it got, and a report whose business identifier this
 * institution has published before becomes a new version of that report. The number of statements does not grow with the number of
 * demands: one to look for an earlier publication, one for identifiers, one for keys (and, where something is made on the condition that it
 * does not exist yet, one that lets nobody else make it and both again), those of the persons' room for new Patients, one for
 * the former parts of corrected reports, one where references lead to different persons' keys, one to write, those of `keep`, one for the access log, and with results one for the codes that are
 * sensitive. Conditional changes take one more for what
 * they met, deletions one for what refers to it, and every condition that is no plain identifier one of its own.
 *
 * Throws Failures that name the element; throws `Collision` where another request was quicker.
 */
export async function storeResources(tx, custody, caller, demands, publication, now) {
    const { base } = publication;
    const aims = publication.again ? keysChanged(demands) : [];
    if (aims.length > 0)
        await lockIdentifiers(tx, caller.institution, aims);
    const { drafts, removals } = await sorted(tx, custody, caller, demands, publication, now);
    acceptDrafts(custody, caller, drafts, now);
    const reports = drafts.filter((it) => it.type === 'DiagnosticReport' && it.wish.kind === 'create');
    const reportKeys = reports.flatMap((it) => reportKeyOf(it) ?? []);
    const earlier = reports.length > 0 ? await findEarlier(tx, caller.institution, publication.fingerprint, reportKeys) : NOTHING_EARLIER;
    if (earlier.outcome) {
        const outcomes = repeatedOutcomes(earlier.outcome, earlier.recordedAt ?? now);
        await custody.record(tx, caller, accessesOf(outcomes, publication.interaction), now);
        return outcomes;
    }
    await custody.conform(tx, drafts);
    const passages = drafts.map((draft) => ({ draft, links: linksFrom(draft), fate: { kind: 'create' }, key: undefined }));
    const look = () => lookUp(tx, custody, caller, allQuestions(passages, removals, earlier, base), base, now);
    let answers = await look();
    const locks = locksOf(drafts, answers);
    if (locks.length > 0) {
        await lockIdentifiers(tx, caller.institution, locks);
        answers = await look();
    }
    const doomed = await findDoomed(tx, custody, caller, removals, answers, now);
    for (const draft of drafts)
        await requireOwnTarget(tx, custody, caller, draft, answers, now);
    decideFates(passages, doomed, answers, earlier);
    custody.acceptChanges(passages.flatMap(changeOf));
    const removed = new Set(doomed.flatMap(({ row }) => (row ? keyText(row) : [])));
    const resolver = new ReferenceResolver(passages, answers, caller, { base, removed, apart: publication.apart === true });
    resolver.refuseOverlaps();
    const members = findMembers(passages, resolver);
    const dropped = await matchCorrections(tx, passages, members);
    const ofSeveral = await assignCompartments(tx, custody, caller, passages, resolver, now);
    refuseMixedPersons(members);
    const sensitive = drafts.some((it) => saysExamination(it.content))
        ? await custody.sensitiveCodes(tx, caller.institution, now)
        : new Map();
    const written = writeVersions(passages, members, ofSeveral, sensitive, resolver, now);
    const deletions = doomed.flatMap(({ row }) => (row && !row.deleted ? row : []));
    const versions = [...written.flatMap((it) => it.version ?? []), ...[...dropped, ...deletions].map(writeDeletion)];
    const [ofDrafts, ofRemovals] = [written.values(), doomed.values()];
    const outcomes = demands.map((it) => isRemoval(it)
        ? removalOf(ofRemovals.next().value, now)
        : shownTo(caller, it, outcomeOf(ofDrafts.next().value, now)));
    const known = new Set(earlier.reports.map((it) => `${it.system}|${it.value}`));
    const stored = await insertVersions(tx, caller.institution, versions, members.adopted.map(({ row, report }) => ({
        ...row,
        report: report.key.id,
        labels: carriedOn(labelsOf(report.draft.content, sensitive)),
    })), reports.length === 0
        ? undefined
        : {
            fingerprint: publication.fingerprint,
            outcome: storedOutcome(outcomes),
            reports: written.flatMap(({ passage }) => {
                const identifier = reportKeyOf(passage.draft);
                return identifier && passage.key && !known.has(`${identifier.system}|${identifier.value}`)
                    ? [{ ...identifier, ...passage.key }]
                    : [];
            }),
        }, now);
    if (!stored)
        throw new Collision();
    await refuseReferred(tx, doomed);
    await custody.keep(tx, caller, [...written.flatMap(storedResource), ...deletions.map(deletedResource)], now);
    await custody.record(tx, caller, accessesOf(outcomes, publication.interaction), now);
    return outcomes;
}
/** Who patches has not sent the whole: it is shown to whoever may read it. */
function shownTo(caller, demand, outcome) {
    if (!isPatching(demand) || allows(caller.scopes, `system/${demand.type}.r`))
        return outcome;
    const { text: _, ...rest } = outcome;
    return rest;
}
const NOTHING_EARLIER = { outcome: undefined, recordedAt: undefined, reports: [] };
/** The demands by what they are, each kind in the order given; patches are drafts from here on. */
async function sorted(tx, custody, caller, demands, publication, now) {
    const patched = (await draftsOfPatches(tx, custody, caller, demands.filter(isPatching), publication, now)).values();
    const removals = [];
    const drafts = [];
    for (const demand of demands) {
        if (isRemoval(demand))
            removals.push(demand);
        else
            drafts.push(isPatching(demand) ? patched.next().value : demand);
    }
    return { drafts, removals };
}
function allQuestions(passages, removals, earlier, base) {
    const [ofDrafts, ofRemovals] = [questionsOf(passages, base), questionsOfAims(removals.map((it) => it.wish.aim))];
    return {
        criteria: [...ofDrafts.criteria, ...ofRemovals.criteria],
        keys: [...ofDrafts.keys, ...ofRemovals.keys, ...earlier.reports],
    };
}
/** An update of what is not the caller's is refused before anything is said about it; `Collision` where a patched version has moved on. */
async function requireOwnTarget(tx, custody, caller, { path, type, wish }, answers, now) {
    if (wish.kind !== 'update' || !wish.aim.key)
        return;
    const { key } = wish.aim;
    const row = answers.byKey.get(keyText(key));
    await requireOwn(tx, custody, caller, { key, type, path, method: 'PUT' }, row, now);
    if (wish.basis !== undefined && wish.basis !== row?.version)
        throw new Collision();
}
/** The references inside of a Bundle are its own: they mean its entries, and it is stored as it is. */
function linksFrom({ type, content }) {
    return type === 'Bundle' ? [] : linksOf(content);
}
/** A report that gets a new version; of a deleted one only its status is known. */
function changeOf({ draft, fate }) {
    if (draft.type !== 'DiagnosticReport' || fate.kind !== 'update')
        return [];
    const isNamed = draft.wish.kind === 'update' && isVersionNamed(draft.wish);
    const { content, status } = fate.current;
    const former = content === null ? { resourceType: draft.type, status: status ?? 'unknown' } : JSON.parse(content);
    return [{ path: draft.path, former, content: draft.content, isNamed }];
}
function storedResource({ passage, version }) {
    return version
        ? [{ type: version.type, person: version.person, id: version.id, version: version.version, content: passage.draft.content }]
        : [];
}
function deletedResource({ type, person, id, version }) {
    return { type, person, id, version: version + 1, content: null };
}
