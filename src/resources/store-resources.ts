import type { Transaction } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { linksOf } from '../fhir/reference.ts';
import type { Caller } from '../security/caller.ts';
import { assignCompartments } from './assign-compartments.ts';
import type { Access, Change, Custody, StoredResource } from './custody.ts';
import { decideFates, reportKeyOf } from './decide-fates.ts';
import type { Draft, Outcome, Passage } from './draft.ts';
import { hashIdentifier } from './hash.ts';
import { findMembers, matchCorrections, refuseMixedPersons } from './match-corrections.ts';
import { type Answers, keyText, questionsOf, ReferenceResolver } from './resolve-references.ts';
import {
  type Earlier,
  findByIdentifiers,
  findEarlier,
  findResources,
  insertVersions,
  lockIdentifiers,
  type StoredOutcome,
} from './resource.queries.ts';
import { encodeId, isPerson, type ResourceKey } from './resource-id.ts';
import { type Written, writeDeletion, writeVersions } from './write-versions.ts';

/** Somebody else wrote the same things at the same moment: the transaction is given up and tried again from its first look. */
export class Collision extends Error {
  override readonly name = 'Collision';
}

/** The request that the drafts came in. */
export interface Publication {
  /** operationId of the door, for the access log. */
  readonly interaction: string;
  /** SHA-256 of the request's text. */
  readonly fingerprint: string;
  /** This server's FHIR address. */
  readonly base: string;
}

/**
 * Stores the drafts of one request, all or none, and answers what became of each, in the order given.
 *
 * A request with reports is idempotent: the same text sent again gets the answer it got, and a report whose business identifier this
 * institution has published before becomes a new version of that report. The number of statements does not grow with the number of
 * drafts: one to look for an earlier publication, one for identifiers, one for keys (and, where something is made on the condition that it
 * does not exist yet, one that lets nobody else make it and both again), those of the persons' room for new Patients, one for
 * the former parts of corrected reports, one to write, those of `keep`, one for the access log.
 *
 * Throws Failures that name the element; throws `Collision` where another request was quicker.
 */
