import { recordAccess } from '../../access-log/record-access.ts';
import type { Transaction } from '../../database/client.ts';
import { Failure } from '../../failure.ts';
import type { Caller } from '../../security/caller.ts';
import { listReasonLists } from '../reasons/find-reasons.ts';
import { addVersion, type StoredRuleSet, selectKnownItems } from './rule-set.queries.ts';
import { faultsOfRules, type RuleDraft } from './rule-set.rules.ts';
import { type RuleContent, versionName } from './rule-set.ts';

/**
 * Sets a region's rules: what is said differently from the latest version is a new one, which holds at once wherever the rules are assigned.
 * What was checked by an earlier version stays as it was. Throws `rule-violated` with every fault.
 */
export async function setRuleSet(
  tx: Transaction,
  caller: Caller,
  code: string,
  draft: RuleDraft,
  now: Date,
): Promise<{ readonly isNew: boolean; readonly stored: StoredRuleSet }> {
  const items = await selectKnownItems(tx, draft.windows?.flatMap((it) => it.items) ?? []);
  const lists = await listReasonLists(tx);
  const faults = faultsOfRules(draft, { isItem: (it) => items.has(it), isReasonList: (it) => lists.includes(it) });
  if (faults.length > 0) throw new Failure('rule-violated', faults);

  const set = await addVersion(tx, code, draft as RuleContent, now);
  const entities = [`RuleSet/${versionName(code, set.stored.version)}`];
  await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setRuleSet', entities }], now);
  return set;
}
