import { Failure } from '../failure.ts';
import { identifiersOf } from '../fhir/element.ts';
import type { Caller } from '../security/caller.ts';
import type { Draft, Fate, Passage } from './draft.ts';
import { hashIdentifier } from './hash.ts';
import { type Answers, keyText } from './resolve-references.ts';
import type { Earlier, ResourceText } from './resource.queries.ts';

/**
 * Decides for every draft whether it is new, a new version or there already, and sees to it that nothing is written twice.
 *
 * Throws `not-owner` for an update of what is not the caller's (whether it exists or not), `precondition-failed` for a condition that
 * meets several or a version that has moved on, `malformed` where two entries mean the same resource.
 */
export function decideFates(passages: readonly Passage[], answers: Answers, earlier: Earlier, caller: Caller): void {
  const taken = new Map<string, string>();
  for (const passage of passages) {
    passage.fate = fateOf(passage.draft, answers, earlier, caller);
    const identity = identityOf(passage);
    if (!identity) continue;
    const other = taken.get(identity);
    if (other !== undefined) {
      throw new Failure('malformed', {
        path: passage.draft.path,
        en: `means the same resource as ${other}; a request may write each resource once`,
        zh: `与 ${other} 指向同一资源，一次请求中每个资源只能写一次`,
      });
    }
    taken.set(identity, passage.draft.path);
  }
}

function fateOf(draft: Draft, answers: Answers, earlier: Earlier, caller: Caller): Fate {
  const { wish } = draft;
  if (wish.kind === 'update') {
    const row = answers.byKey.get(keyText(wish.key));
    if (!row || row.type !== draft.type || row.institution !== caller.institution) throw notOwner(draft);
    if (wish.ifMatch !== undefined && wish.ifMatch !== row.version) {
      throw new Failure('precondition-failed', {
        path: draft.path,
        en: `the version now is ${row.version}, not ${wish.ifMatch}; read it again before changing it`,
        zh: `当前版本为 ${row.version}，而非 ${wish.ifMatch}；请重新读取后再修改`,
      });
    }
    return { kind: 'update', current: row as ResourceText };
  }
  if (wish.ifNoneExist) {
    const rows = answers.byIdentifier.get(hashIdentifier(draft.type, wish.ifNoneExist)) ?? [];
    if (rows.length > 1) {
      throw new Failure('precondition-failed', {
        path: draft.path,
        en: `ifNoneExist meets ${rows.length} resources; it must meet none or one`,
        zh: `ifNoneExist 匹配到 ${rows.length} 个资源，必须为零个或一个`,
      });
    }
    if (rows[0]) return { kind: 'existing', key: rows[0], version: rows[0].version };
  }
  const correction = reportKeyOf(draft);
  const known = correction && earlier.reports.find((it) => it.system === correction.system && it.value === correction.value);
  const current = known && answers.byKey.get(keyText(known));
  return current ? { kind: 'update', current: current as ResourceText } : { kind: 'create' };
}

/** The business identifier under which a DiagnosticReport is one report and not another: its first with a system and a value. */
export function reportKeyOf(draft: Draft): { readonly system: string; readonly value: string } | undefined {
  if (draft.type !== 'DiagnosticReport' || draft.wish.kind !== 'create') return undefined;
  return identifiersOf(draft.content).find((it) => it.system !== '');
}

function identityOf({ draft, fate }: Passage): string | undefined {
  if (fate.kind === 'update') return keyText(fate.current);
  if (fate.kind === 'existing') return undefined;
  if (draft.wish.kind === 'create' && draft.wish.ifNoneExist) return hashIdentifier(draft.type, draft.wish.ifNoneExist);
  const report = reportKeyOf(draft);
  return report && hashIdentifier(draft.type, report);
}

function notOwner(draft: Draft): Failure {
  return new Failure('not-owner', {
    path: draft.path,
    en: `this institution has no such ${draft.type}; only the institution that published a resource may change it`,
    zh: `本机构没有该 ${draft.type}；只有发布机构可以修改其资源`,
  });
}