export async function storeResources(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  drafts: readonly Draft[],
  publication: Publication,
  now: Date,
): Promise<readonly Outcome[]> {
  custody.accept(drafts, caller, now);

  const reports = drafts.filter((it) => it.type === 'DiagnosticReport' && it.wish.kind === 'create');
  const reportKeys = reports.flatMap((it) => reportKeyOf(it) ?? []);
  const earlier = reports.length > 0 ? await findEarlier(tx, caller.institution, publication.fingerprint, reportKeys) : NOTHING_EARLIER;
  if (earlier.outcome) return repeat(tx, custody, caller, earlier.outcome, earlier.recordedAt ?? now, publication, now);

  const passages = drafts.map((draft): Passage => ({ draft, links: linksOf(draft.content), fate: { kind: 'create' }, key: undefined }));
  let answers = await lookUp(tx, caller, passages, earlier, publication.base);
  const absent = conditionsMeetingNone(passages, answers);
  if (absent.length > 0) {
    await lockIdentifiers(tx, caller.institution, absent);
    answers = await lookUp(tx, caller, passages, earlier, publication.base);
  }
  decideFates(passages, answers, earlier, caller);
  custody.acceptChanges(passages.flatMap(changeOf));
  const resolver = new ReferenceResolver(passages, answers, caller, publication.base);
  const members = findMembers(passages, resolver);
  const dropped = await matchCorrections(tx, passages, members);
  await assignCompartments(tx, custody, caller, passages, resolver, now);
  refuseMixedPersons(members);

  const written = writeVersions(passages, members.reportOf, resolver, now);
  const versions = [...written.flatMap((it) => it.version ?? []), ...dropped.map(writeDeletion)];
  const outcomes = written.map((it) => outcomeOf(it, now));
  const known = new Set(earlier.reports.map((it) => `${it.system}|${it.value}`));
  const stored = await insertVersions(
    tx,
    caller.institution,
    versions,
    members.adopted.map(({ row, report }) => ({ ...(row as ResourceKey), report: (report.key as ResourceKey).id })),
    reports.length === 0
      ? undefined
      : {
          fingerprint: publication.fingerprint,
          outcome: outcomes.map((it) => [it.type, String(it.key.person), String(it.key.id), it.version, it.status]),
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

  await custody.keep(tx, caller, written.flatMap(storedResource), now);
  await custody.record(tx, caller, accessesOf(outcomes, publication.interaction), now);
  return outcomes;
}

/** A report that gets a new version. */
function changeOf({ draft, fate }: Passage): readonly Change[] {
  if (draft.type !== 'DiagnosticReport' || fate.kind !== 'update' || !fate.current.content) return [];
  const isNamed = draft.wish.kind === 'update' && draft.wish.ifMatch !== undefined;
  return [{ path: draft.path, former: JSON.parse(fate.current.content) as Json, content: draft.content, isNamed }];
}

/** Conditions of creation (`ifNoneExist`) that nothing fulfils yet. */
function conditionsMeetingNone(passages: readonly Passage[], answers: Answers): readonly string[] {
  return passages.flatMap(({ draft: { type, wish } }) => {
    if (wish.kind !== 'create' || !wish.ifNoneExist) return [];
    const hash = hashIdentifier(type, wish.ifNoneExist);
    return (answers.byIdentifier.get(hash) ?? []).length === 0 ? [hash] : [];
  });
}

const NOTHING_EARLIER: Earlier = { outcome: undefined, recordedAt: undefined, reports: [] };

async function lookUp(tx: Transaction, caller: Caller, passages: readonly Passage[], earlier: Earlier, base: string): Promise<Answers> {
  const questions = questionsOf(passages, base);
  const keys = [...questions.keys, ...earlier.reports];
  const hits = questions.identifiers.length > 0 ? await findByIdentifiers(tx, caller.institution, questions.identifiers) : [];
  const rows = keys.length > 0 ? await findResources(tx, keys) : [];
  const byIdentifier = grouped(hits, (it) => it.key);
  // Several hospitals may know a doctor: an institution's own entry of the directory goes before others', and of those the one that has
  // been there the longest; else anybody could make everybody's references ambiguous by another entry.
  for (const [key, rows] of byIdentifier) {
    const own = rows.filter((it) => it.institution === caller.institution);
    byIdentifier.set(key, own.length > 0 ? own : rows.slice(0, 1));
  }
  return {
    byIdentifier,
    byKey: new Map(rows.map((it) => [keyText(it), it])),
  };
}

/** The answer to a publication that was accepted before: what it was, with nothing written. */
async function repeat(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  stored: StoredOutcome,
  recordedAt: Date,
  publication: Publication,
  now: Date,
): Promise<readonly Outcome[]> {
  const outcomes = stored.map(
    ([type, person, id, version]): Outcome => ({
      type,
      key: { person: BigInt(person), id: BigInt(id) },
      version,
      status: 'unchanged',
      lastModified: recordedAt,
    }),
  );
  await custody.record(tx, caller, accessesOf(outcomes, publication.interaction), now);
  return outcomes;
}

function outcomeOf({ passage, version }: Written, now: Date): Outcome {
  const { draft, fate } = passage;
  const key = passage.key as ResourceKey;
  if (version) {
    return {
      type: draft.type,
      key,
      version: version.version,
      status: fate.kind === 'create' ? 'created' : 'updated',
      lastModified: now,
      text: version.content as string,
    };
  }
  if (fate.kind === 'update') {
    const { current } = fate;
    return {
      type: draft.type,
      key,
      version: current.version,
      status: 'unchanged',
      lastModified: current.recordedAt,
      text: current.content ?? '',
    };
  }
  return { type: draft.type, key, version: fate.kind === 'existing' ? fate.version : 1, status: 'unchanged', lastModified: now };
}

function storedResource({ passage, version }: Written): readonly StoredResource[] {
  return version
    ? [{ type: version.type, person: version.person, id: version.id, version: version.version, content: passage.draft.content }]
    : [];
}

/** One access for each compartment, naming every version. */
function accessesOf(outcomes: readonly Outcome[], interaction: string): readonly Access[] {
  const byPerson = grouped(outcomes, (it) => (isPerson(it.key.person) ? it.key.person : 0n));
  return [...byPerson].map(([person, list]) => ({
    person,
    action: list.some((it) => it.status === 'created') ? 'C' : list.some((it) => it.status === 'updated') ? 'U' : 'E',
    interaction,
    entities: list.map((it) => `${it.type}/${encodeId(it.key)}/_history/${it.version}`),
  }));
}

function grouped<Item, Name>(items: readonly Item[], nameOf: (item: Item) => Name): Map<Name, Item[]> {
  const groups = new Map<Name, Item[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group) group.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}
