import { indexResource } from '../fhir/index-resource.ts';
import type { Link } from '../fhir/reference.ts';
import { Rewriting } from '../fhir/rewrite.ts';
import { categoryOf } from './category.rules.ts';
import { type Category, type Filing, OF_SEVERAL_PERSONS } from './category.ts';
import type { Passage } from './draft.ts';
import { findingKeys } from './finding-keys.ts';
import { carriedOn, joinLabels, labelsOf, type SensitiveCodes } from './label.rules.ts';
import type { Membership } from './match-corrections.ts';
import type { NewVersion } from './publication.queries.ts';
import type { ReferenceResolver, Target } from './resolve-references.ts';
import type { ResourceText } from './resource.queries.ts';
import { encodeId, type ResourceKey } from './resource-id.ts';

/** A passage with the version it becomes; without one where the text stays what it was. */
export interface Written {
  readonly passage: Passage;
  readonly version: NewVersion | undefined;
}

/**
 * Writes the text and the index row of every draft whose key is known: references point at this server's ids, id and meta are set, and
 * all else is the source text. A new version whose text would be the old one is not written.
 *
 * The drafts' parsed contents are brought in line with their texts. `ofSeveral` is shown by nobody's consent. A report carries the labels of
 * its parts beside its own; what it says of itself holds for its results, and what goes with it as a whole (document, order, images) carries
 * all of them.
 */
export function writeVersions(
  passages: readonly Passage[],
  members: Membership,
  ofSeveral: ReadonlySet<Passage>,
  sensitive: SensitiveCodes,
  resolver: ReferenceResolver,
  now: Date,
): readonly Written[] {
  // A report is written before its parts, which inherit its category.
  const { reportOf } = members;
  const categories = new Map<Passage, Category | null>();
  for (const report of new Set(reportOf.values())) categories.set(report, categoryOf(report.draft.content, null));
  const labels = labelsAmong(passages, members, sensitive);
  const written = now.toISOString();
  return passages.map((passage) => {
    if (passage.fate.kind === 'existing') return { passage, version: undefined };
    const report = reportOf.get(passage);
    const category = ofSeveral.has(passage)
      ? OF_SEVERAL_PERSONS
      : categoryOf(passage.draft.content, report ? (categories.get(report) ?? null) : null);
    return { passage, version: writeVersion(passage, report, category, labels.get(passage) ?? [], resolver, written) };
  });
}

function labelsAmong(passages: readonly Passage[], { reportOf, adopted }: Membership, sensitive: SensitiveCodes) {
  const labels = new Map(passages.map((it) => [it, labelsOf(it.draft.content, sensitive)]));
  const raise = (passage: Passage, by: readonly string[]) => labels.set(passage, joinLabels(labels.get(passage) ?? [], carriedOn(by)));
  const parts = [...reportOf].filter(([part, report]) => part !== report);
  const stated = new Map(labels);
  for (const [part, report] of parts) raise(part, stated.get(report) ?? []);
  for (const [part, report] of parts) raise(report, labels.get(part) ?? []);
  for (const { row, report } of adopted) raise(report, row.labels ?? []);
  for (const [part, report] of parts) if (part.draft.type !== 'Observation') raise(part, labels.get(report) ?? []);
  return labels;
}

function writeVersion(
  passage: Passage,
  report: Passage | undefined,
  category: Filing | null,
  labels: readonly string[],
  resolver: ReferenceResolver,
  written: string,
): NewVersion | undefined {
  const { draft, fate } = passage;
  const key = keyOf(passage);
  const current = fate.kind === 'update' ? fate.current : undefined;
  const edits = passage.links.flatMap((link) => {
    const value = rewritten(passage, link, resolver);
    return value === undefined || value === link.value ? [] : [{ link, value }];
  });
  const render = (version: number, lastUpdated: string): string => {
    const rewriting = new Rewriting(draft.document, draft.content);
    for (const { link, value } of edits) rewriting.replaceString(link.holder, link.at, value);
    rewriting.identify(encodeId(key), version, lastUpdated);
    return rewriting.text();
  };
  if (current && !current.deleted && render(current.version, current.recordedAt.toISOString()) === current.content) return undefined;

  const version = (current?.version ?? 0) + 1;
  const content = render(version, written);
  for (const { link, value } of edits) (link.holder as Record<string | number, string>)[link.at] = value;
  const index = indexResource(draft.content);
  const keys = new Set(findingKeys(draft.type, draft.content));
  const former = current?.content ? keysIn(current).filter((it) => !keys.has(it)) : [];
  const reportKey = report && keyOf(report);
  return {
    person: key.person,
    id: key.id,
    version,
    type: draft.type,
    content,
    category,
    labels,
    status: index.status,
    report: reportKey && reportKey.person === key.person ? reportKey.id : (current?.report ?? null),
    from: index.time.from,
    until: index.time.until,
    tokens: index.tokens,
    ranges: index.ranges,
    texts: index.texts,
    keys: [...keys],
    formerKeys: former,
  };
}

/** The version that takes a resource away: what a corrected report no longer has. */
export function writeDeletion(row: ResourceText): NewVersion {
  return {
    person: row.person,
    id: row.id,
    version: row.version + 1,
    type: row.type,
    content: null,
    category: row.category,
    labels: [],
    // A report that was withdrawn before stays so, even if it is revived.
    status: row.status,
    report: row.report,
    from: undefined,
    until: undefined,
    tokens: [],
    ranges: [],
    texts: [],
    keys: [],
    formerKeys: keysIn(row),
  };
}

function keysIn(row: ResourceText): readonly string[] {
  return row.content === null ? [] : findingKeys(row.type, JSON.parse(row.content));
}

function rewritten(passage: Passage, link: Link, resolver: ReferenceResolver): string | undefined {
  if (link.kind === 'narrative') {
    return link.value.replaceAll(/(["'])(urn:(?:uuid|oid):[^"']+)\1/g, (whole, quote: string, urn: string) => {
      const target = resolver.find(urn);
      return target ? `${quote}${referenceTo(target)}${quote}` : whole;
    });
  }
  const target = resolver.follow(passage, link);
  if (!target) return undefined;
  const version = /\/_history\/[^/]+$/.exec(link.value)?.[0] ?? '';
  return referenceTo(target) + version;
}

/** `Type/id` of what a link leads to. */
function referenceTo(target: Target): string {
  return 'row' in target ? `${target.row.type}/${encodeId(target.row)}` : `${target.passage.draft.type}/${encodeId(keyOf(target.passage))}`;
}

function keyOf({ key, draft }: Passage): ResourceKey {
  if (!key) throw new Error(`${draft.path} has no key yet`);
  return key;
}
