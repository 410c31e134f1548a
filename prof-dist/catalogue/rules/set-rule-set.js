import { recordAccess } from '../../access-log/record-access.js';
import { Failure } from '../../failure.js';
import { listReasonLists } from '../reasons/find-reasons.js';
import { addVersion, selectKnownItems } from './rule-set.queries.js';
import { faultsOfRules } from './rule-set.rules.js';
import { versionName } from './rule-set.js';
/**
 * Sets a region's rules: what is said differently from the latest version is a new one, which holds at once wherever the rules are assigned.
 * What was checked by an earlier version stays as it was. Throws `rule-violated` with every fault.
 */
export async function setRuleSet(tx, caller, code, draft, now) {
    const items = await selectKnownItems(tx, draft.windows?.flatMap((it) => it.items) ?? []);
    const lists = await listReasonLists(tx);
    const faults = faultsOfRules(draft, { isItem: (it) => items.has(it), isReasonList: (it) => lists.includes(it) });
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const set = await addVersion(tx, code, draft, now);
    const entities = [`RuleSet/${versionName(code, set.stored.version)}`];
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setRuleSet', entities }], now);
    return set;
}
