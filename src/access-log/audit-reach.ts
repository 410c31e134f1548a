import { Failure } from '../failure.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import { allows } from '../security/scope.rules.ts';

/**
 * Whose accesses the caller may look at: every institution's with `audit.read` (`undefined`), its own with `system/AuditEvent`.
 *
 * Throws `scope-insufficient` without either of them. Which institutions see a patient is itself sensitive, so that a hospital learns
 * nothing here about the others.
 */
export function auditReach(caller: Caller, right: 'r' | 's'): number | undefined {
  if (allows(caller.scopes, 'audit.read')) return undefined;
  requireScope(caller, `system/AuditEvent.${right}`);
  return caller.institution;
}

/** The institution to filter by, out of the one the caller may look at and the one it asks for. Throws `scope-insufficient`. */
export function narrowToReach(reach: number | undefined, asked: number | undefined, path: string): number | undefined {
  if (reach === undefined || asked === undefined || reach === asked) return asked ?? reach;
  throw new Failure('scope-insufficient', {
    path,
    en: 'names another institution; its accesses need the scope audit.read',
    zh: '指定了其他机构；查看其访问记录需要 audit.read 权限',
  });
}
