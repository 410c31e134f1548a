import type { Transaction } from '../database/client.ts';
import { readReferences } from '../database/reference-memory.ts';
import type { Json } from '../fhir/exact-json.ts';
import { type Link, linksOf } from '../fhir/reference.ts';
import type { Caller } from '../security/caller.ts';
import { allows } from '../security/scope.rules.ts';
import { acceptDrafts } from './accept-drafts.ts';
import { assignCompartments } from './assign-compartments.ts';
import { Collision } from './collision.ts';
import type { Change, Custody, StoredResource } from './custody.ts';
import { type Doomed, decideFates, reportKeyOf } from './decide-fates.ts';
import { type Demand, type Draft, isPatching, isRemoval, type NothingDone, type Outcome, type Passage, type Removal } from './draft.ts';
import { draftsOfPatches } from './draft-of-patch.ts';
import { findDoomed, questionsOfAims } from './find-aimed.ts';
import { carriedOn, labelsOf, type SensitiveCodes, saysExamination } from './label.rules.ts';
import { type Answers, keyText, lookUp, type Questions } from './look-up.ts';
import { findMembers, matchCorrections, refuseMixedPersons } from './match-corrections.ts';
import { accessesOf, outcomeOf, removalOf, repeatedOutcomes, storedOutcome } from './outcome-of.ts';
import { requireOwn } from './own-resource.ts';
import { isVersionNamed } from './precondition.rules.ts';
import { type Earlier, findEarlier, insertVersions } from './publication.queries.ts';
import { refuseReferred } from './refuse-referred.ts';
import { questionsOf, ReferenceResolver } from './resolve-references.ts';
import { lockIdentifiers, type ResourceText } from './resource.queries.ts';
import type { ResourceKey } from './resource-id.ts';
import { keysChanged, locksOf } from './write-locks.ts';
import { type Written, writeDeletion, writeVersions } from './write-versions.ts';

/** The request that the demands came in. */
export interface Publication {
  /** operationId of the door, for the access log. */
  readonly interaction: string;
  /** SHA-256 of the request's text. */
  readonly fingerprint: string;
  /** This server's FHIR address. */
  readonly base: string;
  /** The demands are entries of a batch: what one of them refers to is not looked for among the others. */
  readonly apart?: boolean;
  /** Another request was quicker before: what is to be changed is locked first, so that not everybody has to try again for ever. */
  readonly again?: boolean;
}

/**
 * Does what one request demands, all or nothing, and answers what became of each demand, in the order given. Their order means nothing: what
 * is deleted is gone before anything is made, and references mean what stands there at the end (R4, 3.1.0.11.2).
 *
 * A request with reports is idempotent: the same text sent again gets the answer it got, and a report whose business identifier this
 * institution has published before becomes a new version of that report. The number of statements does not grow with the number of
 * demands: one to look for an earlier publication, one for identifiers, one for keys (and, where something is made on the condition that it
 * does not exist yet, one that lets nobody else make it and both again), those of the persons' room for new Patients, one for
 * the former parts of corrected reports, one where references lead to different persons' keys, one to write, those of `keep`, one for the access log, and with results one for the codes that are
 * sensitive where they are not remembered (without a report also one that says how reference data stand). Conditional changes take one more for what
 * they met, deletions one for what refers to it, and every condition that is no plain identifier one of its own.
 *
 * Throws Failures that name the element; throws `Collision` where another request was quicker.
 */
