import { Failure } from '../failure.ts';
import { identifiersOf } from '../fhir/element.ts';
import { type Criteria, nameOf } from './criteria.ts';
import type { Draft, Fate, Passage, Removal, UpdateWish } from './draft.ts';
import { type Answers, keyText } from './look-up.ts';
import { noSuchResource } from './own-resource.ts';
import { holdPreconditions } from './precondition.rules.ts';
import type { Earlier } from './publication.queries.ts';
import type { ResourceRow, ResourceText } from './resource.queries.ts';
import { decodeId, type ResourceKey } from './resource-id.ts';

/** A resource that is to be taken away; `row` is `undefined` where criteria met nothing. */
export interface Doomed {
  readonly removal: Removal;
  readonly row: ResourceText | undefined;
}

/**
 * Decides for every draft whether it is new, a new version or there already, and sees to it that nothing is written twice. Whose the
 * resources are that updates name is known already (`requireOwn`).
 *
 * Throws `precondition-failed` for a condition that meets several or a version that has moved on, `malformed` where a body has another id than
 * what a condition meets or where two entries mean the same resource.
 */
export function decideFates(
  passages: readonly Passage[],
  doomed: readonly Doomed[],
  answers: Answers,
  earlier: Pick<Earlier, 'reports'>,
): void {
  const removed = new Set(doomed.flatMap(({ row }) => (row ? keyText(row) : [])));
  const taken = new Map<string, string>();
  const take = (identity: string, path: string): void => {
    const other = taken.get(identity);
    if (other !== undefined) throw meantTwice(path, other);
    taken.set(identity, path);
  };
  for (const { removal, row } of doomed) if (row) take(keyText(row), removal.path);
  for (const passage of passages) {
    passage.fate = fateOf(passage.draft, answers, earlier, removed);
    for (const identity of identitiesOf(passage)) take(identity, passage.draft.path);
  }
}

function fateOf(draft: Draft, answers: Answers, earlier: Pick<Earlier, 'reports'>, removed: ReadonlySet<string>): Fate {
  const { wish } = draft;
  if (wish.kind === 'update') return updateOf(draft, wish, answers);
  if (wish.ifNoneExist) {
    // What the same request takes away is gone before anything is made (R4, 3.1.0.11.2).
    const rows = answers.meeting(wish.ifNoneExist, 'own-and-shared').filter((it) => !removed.has(keyText(it)));
    const met = onlyOne(rows, wish.ifNoneExist);
    if (met) return { kind: 'existing', key: met, version: met.version };
  }
  const correction = reportKeyOf(draft);
  const known = correction && earlier.reports.find((it) => it.system === correction.system && it.value === correction.value);
  const current = known && answers.byKey.get(keyText(known));
  return current ? { kind: 'update', current } : { kind: 'create' };
}

/** Conditional or not; of a conditional one that meets nothing becomes a create, unless it asks for an id (R4, 3.1.0.4.3). */
function updateOf(draft: Draft, wish: UpdateWish, answers: Answers): Fate {
  const { aim, bodyId } = wish;
  const key = aim.key ?? onlyOne(answers.meeting(aim.criteria, 'own'), aim.criteria);
  if (key && aim.criteria && bodyId !== undefined && keyText(decodeId(bodyId) ?? NOWHERE) !== keyText(key)) {
    throw new Failure('malformed', {
      path: `${draft.path}.id`,
      en: `${nameOf(aim.criteria)} meets another resource than this one`,
      zh: `${nameOf(aim.criteria)} 匹配到的是另一个资源，与此 id 不符`,
    });
  }
  const current = key && answers.byKey.get(keyText(key));
  requirePreconditions(draft.path, wish, current);
  if (current) return { kind: 'update', current };
  if (bodyId !== undefined) throw noSuchResource('PUT', draft.type, draft.path);
  return { kind: 'create' };
}

const NOWHERE: ResourceKey = { person: -1n, id: -1n };

/** Throws `precondition-failed` where If-Match or If-None-Match do not hold for what stands there. */
export function requirePreconditions(path: string, wish: Parameters<typeof holdPreconditions>[0], row: ResourceRow | undefined): void {
  if (holdPreconditions(wish, row)) return;
  if (!row) throw new Failure('precondition-failed', { path, en: 'there is no such version', zh: '不存在该版本', kind: 'conflict' });
  throw new Failure('precondition-failed', {
    path,
    en: `the version that stands is ${row.version}, which is not what the request depends on; read it again before changing it`,
    zh: `当前版本为 ${row.version}，与请求的前提不符；请重新读取后再修改`,
    kind: 'conflict',
  });
}

/** The one that criteria met, or nothing. Throws `precondition-failed` for several. */
export function onlyOne<Row extends ResourceRow>(rows: readonly Row[], criteria: Criteria): Row | undefined {
  if (rows.length <= 1) return rows[0];
  throw new Failure('precondition-failed', {
    path: criteria.path,
    en: `${nameOf(criteria)} meets ${rows.length} resources or more; it must meet none or one`,
    zh: `${nameOf(criteria)} 匹配到 ${rows.length} 个或更多资源，必须为零个或一个`,
  });
}

/** The business identifier under which a DiagnosticReport is one report and not another: its first with a system and a value. */
export function reportKeyOf(draft: Draft): { readonly system: string; readonly value: string } | undefined {
  if (draft.type !== 'DiagnosticReport' || draft.wish.kind !== 'create') return undefined;
  return identifiersOf(draft.content).find((it) => it.system !== '');
}

/** Everything by which another entry would mean the same resource (R4, 3.1.0.11.2): the resource itself, and the condition it is made on. */
function identitiesOf({ draft, fate }: Passage): readonly string[] {
  const { wish } = draft;
  const criteria = wish.kind === 'create' ? wish.ifNoneExist : wish.aim.criteria;
  const report = reportKeyOf(draft);
  return [
    ...(fate.kind === 'update' ? [keyText(fate.current)] : fate.kind === 'existing' ? [keyText(fate.key)] : []),
    ...(fate.kind === 'create' && criteria ? [identityOf(criteria)] : []),
    ...(report && fate.kind === 'create' ? [`report ${report.system}|${report.value}`] : []),
  ];
}

/** The same for the same criteria, however an identifier is spelled in them. */
function identityOf(criteria: Criteria): string {
  const { type, identifier } = criteria;
  return identifier ? `${type}?${identifier.system}|${identifier.value}` : nameOf(criteria);
}

/** Two entries of a request mean the same resource. */
export function meantTwice(path: string, other: string): Failure {
  return new Failure('malformed', {
    path,
    en: `means the same resource as ${other}; a request may write each resource once`,
    zh: `与 ${other} 指向同一资源，一次请求中每个资源只能写一次`,
  });
}
