import { recordAccess } from '../../access-log/record-access.ts';
import { readMoment } from '../../beijing-time.ts';
import type { Transaction } from '../../database/client.ts';
import { Failure } from '../../failure.ts';
import type { Caller } from '../../security/caller.ts';
import { addAssignments, type StoredAssignment } from './assignment.queries.ts';
import { faultsOfAssignments } from './assignment.rules.ts';
import { selectKnownRuleSets } from './rule-set.queries.ts';

export interface AssignmentWish {
  readonly division: string;
  readonly ruleSet: string | null;
  readonly validFrom?: string;
}

/**
 * Says which rules hold in which divisions, from a moment on (now, unless said otherwise). All or none; what changes nothing makes no new
 * version. Throws `rule-violated` with every faulty row.
 */
export async function setRuleAssignments(
  tx: Transaction,
  caller: Caller,
  wishes: readonly AssignmentWish[],
  now: Date,
): Promise<readonly StoredAssignment[]> {
  const known = await selectKnownRuleSets(
    tx,
    wishes.flatMap((it) => it.ruleSet ?? []),
  );
  const rows = wishes.map(({ division, ruleSet, validFrom }) => ({
    division,
    ruleSet,
    validFrom: validFrom === undefined ? now : readMoment(validFrom),
  }));
  const faults = faultsOfAssignments(rows, (code) => known.has(code));
  if (faults.length > 0) throw new Failure('rule-violated', faults);

  const set = await addAssignments(
    tx,
    rows.map(({ validFrom, ...row }) => ({ ...row, validFrom: validFrom ?? now })),
    now,
  );
  const entities = set.map((it) => `RuleAssignment/${it.division || 'nation'}/_history/${it.version}`);
  await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setRuleAssignments', entities }], now);
  return set;
}