export async function storeResources(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  demands: readonly Demand[],
  publication: Publication,
  now: Date,
): Promise<readonly (Outcome | NothingDone)[]> {
  const { base } = publication;
  const aims = publication.again ? keysChanged(demands) : [];
  if (aims.length > 0) await lockIdentifiers(tx, caller.institution, aims);
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
  const passages = drafts.map((draft): Passage => ({ draft, links: linksFrom(draft), fate: { kind: 'create' }, key: undefined }));
  const look = (): Promise<Answers> => lookUp(tx, custody, caller, allQuestions(passages, removals, earlier, base), base, now);
  let answers = await look();
  const locks = locksOf(drafts, answers);
  if (locks.length > 0) {
    await lockIdentifiers(tx, caller.institution, locks);
    answers = await look();
  }
  const doomed = await findDoomed(tx, custody, caller, removals, answers, now);
  for (const draft of drafts) await requireOwnTarget(tx, custody, caller, draft, answers, now);
  decideFates(passages, doomed, answers, earlier);
  custody.acceptChanges(passages.flatMap(changeOf));
  const removed = new Set(doomed.flatMap(({ row }) => (row ? keyText(row) : [])));
  const resolver = new ReferenceResolver(passages, answers, caller, { base, removed, apart: publication.apart === true });
  resolver.refuseOverlaps();
  const members = findMembers(passages, resolver);
  const dropped = await matchCorrections(tx, passages, members);
  const ofSeveral = await assignCompartments(tx, custody, caller, passages, resolver, now);
  refuseMixedPersons(members);

  const sensitive: SensitiveCodes = drafts.some((it) => saysExamination(it.content))
    ? await custody.sensitiveCodes(earlier.references ?? (await readReferences(tx)), tx, caller.institution, now)
    : new Map();
  const written = writeVersions(passages, members, ofSeveral, sensitive, resolver, now);
  const deletions = doomed.flatMap(({ row }) => (row && !row.deleted ? row : []));
  const versions = [...written.flatMap((it) => it.version ?? []), ...[...dropped, ...deletions].map(writeDeletion)];
  const [ofDrafts, ofRemovals] = [written.values(), doomed.values()];
  const outcomes = demands.map((it) =>
    isRemoval(it)
      ? removalOf(ofRemovals.next().value as Doomed, now)
      : shownTo(caller, it, outcomeOf(ofDrafts.next().value as Written, now)),
  );
  const known = new Set(earlier.reports.map((it) => `${it.system}|${it.value}`));
  const stored = await insertVersions(
    tx,
    caller.institution,
    versions,
    members.adopted.map(({ row, report }) => ({
      ...(row as ResourceKey),
      report: (report.key as ResourceKey).id,
      labels: carriedOn(labelsOf(report.draft.content, sensitive)),
    })),
    reports.length === 0
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
        },
    now,
  );
  if (!stored) throw new Collision();
  await refuseReferred(tx, doomed);

  await custody.keep(tx, caller, [...written.flatMap(storedResource), ...deletions.map(deletedResource)], now);
  await custody.record(tx, caller, accessesOf(outcomes, publication.interaction), now);
  return outcomes;
}

/** Who patches has not sent the whole: it is shown to whoever may read it. */
function shownTo(caller: Caller, demand: Demand, outcome: Outcome): Outcome {
  if (!isPatching(demand) || allows(caller.scopes, `system/${demand.type}.r`)) return outcome;
  const { text: _, ...rest } = outcome;
  return rest;
}

const NOTHING_EARLIER = { outcome: undefined, recordedAt: undefined, reports: [], references: undefined };

/** The demands by what they are, each kind in the order given; patches are drafts from here on. */
async function sorted(tx: Transaction, custody: Custody, caller: Caller, demands: readonly Demand[], publication: Publication, now: Date) {
  const patched = (await draftsOfPatches(tx, custody, caller, demands.filter(isPatching), publication, now)).values();
  const removals: Removal[] = [];
  const drafts: Draft[] = [];
  for (const demand of demands) {
    if (isRemoval(demand)) removals.push(demand);
    else drafts.push(isPatching(demand) ? (patched.next().value as Draft) : demand);
  }
  return { drafts, removals };
}

function allQuestions(
  passages: readonly Passage[],
  removals: readonly Removal[],
  earlier: Pick<Earlier, 'reports'>,
  base: string,
): Questions {
  const [ofDrafts, ofRemovals] = [questionsOf(passages, base), questionsOfAims(removals.map((it) => it.wish.aim))];
  return {
    criteria: [...ofDrafts.criteria, ...ofRemovals.criteria],
    keys: [...ofDrafts.keys, ...ofRemovals.keys, ...earlier.reports],
  };
}

/** An update of what is not the caller's is refused before anything is said about it; `Collision` where a patched version has moved on. */
async function requireOwnTarget(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  { path, type, wish }: Draft,
  answers: Answers,
  now: Date,
): Promise<void> {
  if (wish.kind !== 'update' || !wish.aim.key) return;
  const { key } = wish.aim;
  const row = answers.byKey.get(keyText(key));
  await requireOwn(tx, custody, caller, { key, type, path, method: 'PUT' }, row, now);
  if (wish.basis !== undefined && wish.basis !== row?.version) throw new Collision();
}

/** The references inside of a Bundle are its own: they mean its entries, and it is stored as it is. */
function linksFrom({ type, content }: Draft): readonly Link[] {
  return type === 'Bundle' ? [] : linksOf(content);
}

/** A report that gets a new version; of a deleted one only its status is known. */
function changeOf({ draft, fate }: Passage): readonly Change[] {
  if (draft.type !== 'DiagnosticReport' || fate.kind !== 'update') return [];
  const isNamed = draft.wish.kind === 'update' && isVersionNamed(draft.wish);
  const { content, status } = fate.current;
  const former = content === null ? { resourceType: draft.type, status: status ?? 'unknown' } : (JSON.parse(content) as Json);
  return [{ path: draft.path, former, content: draft.content, isNamed }];
}

function storedResource({ passage, version }: Written): readonly StoredResource[] {
  return version
    ? [{ type: version.type, person: version.person, id: version.id, version: version.version, content: passage.draft.content }]
    : [];
}

function deletedResource({ type, person, id, version }: ResourceText): StoredResource {
  return { type, person, id, version: version + 1, content: null };
}
